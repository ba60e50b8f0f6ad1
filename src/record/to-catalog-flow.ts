import type {
  DescribeFlowResponse,
  DestinationFlowConfig,
  MetadataCatalogDetail,
  SourceFlowConfig,
  Task,
  TriggerConfig,
} from '@aws-sdk/client-appflow';
import type { CatalogMap, CatalogValue } from './catalog-value.ts';
import { isSecretProperty } from './secret-property.ts';
import type { Lose } from './to-catalog-field.ts';

/** An answer of AppFlow's as a journal holds it: JSON, dates written out. */
export type Journaled<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Journaled<T[K]> } : T;

export type JournaledFlow = Journaled<DescribeFlowResponse>;

/** What a catalogue calls the members of a flow's ends. AppFlow's names mean the same with every connector. */
const endMembers: Readonly<Record<string, string>> = {
  object: 'entity',
  objectPath: 'entity',
  entityName: 'entity',
  bucketName: 'bucket',
  intermediateBucketName: 'bucket',
  bucketPrefix: 'prefix',
  s3InputFormatConfig: 'inputFileType',
  parallelismConfig: 'maxParallelism',
  paginationConfig: 'maxPageSize',
  enableDynamicFieldUpdate: 'enableDynamicFieldUpdate',
  includeDeletedRecords: 'includeDeletedRecords',
  dataTransferApi: 'dataTransferApi',
  documentType: 'documentType',
  includeSourceFiles: 'includeSourceFiles',
  includeRenditions: 'includeRenditions',
  includeAllVersions: 'includeAllVersions',
  customProperties: 'customProperties',
  idFieldNames: 'idFields',
  writeOperationType: 'writeOperation',
  errorHandlingConfig: 'onError',
  successResponseHandlingConfig: 'onSuccess',
  s3OutputFormatConfig: 'output',
  domainName: 'domain',
  objectTypeName: 'objectType',
};

/** A flow as a catalogue writes it. */
export function toCatalogFlow(flow: JournaledFlow, lose: Lose): CatalogMap {
  const {
    flowStatus,
    sourceFlowConfig = {},
    destinationFlowConfigList = [],
    tasks = [],
    lastRunExecutionDetails,
  } = flow;
  const glue = flow.metadataCatalogConfig?.glueDataCatalog;
  return {
    description: flow.description,
    status: flowStatus === 'Active' ? undefined : flowStatus,
    statusMessage: flow.flowStatusMessage,
    trigger: toTrigger(flow.triggerConfig, lose),
    source: toSource(sourceFlowConfig, lose),
    destinations: destinationFlowConfigList.map(destination => toDestination(destination, lose)),
    tasks: tasks.map(task => toTask(task, lose)),
    lastRun: lastRunExecutionDetails && {
      status: lastRunExecutionDetails.mostRecentExecutionStatus,
      time: lastRunExecutionDetails.mostRecentExecutionTime,
      message: lastRunExecutionDetails.mostRecentExecutionMessage,
    },
    tags: flow.tags,
    arn: flow.flowArn,
    kmsArn: flow.kmsArn,
    createdAt: flow.createdAt,
    createdBy: flow.createdBy,
    lastUpdatedAt: flow.lastUpdatedAt,
    lastUpdatedBy: flow.lastUpdatedBy,
    schemaVersion: flow.schemaVersion,
    glue: glue && { roleArn: glue.roleArn, database: glue.databaseName, tablePrefix: glue.tablePrefix },
    lastRunTables: flow.lastRunMetadataCatalogDetails?.map(toTable),
  };
}

function toTrigger(
  trigger: Journaled<TriggerConfig> = { triggerType: 'OnDemand', triggerProperties: undefined },
  lose: Lose,
) {
  const { triggerType, triggerProperties } = trigger;
  const scheduled = triggerProperties?.Scheduled;
  if (!scheduled) return triggerType === 'OnDemand' ? undefined : triggerType;
  if (triggerType !== 'Scheduled') {
    lose('its schedule, which a flow on another trigger has no use for');
    return triggerType;
  }
  return {
    schedule: scheduled.scheduleExpression,
    pullMode: scheduled.dataPullMode,
    startTime: scheduled.scheduleStartTime,
    endTime: scheduled.scheduleEndTime,
    timezone: scheduled.timezone,
    offset: scheduled.scheduleOffset,
    firstExecutionFrom: scheduled.firstExecutionFrom,
    errorThreshold: scheduled.flowErrorDeactivationThreshold,
  };
}

function toSource(source: Partial<Journaled<SourceFlowConfig>>, lose: Lose): CatalogMap {
  return {
    ...toConnection(source),
    ...toEnd(source.sourceConnectorProperties, lose),
    incrementalField: source.incrementalPullConfig?.datetimeTypeFieldName,
  };
}

function toDestination(destination: Journaled<DestinationFlowConfig>, lose: Lose): CatalogMap {
  return { ...toConnection(destination), ...toEnd(destination.destinationConnectorProperties, lose) };
}

function toConnection(end: Partial<Journaled<SourceFlowConfig | DestinationFlowConfig>>): CatalogMap {
  const { connectorProfileName, connectorType, apiVersion } = end;
  return {
    profile: connectorProfileName,
    connector: connectorProfileName === undefined ? connectorType : undefined,
    apiVersion,
  };
}

/** What stands under the one key that is there, whatever connector it names. */
function toEnd(properties: object | undefined, lose: Lose): CatalogMap {
  const [found = {}] = Object.values(properties ?? {}).filter(value => value !== undefined && value !== null);
  return Object.fromEntries(
    Object.entries(found).flatMap(([member, value]) => {
      const name = endMembers[member];
      if (name === undefined) lose(member);
      return name === undefined ? [] : [[name, toEndMember(name, value, lose)]];
    }),
  );
}

function toEndMember(name: string, value: unknown, lose: Lose): CatalogValue | undefined {
  const map = isMap(value) ? value : {};
  if (name === 'inputFileType') return map['s3InputFileType'];
  if (name === 'maxParallelism' || name === 'maxPageSize') return map[name];
  if (name === 'dataTransferApi' && isMap(value)) return { name: map['Name'], type: map['Type'] };
  if (name === 'onError') return { failOnFirst: map['failOnFirstDestinationError'], ...toPlace(map) };
  if (name === 'onSuccess') return toPlace(map);
  if (name === 'output') return toOutput(map);
  if (name === 'customProperties') return withoutSecrets(map, lose);
  return value as CatalogValue;
}

function toPlace(place: CatalogMap): CatalogMap {
  return { bucket: place['bucketName'], prefix: place['bucketPrefix'] };
}

function toOutput({ fileType, prefixConfig, aggregationConfig, preserveSourceDataTyping }: CatalogMap): CatalogMap {
  return {
    fileType,
    ...(isMap(prefixConfig) && prefixConfig),
    ...(isMap(aggregationConfig) && aggregationConfig),
    preserveSourceDataTyping,
  };
}

function withoutSecrets(properties: CatalogMap, lose: Lose): CatalogMap {
  const plain = Object.entries(properties).filter(([name, value]) => {
    const isSecret = isSecretProperty(name, value);
    if (isSecret) lose(`property ${name}`);
    return !isSecret;
  });
  return Object.fromEntries(plain);
}

function toTask(task: Journaled<Task>, lose: Lose): CatalogMap {
  const operators = Object.values(task.connectorOperator ?? {}).filter(operator => operator !== undefined);
  if (operators.length > 1) lose('a second operator of a task');
  return {
    type: task.taskType,
    sourceFields: task.sourceFields,
    destinationField: task.destinationField,
    operator: operators[0],
    properties: task.taskProperties,
  };
}

function toTable(detail: Journaled<MetadataCatalogDetail>): CatalogMap {
  const { tableName: table, tableRegistrationOutput, partitionRegistrationOutput } = detail;
  return {
    table,
    tableRegistration: tableRegistrationOutput && { ...tableRegistrationOutput },
    partitionRegistration: partitionRegistrationOutput && { ...partitionRegistrationOutput },
  };
}

function isMap(value: unknown): value is CatalogMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
