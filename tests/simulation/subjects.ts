import type { MetadataRef, ResetRequest } from '../../src/metadata/refs.ts';

/** Everything that is read in the simulated world, by name. */
export const subjects = {
  'list crm': { kind: 'entities', connectorProfileName: 'crm' },
  'list crm typed': { kind: 'entities', connectorProfileName: 'crm', connectorType: 'Salesforce' },
  'list crm nested': { kind: 'entities', connectorProfileName: 'crm', entitiesPath: 'Sales, EU' },
  'list erp': { kind: 'entities', connectorProfileName: 'erp' },
  'crm Account': { kind: 'entity', connectorProfileName: 'crm', connectorEntityName: 'Account' },
  'crm Account v2': { kind: 'entity', connectorProfileName: 'crm', apiVersion: 'v2', connectorEntityName: 'Account' },
  'crm Order': { kind: 'entity', connectorProfileName: 'crm', connectorEntityName: 'Order' },
  'erp Account': { kind: 'entity', connectorProfileName: 'erp', connectorEntityName: 'Account' },
  profiles: { kind: 'profiles' },
  connectors: { kind: 'connectors' },
  connector: { kind: 'connector', connectorType: 'Salesforce' },
} as const satisfies Record<string, MetadataRef>;

export type Subject = keyof typeof subjects;

export const subjectNames = Object.keys(subjects) as readonly Subject[];

/** One reset somebody may ask for, and what it has to make fresh. Written down case by case: the oracle must not learn it from the code it judges. */
export interface PossibleReset {
  readonly request: ResetRequest;
  readonly reaches: readonly Subject[];
}

const directories = ['profiles', 'connectors', 'connector'] as const;
const listsOfCrm = ['list crm', 'list crm typed', 'list crm nested'] as const;

export const possibleResets: readonly PossibleReset[] = [
  { request: { connectorProfileName: 'crm' }, reaches: [...listsOfCrm, ...directories] },
  {
    request: { connectorProfileName: 'crm', connectorType: 'Salesforce' },
    reaches: [...listsOfCrm, ...directories],
  },
  {
    request: { connectorProfileName: 'crm', entitiesPath: 'Sales, EU' },
    reaches: ['list crm nested', ...directories],
  },
  {
    request: { connectorProfileName: 'crm', entitiesPath: '' },
    reaches: ['list crm', 'list crm typed', ...directories],
  },
  { request: { connectorProfileName: 'erp' }, reaches: ['list erp', ...directories] },
  { request: {}, reaches: [...listsOfCrm, 'list erp', ...directories] },
  {
    request: { connectorProfileName: 'crm', connectorEntityName: 'Account' },
    reaches: ['crm Account', 'crm Account v2', ...directories],
  },
  {
    request: { connectorProfileName: 'crm', connectorEntityName: 'Account', apiVersion: 'v2' },
    reaches: ['crm Account', 'crm Account v2', ...directories],
  },
  { request: { connectorProfileName: 'crm', connectorEntityName: 'Order' }, reaches: ['crm Order', ...directories] },
  {
    request: { connectorProfileName: 'erp', connectorEntityName: 'Account' },
    reaches: ['erp Account', ...directories],
  },
  {
    request: { connectorEntityName: 'Account' },
    reaches: ['crm Account', 'crm Account v2', 'erp Account', ...directories],
  },
];
