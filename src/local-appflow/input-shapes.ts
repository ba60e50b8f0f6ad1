import type { IntegerConstraint, ListConstraint, StringConstraint } from './constraints.ts';

/** The shapes that AppFlow's operations share in their inputs; figures and patterns are those of the API model of 2020-08-23. */
export const inputShapes = {
  connectorType: {
    type: 'string',
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
  },
  connectorLabel: { type: 'string', maxLength: 256, pattern: '[a-zA-Z0-9][\\w!@#.-]+' },
  connectorProfileName: { type: 'string', maxLength: 256, pattern: '[\\w/!@#+=.-]+' },
  connectorEntityName: { type: 'string', maxLength: 1024, pattern: '\\S+' },
  entitiesPath: { type: 'string', maxLength: 256, pattern: '[\\s\\w/!@#+=,.-]*' },
  apiVersion: { type: 'string', maxLength: 256, pattern: '\\S+' },
  flowName: { type: 'string', maxLength: 256, pattern: '[a-zA-Z0-9][\\w!@#.-]+' },
  nextToken: { type: 'string', maxLength: 2048, pattern: '\\S+' },
} as const satisfies Record<string, StringConstraint>;

/** A page size. */
export function upTo<M extends number>(max: M) {
  return { type: 'integer', min: 1, max } as const satisfies IntegerConstraint;
}

/** A list of at most a hundred strings; it may be empty. */
export function listOf<S extends StringConstraint>(element: S) {
  return { type: 'list', maxLength: 100, element } as const satisfies ListConstraint;
}
