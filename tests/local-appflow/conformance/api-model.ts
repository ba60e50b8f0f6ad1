/** The inputs of AppFlow's API model of 2020-08-23, as far as local AppFlow has the operations: `!` marks what is required. */
export const inputModel: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ListConnectors: { maxResults: 'MaxResults', nextToken: 'NextToken' },
  DescribeConnector: { connectorType: 'ConnectorType!', connectorLabel: 'ConnectorLabel' },
  DescribeConnectors: { connectorTypes: 'ConnectorTypeList', maxResults: 'MaxResults', nextToken: 'NextToken' },
  DescribeConnectorProfiles: {
    connectorProfileNames: 'ConnectorProfileNameList',
    connectorType: 'ConnectorType',
    connectorLabel: 'ConnectorLabel',
    maxResults: 'MaxResults',
    nextToken: 'NextToken',
  },
  ListConnectorEntities: {
    connectorProfileName: 'ConnectorProfileName',
    connectorType: 'ConnectorType',
    entitiesPath: 'EntitiesPath',
    apiVersion: 'ApiVersion',
    maxResults: 'ListEntitiesMaxResults',
    nextToken: 'NextToken',
  },
  DescribeConnectorEntity: {
    connectorEntityName: 'EntityName!',
    connectorType: 'ConnectorType',
    connectorProfileName: 'ConnectorProfileName',
    apiVersion: 'ApiVersion',
  },
  ResetConnectorMetadataCache: {
    connectorProfileName: 'ConnectorProfileName',
    connectorType: 'ConnectorType',
    connectorEntityName: 'EntityName',
    entitiesPath: 'EntitiesPath',
    apiVersion: 'ApiVersion',
  },
  ListFlows: { maxResults: 'MaxResults', nextToken: 'NextToken' },
  DescribeFlow: { flowName: 'FlowName!' },
};

export interface StringShape {
  readonly kind: 'string';
  readonly max?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Examples: a value that satisfies the shape, and one that only breaks its pattern or its values. */
  readonly good: string;
  readonly bad: string;
}

export interface IntegerShape {
  readonly kind: 'integer';
  readonly from: number;
  readonly to: number;
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: string;
  readonly max: number;
}

export type Shape = StringShape | IntegerShape | ListShape;

/** The shapes that those inputs are made of. */
export const shapes: Readonly<Record<string, Shape>> = {
  MaxResults: { kind: 'integer', from: 1, to: 100 },
  ListEntitiesMaxResults: { kind: 'integer', from: 1, to: 10_000 },
  NextToken: { kind: 'string', max: 2048, pattern: '\\S+', good: '~', bad: '' },
  ConnectorLabel: { kind: 'string', max: 256, pattern: '[a-zA-Z0-9][\\w!@#.-]+', good: 'a#', bad: '#a' },
  ConnectorProfileName: { kind: 'string', max: 256, pattern: '[\\w/!@#+=.-]+', good: 'a/b', bad: 'a,b' },
  EntityName: { kind: 'string', max: 1024, pattern: '\\S+', good: 'é', bad: 'a b' },
  EntitiesPath: { kind: 'string', max: 256, pattern: '[\\s\\w/!@#+=,.-]*', good: '', bad: 'a:b' },
  ApiVersion: { kind: 'string', max: 256, pattern: '\\S+', good: '1.0', bad: ' ' },
  FlowName: { kind: 'string', max: 256, pattern: '[a-zA-Z0-9][\\w!@#.-]+', good: 'a1', bad: 'a' },
  ConnectorType: {
    kind: 'string',
    values: [
      'Salesforce',
      'Singular',
      'Slack',
      'Redshift',
      'S3',
      'Marketo',
      'Googleanalytics',
      'Zendesk',
      'Servicenow',
      'Datadog',
      'Trendmicro',
      'Snowflake',
      'Dynatrace',
      'Infornexus',
      'Amplitude',
      'Veeva',
      'EventBridge',
      'LookoutMetrics',
      'Upsolver',
      'Honeycode',
      'CustomerProfiles',
      'SAPOData',
      'CustomConnector',
      'Pardot',
    ],
    good: 'Pardot',
    bad: 'pardot',
  },
  ConnectorTypeList: { kind: 'list', of: 'ConnectorType', max: 100 },
  ConnectorProfileNameList: { kind: 'list', of: 'ConnectorProfileName', max: 100 },
};
