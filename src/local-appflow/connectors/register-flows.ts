import type { ConnectorProfile } from '../wire.ts';
import type {
  DestinationFlowConfig,
  ExecutionDetails,
  FlowConnection,
  FlowDefinition,
  FlowDescription,
  FlowTask,
  MetadataCatalogDetail,
  SourceFlowConfig,
  TriggerConfig,
} from '../wire-flow.ts';
import { type AwsAccount, flowArn } from './appflow-arns.ts';
import type { CatalogFlow, CatalogFlowDestination, CatalogFlowSource, CatalogFlowTask } from './catalog-flow-schema.ts';
import { defaultCreatedAt, toEpochSeconds } from './custom-connector.ts';
import { type FlowEnd, flowDestinations, flowSources } from './flow-ends.ts';
import { toDestinationProperties, toSourceProperties } from './flow-properties.ts';
import type { RegisteredFlow, RegisteredProfile } from './registry.ts';

/** Who made a flow that does not say. */
const defaultCreatedBy = 'local-appflow';

/**
 * Registers the flows of a catalogue as AppFlow shows them.
 *
 * @param profiles Every profile there is, those of a database too: they say what connector a flow is connected to.
 */
export function registerFlows(
  flows: Readonly<Record<string, CatalogFlow>>,
  profiles: readonly RegisteredProfile[],
  account: AwsAccount,
): readonly RegisteredFlow[] {
  const byName: Profiles = new Map(profiles.map(({ profile }) => [profile.connectorProfileName, profile]));
  return Object.entries(flows).map(([name, written]) => {
    const description = toDescription(name, written, byName, account);
    return { definition: toDefinition(description, byName), description };
  });
}

type Profiles = ReadonlyMap<string, ConnectorProfile>;

function toDescription(name: string, written: CatalogFlow, profiles: Profiles, account: AwsAccount): FlowDescription {
  const { source, destinations = [], tasks = [], glue } = written;
  const sourceFlowConfig = toSource(source, profiles);
  const createdAt = toTime(written.createdAt) ?? defaultCreatedAt;
  const createdBy = written.createdBy ?? defaultCreatedBy;
  return {
    flowArn: written.arn ?? flowArn(account, name),
    description: written.description,
    flowName: name,
    kmsArn: written.kmsArn,
    flowStatus: written.status ?? 'Active',
    flowStatusMessage: written.statusMessage,
    sourceFlowConfig,
    destinationFlowConfigList: destinations.map(destination => toDestination(destination, profiles)),
    lastRunExecutionDetails: written.lastRun && toLastRun(written.lastRun),
    triggerConfig: toTrigger(written.trigger),
    tasks: tasks.map(task => toTask(task, endOf(flowSources, sourceFlowConfig).key)),
    createdAt,
    lastUpdatedAt: toTime(written.lastUpdatedAt) ?? createdAt,
    createdBy,
    lastUpdatedBy: written.lastUpdatedBy ?? createdBy,
    tags: written.tags,
    metadataCatalogConfig: glue && {
      glueDataCatalog: { roleArn: glue.roleArn, databaseName: glue.database, tablePrefix: glue.tablePrefix },
    },
    lastRunMetadataCatalogDetails: written.lastRunTables?.map(toTable),
    schemaVersion: written.schemaVersion,
  };
}

function toDefinition(description: FlowDescription, profiles: Profiles): FlowDefinition {
  const { sourceFlowConfig: source, destinationFlowConfigList: destinations, triggerConfig } = description;
  const [destination] = destinations;
  return {
    flowArn: description.flowArn,
    description: description.description,
    flowName: description.flowName,
    flowStatus: description.flowStatus,
    sourceConnectorType: source.connectorType,
    sourceConnectorLabel: labelOf(source, profiles),
    destinationConnectorType: destination?.connectorType,
    destinationConnectorLabel: destination && labelOf(destination, profiles),
    triggerType: triggerConfig.triggerType,
    createdAt: description.createdAt,
    lastUpdatedAt: description.lastUpdatedAt,
    createdBy: description.createdBy,
    lastUpdatedBy: description.lastUpdatedBy,
    tags: description.tags,
    lastRunExecutionDetails: description.lastRunExecutionDetails,
  };
}

function labelOf({ connectorProfileName = '' }: FlowConnection, profiles: Profiles): string | undefined {
  return profiles.get(connectorProfileName)?.connectorLabel;
}

function toSource(written: CatalogFlowSource, profiles: Profiles): SourceFlowConfig {
  const { incrementalField } = written;
  const connection = toConnection(written, profiles);
  const end = endOf(flowSources, connection);
  return {
    ...connection,
    sourceConnectorProperties: { [end.key]: toSourceProperties(written, end) },
    incrementalPullConfig: incrementalField === undefined ? undefined : { datetimeTypeFieldName: incrementalField },
  };
}

function toDestination(written: CatalogFlowDestination, profiles: Profiles): DestinationFlowConfig {
  const connection = toConnection(written, profiles);
  const end = endOf(flowDestinations, connection);
  return { ...connection, destinationConnectorProperties: { [end.key]: toDestinationProperties(written, end) } };
}

function toConnection(
  { profile, connector, apiVersion }: CatalogFlowSource | CatalogFlowDestination,
  profiles: Profiles,
): FlowConnection {
  const connectorType = profile === undefined ? connector : profiles.get(profile)?.connectorType;
  if (connectorType === undefined) throw new Error(`a flow names the profile ${profile}, which does not exist`);
  return { connectorType, apiVersion, connectorProfileName: profile };
}

function endOf(ends: ReadonlyMap<string, FlowEnd>, { connectorType }: FlowConnection): FlowEnd {
  const end = ends.get(connectorType);
  if (!end) throw new Error(`a flow is connected to ${connectorType} in a direction it does not have`);
  return end;
}

function toTask({ type, sourceFields = [], operator, ...written }: CatalogFlowTask, key: string): FlowTask {
  return {
    sourceFields,
    connectorOperator: operator && { [key]: operator },
    destinationField: written.destinationField,
    taskType: type,
    taskProperties: written.properties,
  };
}

function toTrigger(trigger: CatalogFlow['trigger'] = { type: 'OnDemand' }): TriggerConfig {
  const { type = 'Scheduled', schedule } = trigger;
  if (schedule === undefined) return { triggerType: type, triggerProperties: undefined };
  const scheduled = {
    scheduleExpression: schedule,
    dataPullMode: trigger.pullMode,
    scheduleStartTime: toTime(trigger.startTime),
    scheduleEndTime: toTime(trigger.endTime),
    timezone: trigger.timezone,
    scheduleOffset: trigger.offset,
    firstExecutionFrom: toTime(trigger.firstExecutionFrom),
    flowErrorDeactivationThreshold: trigger.errorThreshold,
  };
  return { triggerType: type, triggerProperties: { Scheduled: scheduled } };
}

function toLastRun({ status, time, message }: NonNullable<CatalogFlow['lastRun']>): ExecutionDetails {
  return {
    mostRecentExecutionMessage: message,
    mostRecentExecutionTime: toTime(time),
    mostRecentExecutionStatus: status,
  };
}

function toTable(written: NonNullable<CatalogFlow['lastRunTables']>[number]): MetadataCatalogDetail {
  const { table, tableRegistration, partitionRegistration } = written;
  return {
    catalogType: 'GLUE',
    tableName: table,
    tableRegistrationOutput: tableRegistration,
    partitionRegistrationOutput: partitionRegistration,
  };
}

function toTime(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : toEpochSeconds(instant);
}
