/** Flows for a catalogue, of every connector type and with every member, to check laws with. */
import fc from 'fast-check';
import { writeOperations } from '../../src/local-appflow/connectors/appflow-values.ts';
import { builtInConnectors, needsNoProfile } from '../../src/local-appflow/connectors/built-in-connectors.ts';
import type { CatalogFlow } from '../../src/local-appflow/connectors/catalog-flow-schema.ts';
import type { Catalog } from '../../src/local-appflow/connectors/catalog-schema.ts';
import { type FlowEnd, flowDestinations, flowSources } from '../../src/local-appflow/connectors/flow-ends.ts';
import * as values from '../../src/local-appflow/connectors/flow-values.ts';
import { registerCatalog } from '../../src/local-appflow/connectors/register-catalog.ts';
import { registerFlows } from '../../src/local-appflow/connectors/register-flows.ts';
import type { RegisteredFlow } from '../../src/local-appflow/connectors/registry.ts';
import { taskOperators } from '../../src/local-appflow/connectors/task-operators.ts';
import { noLambdas } from './no-lambdas.ts';

/** What arbitrary flows are connected to: one profile per connector that has some, called `my-TYPE`. */
export const aroundFlows: Omit<Catalog, 'flows'> = {
  connectors: {},
  customConnectors: { Fleet: { apiVersions: ['v1', 'v2'] } },
  profiles: {
    'my-CustomConnector': { connector: 'Fleet' },
    ...Object.fromEntries(
      [...builtInConnectors.keys()]
        .filter(connector => !needsNoProfile(connector))
        .map(connector => [`my-${connector}`, { connector }]),
    ),
  },
};

/** Flows as local AppFlow shows them, connected to what is {@link aroundFlows}. */
export function registerAround(flows: Catalog['flows']): readonly RegisteredFlow[] {
  const account = { region: 'eu-west-1', accountId: '123456789012' };
  return registerFlows(flows, registerCatalog({ ...aroundFlows, flows }, account, noLambdas).profiles, account);
}

/** One to three flows; with `whole`, each has every member its ends can have. */
export function arbitraryFlows({ whole = false } = {}): fc.Arbitrary<Catalog['flows']> {
  const flow = fc.constantFrom(...flowSources.keys()).chain(from => arbitraryFlow(from, whole));
  return fc.dictionary(fc.stringMatching(/^[a-z][\w!@#.-]{1,20}$/), flow, { minKeys: 1, maxKeys: 3 });
}

/** A flow that reads from a connector of one type and writes to one to three of any. */
export function arbitraryFlow(from: string, whole: boolean): fc.Arbitrary<CatalogFlow> {
  const destination = fc.constantFrom(...flowDestinations.keys()).chain(to => arbitraryDestination(to, whole));
  const members = {
    description: prose,
    status: fc.constantFrom(...values.flowStatuses),
    statusMessage: prose,
    trigger: trigger(whole),
    source: end(from, flowSources, { ...sourceMembers, dataTransferApi: transferApi(from) }, whole, {
      incrementalField: text,
    }),
    destinations: fc.array(destination, { minLength: 1, maxLength: 3 }),
    tasks: fc.array(task(from, whole), { minLength: whole ? 1 : 0, maxLength: 4 }),
    lastRun: record({ status: execution, time: instant, message: prose }, whole),
    tags: fc.dictionary(fc.stringMatching(/^[a-zA-Z:/_]{1,20}$/), prose, { minKeys: whole ? 1 : 0, maxKeys: 3 }),
    arn: fc.constant('arn:aws:appflow:eu-west-1:123456789012:flow/elsewhere'),
    kmsArn: fc.constant('arn:aws:kms:eu-west-1:123456789012:key/one'),
    createdAt: instant,
    createdBy: word,
    lastUpdatedAt: instant,
    lastUpdatedBy: word,
    schemaVersion: fc.maxSafeInteger(),
    glue: record({ roleArn: fc.constant('arn:aws:iam::123456789012:role/r'), database: text, tablePrefix: text }, true),
    lastRunTables: fc.array(
      record(
        { table: text, tableRegistration: registration(whole), partitionRegistration: registration(whole) },
        whole,
      ),
      { minLength: 1, maxLength: 2 },
    ),
  };
  return record(members, whole, ['source']) as fc.Arbitrary<CatalogFlow>;
}

/** A destination at a connector of one type. */
export function arbitraryDestination(to: string, whole: boolean): fc.Arbitrary<object> {
  const bucketName = to === 'Upsolver' ? fc.constant('upsolver-appflow-1') : bucket;
  const members = { ...destinationMembers(whole), bucket: bucketName, output: output(to, whole) };
  return end(to, flowDestinations, members, whole, {});
}

const word = fc.stringMatching(/^[\w!%&*?:'"#@-]{1,20}$/);
const text = fc.string({ maxLength: 20, unit: 'grapheme' }).map(any => any.replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, ''));
const prose = fc.stringMatching(/^[\w@. -]{0,20}$/);
const bucket = fc.stringMatching(/^[a-z0-9.-]{3,20}$/);
const execution = fc.constantFrom(...values.executionStatuses);
const instant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());

const sourceMembers = {
  entity: word,
  bucket,
  prefix: text,
  inputFileType: fc.constantFrom(...values.inputFileTypes),
  enableDynamicFieldUpdate: fc.boolean(),
  includeDeletedRecords: fc.boolean(),
  documentType: fc.stringMatching(/^[\w -]{1,20}$/),
  includeSourceFiles: fc.boolean(),
  includeRenditions: fc.boolean(),
  includeAllVersions: fc.boolean(),
  maxParallelism: fc.integer({ min: 1, max: 10 }),
  maxPageSize: fc.integer({ min: 1, max: 10_000 }),
  customProperties: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), word, { minKeys: 1, maxKeys: 3 }),
};

function transferApi(from: string): fc.Arbitrary<unknown> {
  if (from !== 'CustomConnector') return fc.constantFrom(...values.salesforceTransferApis);
  return record({ name: fc.constant('bulk/v2'), type: fc.constantFrom(...values.customTransferApiTypes) }, true);
}

function destinationMembers(whole: boolean) {
  return {
    entity: word,
    prefix: text,
    idFields: fc.array(word, { minLength: whole ? 1 : 0, maxLength: 3 }),
    writeOperation: fc.constantFrom(...writeOperations),
    onError: record({ failOnFirst: fc.boolean(), bucket, prefix: text }, whole),
    onSuccess: record({ bucket, prefix: text }, whole),
    dataTransferApi: fc.constantFrom(...values.salesforceTransferApis),
    domain: word,
    objectType: word,
    customProperties: sourceMembers.customProperties,
  };
}

function output(to: string, whole: boolean): fc.Arbitrary<object> {
  const members = {
    fileType: fc.constantFrom(...values.outputFileTypes),
    prefixType: fc.constantFrom(...values.prefixTypes),
    prefixFormat: fc.constantFrom(...values.prefixFormats),
    pathPrefixHierarchy: fc.uniqueArray(fc.constantFrom(...values.pathPrefixes), { minLength: whole ? 1 : 0 }),
    aggregationType: fc.constantFrom(...values.aggregationTypes),
    targetFileSize: fc.maxSafeInteger(),
    ...(to !== 'Upsolver' && { preserveSourceDataTyping: fc.boolean() }),
  };
  return record(members, whole);
}

/** An end with the members its connector has, the required ones always. */
function end(
  connector: string,
  ends: ReadonlyMap<string, FlowEnd>,
  known: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  whole: boolean,
  further: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> {
  const { members = {}, required = [] } = ends.get(connector) ?? {};
  const own = Object.keys(members).map(name => [name, known[name] ?? fc.constant(`no arbitrary ${name}`)]);
  const connection = needsNoProfile(connector)
    ? { connector: fc.constant(connector) }
    : { profile: fc.constant(`my-${connector}`) };
  const all = { ...connection, apiVersion: word, ...further, ...Object.fromEntries(own) };
  return record(all, whole, [...Object.keys(connection), ...required]);
}

function task(from: string, whole: boolean): fc.Arbitrary<object> {
  const properties = values.taskPropertyNames.map(name => [name, fc.stringMatching(/^[ -~]{1,20}$/)] as const);
  const members = {
    type: fc.constantFrom(...values.taskTypes),
    sourceFields: fc.array(text, { maxLength: 3 }),
    destinationField: text,
    operator: fc.constantFrom(...(taskOperators.get(from) ?? [])),
    properties: record(Object.fromEntries(properties), whole),
  };
  return record(members, whole, ['type']);
}

function trigger(whole: boolean): fc.Arbitrary<object> {
  const schedule = {
    schedule: text,
    pullMode: fc.constantFrom(...values.dataPullModes),
    startTime: instant,
    endTime: instant,
    timezone: text,
    offset: fc.integer({ min: 0, max: 36_000 }),
    firstExecutionFrom: instant,
    errorThreshold: fc.integer({ min: 1, max: 100 }),
  };
  if (whole) return record(schedule, true);
  const simple = fc.constantFrom({ type: 'OnDemand' }, { type: 'Event' }, { type: 'Scheduled' });
  return fc.oneof(simple, record(schedule, false, ['schedule']));
}

function registration(whole: boolean): fc.Arbitrary<object> {
  return record({ status: execution, result: text, message: text }, whole);
}

function record(
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  whole: boolean,
  requiredKeys: string[] = [],
): fc.Arbitrary<object> {
  return whole ? fc.record(members) : fc.record(members, { requiredKeys });
}
