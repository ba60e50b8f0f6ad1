import type { CatalogFlowDestination, CatalogFlowSource } from './catalog-flow-schema.ts';

/** The source or the destination of a flow as one connector knows it: which members it has beside the connection. */
export interface FlowEnd {
  /** AppFlow's key for it in the connector properties and in a task's operator: not always the connector type. */
  readonly key: string;
  /** A catalogue's name of each member it has, and AppFlow's. */
  readonly members: Readonly<Record<string, string>>;
  /** Those that AppFlow requires, by the catalogue's name. */
  readonly required: readonly string[];
  /** Those that AppFlow writes as false when nobody set them, by the catalogue's name. */
  readonly flags: readonly string[];
}

/** What each connector type takes as a source (AWS: SourceConnectorProperties of the API model of 2020-08-23). */
export const flowSources: ReadonlyMap<string, FlowEnd> = new Map([
  ['Amplitude', object('Amplitude')],
  ['Datadog', object('Datadog')],
  ['Dynatrace', object('Dynatrace')],
  ['Googleanalytics', object('GoogleAnalytics')],
  ['Infornexus', object('InforNexus')],
  ['Marketo', object('Marketo')],
  ['Pardot', object('Pardot')],
  ['Servicenow', object('ServiceNow')],
  ['Singular', object('Singular')],
  ['Slack', object('Slack')],
  ['Trendmicro', object('Trendmicro')],
  ['Zendesk', object('Zendesk')],
  [
    'Salesforce',
    object('Salesforce', same<CatalogFlowSource>('dataTransferApi'), [
      'enableDynamicFieldUpdate',
      'includeDeletedRecords',
    ]),
  ],
  [
    'Veeva',
    object('Veeva', same<CatalogFlowSource>('documentType'), [
      'includeSourceFiles',
      'includeRenditions',
      'includeAllVersions',
    ]),
  ],
  ['S3', end('S3', { bucket: 'bucketName', prefix: 'bucketPrefix', inputFileType: 's3InputFormatConfig' }, ['bucket'])],
  [
    'SAPOData',
    end('SAPOData', { entity: 'objectPath', maxParallelism: 'parallelismConfig', maxPageSize: 'paginationConfig' }, []),
  ],
  [
    'CustomConnector',
    end('CustomConnector', {
      entity: 'entityName',
      ...same<CatalogFlowSource>('customProperties', 'dataTransferApi'),
    }),
  ],
]);

const onError = { onError: 'errorHandlingConfig' };
const write = { idFields: 'idFieldNames', writeOperation: 'writeOperationType', ...onError };
const intermediate = { bucket: 'intermediateBucketName', prefix: 'bucketPrefix', ...onError };
const files = { bucket: 'bucketName', prefix: 'bucketPrefix', output: 's3OutputFormatConfig' };

/** What each connector type takes as a destination (AWS: DestinationConnectorProperties of the same model). */
export const flowDestinations: ReadonlyMap<string, FlowEnd> = new Map([
  ['EventBridge', object('EventBridge', onError)],
  ['Honeycode', object('Honeycode', onError)],
  ['Marketo', object('Marketo', onError)],
  ['Redshift', end('Redshift', { entity: 'object', ...intermediate }, ['entity', 'bucket'])],
  ['Snowflake', end('Snowflake', { entity: 'object', ...intermediate }, ['entity', 'bucket'])],
  ['Salesforce', object('Salesforce', { ...write, ...same<CatalogFlowDestination>('dataTransferApi') })],
  ['Zendesk', object('Zendesk', write)],
  ['S3', end('S3', files, ['bucket'])],
  ['Upsolver', end('Upsolver', files, ['bucket', 'output'])],
  ['LookoutMetrics', end('LookoutMetrics', {}, [])],
  ['CustomerProfiles', end('CustomerProfiles', { domain: 'domainName', objectType: 'objectTypeName' }, ['domain'])],
  ['SAPOData', end('SAPOData', { entity: 'objectPath', onSuccess: 'successResponseHandlingConfig', ...write })],
  [
    'CustomConnector',
    end('CustomConnector', {
      entity: 'entityName',
      ...write,
      ...same<CatalogFlowDestination>('customProperties'),
    }),
  ],
]);

/** An end that AppFlow knows by an `object`, as most are. */
function object(key: string, further: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): FlowEnd {
  const flagMembers = Object.fromEntries(flags.map(flag => [flag, flag]));
  return end(key, { entity: 'object', ...further, ...flagMembers }, ['entity'], flags);
}

function end(
  key: string,
  members: FlowEnd['members'],
  required: readonly string[] = ['entity'],
  flags: readonly string[] = [],
): FlowEnd {
  return { key, members, required, flags };
}

/** Members that a catalogue names as AppFlow does. */
function same<T>(...names: readonly (keyof T & string)[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, name]));
}
