import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type {
  CatalogFlowDestination,
  CatalogFlowSource,
} from '../../../src/local-appflow/connectors/catalog-flow-schema.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../../src/local-appflow/connectors/register-catalog.ts';
import { registerFlows } from '../../../src/local-appflow/connectors/register-flows.ts';
import type { SourceApplication } from '../../../src/local-appflow/connectors/source-application.ts';
import type { ConnectorEntity, ConnectorEntityField } from '../../../src/local-appflow/wire.ts';
import { noLambdas } from '../../support/no-lambdas.ts';

const text = readFileSync(new URL('../../../src/local-appflow/sample-catalog.yaml', import.meta.url), 'utf8');
const account = { region: 'eu-west-1', accountId: '123456789012' };
const catalog = parseCatalog(text);
const { connectors, profiles } = registerCatalog(catalog, account, noLambdas);
const flows = registerFlows(catalog.flows, profiles, account);

/** What the API model allows a member to be: the longest text and its pattern. Carried over by hand, so that it judges the code. */
const limits: Readonly<Record<string, readonly [max: number, pattern: RegExp]>> = {
  'entity.name': [128, /^\S+$/],
  'entity.label': [128, /^.*$/],
  'entity.path': [256, /^[\s\w/!@#+=,.-]*$/],
  group: [128, /^\S+$/],
  identifier: [128, /^\S+$/],
  parentIdentifier: [128, /^\S+$/],
  label: [128, /^.*$/],
  defaultValue: [2048, /^.*$/],
  description: [1024, /^[\s\w/!@#+=.-]*$/],
  supportedValue: [128, /^\S+$/],
  valueRegexPattern: [2048, /^.*$/],
  supportedDateFormat: [2048, /^.*$/],
  customPropertyKey: [128, /^\w+$/],
  customPropertyValue: [2048, /^\S+$/],
  connectorDescription: [2048, /^[\w!@#\-.?,\s]*$/],
  connectorName: [256, /^.*$/],
  connectorOwner: [256, /^.*$/],
  connectorVersion: [256, /^\S+$/],
  connectorLabel: [256, /^[a-zA-Z0-9][\w!@#.-]+$/],
  applicationType: [512, /^\S+$/],
  registeredBy: [512, /^\S+$/],
  connectorArn: [512, /^arn:aws:.*:.*:[0-9]+:.*$/],
  connectorProfileArn: [512, /^arn:aws:appflow:.*:[0-9]+:.*$/],
  connectorProfileName: [256, /^[\w/!@#+=.-]+$/],
  credentialsArn: [512, /^arn:aws:.*:.*:[0-9]+:.*$/],
  supportedApiVersion: [256, /^\S+$/],
};

const operators =
  /^(PROJECTION|LESS_THAN|GREATER_THAN|CONTAINS|BETWEEN|LESS_THAN_OR_EQUAL_TO|GREATER_THAN_OR_EQUAL_TO|EQUAL_TO|NOT_EQUAL_TO|ADDITION|MULTIPLICATION|DIVISION|SUBTRACTION|MASK_ALL|MASK_FIRST_N|MASK_LAST_N|VALIDATE_NON_NULL|VALIDATE_NON_ZERO|VALIDATE_NON_NEGATIVE|VALIDATE_NUMERIC|NO_OP)$/;

describe('the sample catalogue', () => {
  it('has a Salesforce with at least twenty standard objects', async () => {
    const { entities } = await everythingIn(applicationOf('my-salesforce'));
    const standard = entities.filter(({ name }) => !name.endsWith('__c'));
    expect(standard.length).toBeGreaterThanOrEqual(20);
    expect(standard.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'Account',
        'Contact',
        'Lead',
        'Opportunity',
        'Case',
        'Task',
        'Event',
        'User',
        'Campaign',
        'Product2',
      ]),
    );
  });

  it('has Zendesk, SAP and a fleet beside it, and the five connectors that need no profile', () => {
    expect(profiles.map(({ profile }) => [profile.connectorProfileName, profile.connectorType])).toEqual([
      ['my-salesforce', 'Salesforce'],
      ['my-zendesk', 'Zendesk'],
      ['my-sap', 'SAPOData'],
      ['my-fleet', 'CustomConnector'],
    ]);
    expect(connectors.filter(({ application }) => application)).toHaveLength(5);
  });

  it('gives every connector that needs no profile an entity', async () => {
    for (const { connectorType, application } of connectors) {
      if (!application) continue;
      const { entities } = await everythingIn(application);
      expect(entities, connectorType).not.toHaveLength(0);
    }
  });

  it('has an SAP whose services hold entity sets', async () => {
    const sap = applicationOf('my-sap');
    const services = await sap.listEntities({ entitiesPath: undefined, apiVersion: undefined });
    const { groups } = await sap.listEntities({ entitiesPath: 'API_BUSINESS_PARTNER', apiVersion: undefined });
    expect(services.groups['Objects']).toContainEqual(
      expect.objectContaining({ name: 'API_BUSINESS_PARTNER', hasNestedEntities: true }),
    );
    expect(groups['Objects']?.map(({ name }) => name)).toContain('A_BusinessPartner');
  });

  it('has a custom connector whose two API versions differ in entities and in fields', async () => {
    const fleet = applicationOf('my-fleet');
    const [v1, v2] = [await everythingIn(fleet, 'v1'), await everythingIn(fleet, 'v2')];
    expect(v1.entities.map(({ name }) => name)).toEqual(['Vehicle', 'Driver', 'Trip']);
    expect(v2.entities.map(({ name }) => name)).toContain('Journey');
    const typeOf = ({ fields }: Everything): unknown =>
      fields.find(({ identifier }) => identifier === 'odometerKm')?.supportedFieldTypeDetails?.v1.fieldType;
    expect([typeOf(v1), typeOf(v2)]).toEqual(['Integer', 'Long']);
  });

  it('has flows that map fields which are there, one for each kind of trigger', async () => {
    expect(flows.map(({ definition }) => definition.triggerType)).toEqual(['Event', 'Scheduled', 'OnDemand']);
    for (const { source, destinations = [], tasks = [] } of Object.values(catalog.flows)) {
      const sourceFields = [...tasks.flatMap(task => task.sourceFields ?? []), source.incrementalField ?? []].flat();
      expect(await fieldsOf(source)).toEqual(expect.arrayContaining(sourceFields));
      const destinationFields = tasks.flatMap(({ destinationField }) => destinationField ?? []);
      for (const destination of destinations.filter(({ connector }) => connector !== 'S3')) {
        const named = [...destinationFields, ...(destination.idFields ?? [])];
        expect(await fieldsOf(destination)).toEqual(expect.arrayContaining(named));
      }
    }
  });

  it('stays inside every limit of the AppFlow API', async () => {
    const applications = [...profiles, ...connectors].flatMap(({ application }) => application ?? []);
    for (const application of applications) {
      // Only the custom connector tells its versions apart.
      for (const apiVersion of ['v1', 'v2']) checkEverything(await everythingIn(application, apiVersion));
    }
    for (const { detail, configuration } of connectors) checkTexts({ ...detail, ...configuration });
    for (const { profile } of profiles) checkTexts({ ...profile });
  });
});

function checkEverything({ entities, groups, fields }: Everything): void {
  for (const group of groups) within('group', group);
  for (const entity of entities) checkEntity(entity);
  for (const field of fields) checkField(field);
}

function checkEntity({ name, label, hasNestedEntities }: ConnectorEntity): void {
  within('entity.name', name);
  within('entity.label', label);
  if (hasNestedEntities) within('entity.path', name);
}

function checkField(field: ConnectorEntityField): void {
  const { v1 } = field.supportedFieldTypeDetails ?? {};
  checkTexts({ ...field, ...v1 });
  for (const operator of v1?.filterOperators ?? []) expect(operator).toMatch(operators);
  for (const value of v1?.supportedValues ?? []) within('supportedValue', value);
  const properties = Object.entries(field.customProperties ?? {});
  expect(properties.length).toBeLessThanOrEqual(50);
  for (const [key, value] of properties) {
    within('customPropertyKey', key);
    within('customPropertyValue', value);
  }
}

function checkTexts(members: Readonly<Record<string, unknown>>): void {
  for (const [member, value] of Object.entries(members)) {
    if (typeof value === 'string' && member in limits) within(member, value);
  }
}

function within(member: string, value: string | undefined): void {
  if (value === undefined) return;
  const [max = 0, pattern = /^$/] = limits[member] ?? [];
  expect([...value].length, `length of ${member} ${value}`).toBeLessThanOrEqual(max);
  expect(value, member).toMatch(pattern);
}

interface Everything {
  readonly entities: readonly ConnectorEntity[];
  readonly groups: readonly string[];
  readonly fields: readonly ConnectorEntityField[];
}

/** Everything an application shows: all entities at every depth, and all of their fields. */
async function everythingIn(application: SourceApplication, apiVersion?: string, path?: string): Promise<Everything> {
  const { groups } = await application.listEntities({ entitiesPath: path, apiVersion });
  const found: Everything[] = [];
  for (const { name, hasNestedEntities } of Object.values(groups).flat()) {
    const { fields } = await application.describeEntity({ connectorEntityName: name, apiVersion });
    found.push({ entities: [], groups: [], fields });
    if (hasNestedEntities) found.push(await everythingIn(application, apiVersion, name));
  }
  return {
    entities: [...Object.values(groups).flat(), ...found.flatMap(({ entities }) => entities)],
    groups: [...Object.keys(groups), ...found.flatMap(nested => nested.groups)],
    fields: found.flatMap(({ fields }) => fields),
  };
}

function applicationOf(name: string): SourceApplication {
  const found = profiles.find(({ profile }) => profile.connectorProfileName === name);
  if (!found) throw new Error(`There is no profile ${name}.`);
  return found.application;
}

/** The fields of the entity at an end of a flow. */
async function fieldsOf(end: CatalogFlowSource | CatalogFlowDestination): Promise<string[]> {
  const { profile, connector, entity = 'objectType' in end ? end.objectType : undefined, apiVersion } = end;
  const application = profile
    ? applicationOf(profile)
    : connectors.find(it => it.connectorType === connector)?.application;
  const details = await application?.describeEntity({ connectorEntityName: entity ?? '', apiVersion });
  return (details?.fields ?? []).map(({ identifier }) => identifier);
}
