import * as sdk from '@aws-sdk/client-appflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Catalog } from '../../../src/local-appflow/connectors/catalog-schema.ts';
import { flowDestinations, flowSources } from '../../../src/local-appflow/connectors/flow-ends.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../../src/local-appflow/connectors/register-catalog.ts';
import { registerFlows } from '../../../src/local-appflow/connectors/register-flows.ts';
import type { RegisteredFlow } from '../../../src/local-appflow/connectors/registry.ts';
import { arbitraryDestination, arbitraryFlow, arbitraryFlows, aroundFlows } from '../../support/arbitrary-flows.ts';
import { noLambdas } from '../../support/no-lambdas.ts';

const account = { region: 'eu-west-1', accountId: '123456789012' };

describe('a flow of a catalogue', () => {
  it('is described with what it says, and with plain values where it says nothing', () => {
    const [flow] = flowsOf(`
customConnectors: { Fleet: { apiVersions: [v1, v2] } }
profiles: { crm: { connector: Salesforce }, fleet: { connector: Fleet } }
flows:
  accounts:
    source: { profile: crm, entity: Account }
    destinations: [{ profile: fleet, apiVersion: v2, entity: Customer }, { connector: S3, bucket: lake }]
    tasks: [{ type: Map, sourceFields: [Id], destinationField: id, operator: NO_OP }, { type: Map_all }]
`);
    expect(written(flow?.description)).toEqual({
      flowArn: 'arn:aws:appflow:eu-west-1:123456789012:flow/accounts',
      flowName: 'accounts',
      flowStatus: 'Active',
      sourceFlowConfig: {
        connectorType: 'Salesforce',
        connectorProfileName: 'crm',
        sourceConnectorProperties: {
          Salesforce: { object: 'Account', enableDynamicFieldUpdate: false, includeDeletedRecords: false },
        },
      },
      destinationFlowConfigList: [
        {
          connectorType: 'CustomConnector',
          apiVersion: 'v2',
          connectorProfileName: 'fleet',
          destinationConnectorProperties: { CustomConnector: { entityName: 'Customer' } },
        },
        { connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'lake' } } },
      ],
      triggerConfig: { triggerType: 'OnDemand' },
      tasks: [
        { taskType: 'Map', sourceFields: ['Id'], destinationField: 'id', connectorOperator: { Salesforce: 'NO_OP' } },
        { taskType: 'Map_all', sourceFields: [] },
      ],
      createdAt: Date.parse('2026-01-01') / 1000,
      lastUpdatedAt: Date.parse('2026-01-01') / 1000,
      createdBy: 'local-appflow',
      lastUpdatedBy: 'local-appflow',
    });
  });

  it('is listed by the connectors at its ends, custom ones with their label', () => {
    const [flow] = flowsOf(`
customConnectors: { Fleet: {} }
profiles: { crm: { connector: Salesforce }, fleet: { connector: Fleet } }
flows:
  trips:
    trigger: Event
    source: { profile: fleet, entity: Trip }
    destinations: [{ profile: crm, entity: Trip__c }, { connector: S3, bucket: lake }]
`);
    expect(written(flow?.definition)).toMatchObject({
      flowName: 'trips',
      flowStatus: 'Active',
      sourceConnectorType: 'CustomConnector',
      sourceConnectorLabel: 'Fleet',
      destinationConnectorType: 'Salesforce',
      triggerType: 'Event',
    });
    expect(written(flow?.definition)).not.toHaveProperty('destinationConnectorLabel');
  });

  it('may be one without destination', () => {
    const [flow] = flowsOf('flows: { draft: { status: Draft, source: { connector: S3, bucket: lake } } }');
    expect(flow?.description.destinationFlowConfigList).toEqual([]);
    expect(written(flow?.definition)).not.toHaveProperty('destinationConnectorType');
  });

  it.each([
    ['Event', { triggerType: 'Event' }],
    ['Scheduled', { triggerType: 'Scheduled' }],
    ['{ type: OnDemand }', { triggerType: 'OnDemand' }],
    [
      '{ schedule: rate(1days), startTime: 2026-01-02 }',
      {
        triggerType: 'Scheduled',
        triggerProperties: { Scheduled: { scheduleExpression: 'rate(1days)', scheduleStartTime: 1_767_312_000 } },
      },
    ],
  ])('is triggered by %s', (trigger, triggerConfig) => {
    const [flow] = flowsOf(`flows: { it: { source: { connector: S3, bucket: lake }, trigger: ${trigger} } }`);
    expect(written(flow?.description)).toMatchObject({ triggerConfig });
  });
});

describe("AppFlow's model", () => {
  it('names the ends of a flow as we do', () => {
    expect(keysOf(flowSources)).toEqual(sdk.SourceConnectorProperties$[4].toSorted());
    expect(keysOf(flowDestinations)).toEqual(sdk.DestinationConnectorProperties$[4].toSorted());
  });

  it('has no member that a catalogue cannot say, and lacks none that we answer', () => {
    const catalog: Catalog = { ...aroundFlows, flows: Object.fromEntries(wholeFlows()) };
    const described = registered(catalog).map(({ description }) => written(description));
    const answered = new Set(described.flatMap(description => pathsIn(sdk.DescribeFlowResponse$, description)));
    expect([...answered].toSorted()).toEqual(pathsOf(sdk.DescribeFlowResponse$).toSorted());
    const listed = registered(catalog).flatMap(({ definition }) => Object.keys(written(definition)));
    expect([...new Set(listed)].toSorted()).toEqual(sdk.FlowDefinition$[4].toSorted());
  });
});

describe('any flows', () => {
  it('come back from YAML as they were written', () => {
    fc.assert(
      fc.property(arbitraryFlows(), flows => {
        const text = stringify({ ...aroundFlows, flows }, { defaultStringType: 'QUOTE_DOUBLE' });
        expect(parseCatalog(text).flows).toEqual(flows);
      }),
      { numRuns: 15 },
    );
  });

  it('are described without losing anything they say', () => {
    fc.assert(
      fc.property(arbitraryFlows(), flows => {
        for (const { description } of registered({ ...aroundFlows, flows })) {
          const said = leavesOf(flows[description.flowName]);
          const told = leavesOf(written(description));
          for (const leaf of said) expect(told.includes(leaf) && told.splice(told.indexOf(leaf), 1)).toEqual([leaf]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function flowsOf(text: string): readonly RegisteredFlow[] {
  return registered(parseCatalog(text));
}

function registered(catalog: Catalog): readonly RegisteredFlow[] {
  return registerFlows(catalog.flows, registerCatalog(catalog, account, noLambdas).profiles, account);
}

/** As it goes over the wire: without what is undefined. */
function written(answer: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(answer));
}

/** From and to every connector type, with every member each of them has. */
function wholeFlows(): [string, Catalog['flows'][string]][] {
  const sources = [...flowSources.keys()].map(from => fc.sample(arbitraryFlow(from, true), { numRuns: 1, seed: 1 }));
  const destinations = [...flowDestinations.keys()].flatMap(to =>
    fc.sample(arbitraryDestination(to, true), { numRuns: 1, seed: 1 }),
  );
  return sources.flat().map((flow, index) => {
    const order = index % 2 === 0 ? destinations : destinations.toReversed();
    return [`flow-${index}`, { ...flow, destinations: order }];
  });
}

function keysOf(ends: typeof flowSources): readonly string[] {
  return [...ends.values()].map(({ key }) => key).toSorted();
}

/** Every path of members below a shape of the SDK, which carries the model with it. */
function pathsOf(shape: unknown, path = ''): string[] {
  const { names, shapes, element } = unfold(shape);
  const below = names.flatMap((name, index) => pathsOf(shapes[index], `${path}.${name}`));
  return [...(path ? [path] : []), ...below, ...(element === undefined ? [] : pathsOf(element, path).slice(1))];
}

/** The paths of a shape that an answer has; one that the shape lacks is there too. */
function pathsIn(shape: unknown, value: unknown, path = ''): string[] {
  const { names, shapes, element } = unfold(shape);
  const own = path ? [path] : [];
  if (element !== undefined) return [...own, ...[value].flat().flatMap(each => pathsIn(element, each, path).slice(1))];
  if (names.length === 0) return own;
  const entries = Object.entries(value as object);
  return [
    ...own,
    ...entries.flatMap(([name, below]) => pathsIn(shapes[names.indexOf(name)], below, `${path}.${name}`)),
  ];
}

interface Unfolded {
  readonly names: readonly string[];
  readonly shapes: readonly unknown[];
  readonly element?: unknown;
}

function unfold(shape: unknown): Unfolded {
  if (typeof shape === 'function') return unfold(shape());
  if (!Array.isArray(shape)) return { names: [], shapes: [] };
  if (shape[0] === 3) return { names: shape[4], shapes: shape[5] };
  if (shape[0] === 1) return { names: [], shapes: [], element: shape[4] };
  return shape[0] === 2 ? { names: [], shapes: [] } : unfold(shape[0]);
}

/** What is written at the ends of a tree, dates as seconds; profiles, which become types as well, too. */
function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return value === undefined ? [] : [isInstant ? Date.parse(value) / 1000 : value];
}
