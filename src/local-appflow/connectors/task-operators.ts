import { operators } from './appflow-values.ts';

/** What every connector can do to a field it maps, but the two that only filter. */
const mapping = [
  'ADDITION',
  'MULTIPLICATION',
  'DIVISION',
  'SUBTRACTION',
  'MASK_ALL',
  'MASK_FIRST_N',
  'MASK_LAST_N',
  'VALIDATE_NON_NULL',
  'VALIDATE_NON_ZERO',
  'VALIDATE_NON_NEGATIVE',
  'VALIDATE_NUMERIC',
  'NO_OP',
] as const;

const logs = ['PROJECTION', 'BETWEEN', 'EQUAL_TO', ...mapping] as const;
const equality = ['PROJECTION', 'EQUAL_TO', ...mapping] as const;
const orders = ['LESS_THAN_OR_EQUAL_TO', 'GREATER_THAN_OR_EQUAL_TO', 'EQUAL_TO'] as const;
const marketo = ['PROJECTION', 'LESS_THAN', 'GREATER_THAN', 'BETWEEN', ...mapping] as const;

/** The operators a task may have, by the connector type of the flow's source (AWS: ConnectorOperator of the API model of 2020-08-23). */
export const taskOperators: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    Amplitude: ['BETWEEN'],
    CustomConnector: operators,
    Datadog: logs,
    Dynatrace: logs,
    Googleanalytics: ['PROJECTION', 'BETWEEN'],
    Infornexus: logs,
    Marketo: marketo,
    Pardot: equality,
    S3: operators.filter(operator => operator !== 'CONTAINS'),
    SAPOData: operators,
    Salesforce: operators,
    Servicenow: operators,
    Singular: equality,
    Slack: [...marketo, ...orders],
    Trendmicro: equality,
    Veeva: operators,
    Zendesk: ['PROJECTION', 'GREATER_THAN', ...mapping],
  }).map(([connectorType, allowed]) => [connectorType, new Set<string>(allowed)]),
);
