/**
 * The shapes of ListFlows and DescribeFlow, member for member those of the AppFlow API model of 2020-08-23. Times are epoch
 * seconds. A member that is `undefined` is not written.
 */

/** The line ListFlows shows of a flow. */
export interface FlowDefinition {
  readonly flowArn: string;
  readonly description: string | undefined;
  readonly flowName: string;
  readonly flowStatus: string;
  readonly sourceConnectorType: string;
  /** Only where the connector is a custom one. */
  readonly sourceConnectorLabel: string | undefined;
  /** Of the first destination, as is the label. */
  readonly destinationConnectorType: string | undefined;
  readonly destinationConnectorLabel: string | undefined;
  readonly triggerType: string;
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
  readonly createdBy: string;
  readonly lastUpdatedBy: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly lastRunExecutionDetails: ExecutionDetails | undefined;
}

/** What DescribeFlow answers. */
export interface FlowDescription {
  readonly flowArn: string;
  readonly description: string | undefined;
  readonly flowName: string;
  readonly kmsArn: string | undefined;
  readonly flowStatus: string;
  readonly flowStatusMessage: string | undefined;
  readonly sourceFlowConfig: SourceFlowConfig;
  readonly destinationFlowConfigList: readonly DestinationFlowConfig[];
  readonly lastRunExecutionDetails: ExecutionDetails | undefined;
  readonly triggerConfig: TriggerConfig;
  readonly tasks: readonly FlowTask[];
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
  readonly createdBy: string;
  readonly lastUpdatedBy: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly metadataCatalogConfig: { readonly glueDataCatalog: GlueDataCatalogConfig } | undefined;
  readonly lastRunMetadataCatalogDetails: readonly MetadataCatalogDetail[] | undefined;
  readonly schemaVersion: number | undefined;
}

export interface FlowConnection {
  readonly connectorType: string;
  readonly apiVersion: string | undefined;
  readonly connectorProfileName: string | undefined;
}

export interface SourceFlowConfig extends FlowConnection {
  /** One member, keyed as the model keys it: not the type for GoogleAnalytics, InforNexus and ServiceNow. */
  readonly sourceConnectorProperties: Readonly<Record<string, object>>;
  readonly incrementalPullConfig: { readonly datetimeTypeFieldName: string } | undefined;
}

export interface DestinationFlowConfig extends FlowConnection {
  /** One member, keyed as the model keys it. */
  readonly destinationConnectorProperties: Readonly<Record<string, object>>;
}

export interface ExecutionDetails {
  readonly mostRecentExecutionMessage: string | undefined;
  readonly mostRecentExecutionTime: number | undefined;
  readonly mostRecentExecutionStatus: string | undefined;
}

export interface TriggerConfig {
  readonly triggerType: string;
  readonly triggerProperties: { readonly Scheduled: ScheduledTriggerProperties } | undefined;
}

export interface ScheduledTriggerProperties {
  readonly scheduleExpression: string;
  readonly dataPullMode: string | undefined;
  readonly scheduleStartTime: number | undefined;
  readonly scheduleEndTime: number | undefined;
  readonly timezone: string | undefined;
  readonly scheduleOffset: number | undefined;
  readonly firstExecutionFrom: number | undefined;
  readonly flowErrorDeactivationThreshold: number | undefined;
}

export interface FlowTask {
  readonly sourceFields: readonly string[];
  /** One member, keyed as in sourceConnectorProperties. */
  readonly connectorOperator: Readonly<Record<string, string>> | undefined;
  readonly destinationField: string | undefined;
  readonly taskType: string;
  readonly taskProperties: Readonly<Record<string, string | undefined>> | undefined;
}

export interface GlueDataCatalogConfig {
  readonly roleArn: string;
  readonly databaseName: string;
  readonly tablePrefix: string;
}

export interface MetadataCatalogDetail {
  readonly catalogType: 'GLUE';
  readonly tableName: string | undefined;
  readonly tableRegistrationOutput: RegistrationOutput | undefined;
  readonly partitionRegistrationOutput: RegistrationOutput | undefined;
}

export interface RegistrationOutput {
  readonly message?: string | undefined;
  readonly result?: string | undefined;
  readonly status?: string | undefined;
}
