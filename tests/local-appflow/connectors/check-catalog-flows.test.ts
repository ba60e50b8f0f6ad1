import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';

const header = `customConnectors: { Fleet: {} }
profiles: { crm: { connector: Salesforce }, web: { connector: Googleanalytics }, snow: { connector: Snowflake }, fleet: { connector: Fleet }, odd: { connector: Nobody } }
flows:
`;
const source = 'source: { profile: crm, entity: Account }';

describe('a broken flow definition', () => {
  it('is told everything that is wrong with it, with line and column', () => {
    expect(
      problemsOf(`  x: { ${source} }
  1st-flow: { sauce: 1, source: { connector: Slack, entity: a }, status: Running }
  nightly: { ${source} }
  nightly: { ${source}, createdAt: today, tags: { "aws:a": b }, trigger: { type: Event, schedule: rate(1days) } }
  nothing:
`),
    ).toEqual([
      '4:3 flows.x: expected two or more of the letters, digits and _ ! @ # . -, the first a letter or digit, got "x"',
      expect.stringMatching(/^5:15 flows.1st-flow.sauce: expected only description, status, .*, got "sauce"$/),
      '5:46 flows.1st-flow.source.connector: expected a profile in place of the connector: Slack has profiles',
      '5:74 flows.1st-flow.status: expected one of Active, Deprecated, Deleted, Draft, Errored, Suspended, got "Running"',
      '7:3 expected each name once, got it a second time',
      '7:68 flows.nightly.createdAt: expected a date such as 2026-01-31T09:30:00Z, got "today"',
      '7:83 flows.nightly.tags.aws:a: expected letters, digits and + , - . / : ; < = _, not beginning with aws:, got "aws:a"',
      '7:131 flows.nightly.trigger.schedule: expected a schedule only of a Scheduled flow',
      '8:11 flows.nothing: expected a map with source, destinations and tasks, got nothing',
    ]);
  });

  it.each([
    [
      'source: { profile: nobody, entity: a b }',
      [
        'source.profile: expected the name of a profile, got "nobody"',
        'source.entity: expected text without whitespace, got "a b"',
      ],
    ],
    ['source: {}', ['source: expected either profile or connector, got neither']],
    ['source: { profile: crm, connector: S3 }', ['source: expected either profile or connector, got both']],
    ['source: crm', ['source: expected a map with profile or connector, got "crm"']],
    [
      'source: { connector: Fleet }',
      ['source.connector: expected a profile in place of the connector: Fleet has profiles'],
    ],
    ['source: { connector: Nowhere }', ['source.connector: expected one of S3, got "Nowhere"']],
    [
      'source: { connector: EventBridge }',
      ['source.connector: expected a connector that can be a source, got "EventBridge"'],
    ],
    [
      'source: { profile: snow, entity: a }',
      ['source.profile: expected a profile whose connector can be a source, got one of Snowflake'],
    ],
    ['source: { profile: crm }', ['source: expected entity, which Salesforce requires']],
    [
      'source: { profile: web, entity: a, bucket: abc }',
      ['source.bucket: expected only entity for Googleanalytics, got "bucket"'],
    ],
    [
      `source: { profile: crm, entity: ${'x'.repeat(513)} }`,
      ['source.entity: expected at most 512 characters, got 513'],
    ],
    [
      'source: { profile: crm, entity: a, dataTransferApi: { name: bulk } }',
      ['source.dataTransferApi: expected text for Salesforce, got a map'],
    ],
    [
      'source: { profile: fleet, entity: a, dataTransferApi: BULKV2 }',
      ['source.dataTransferApi: expected a map with name and type for CustomConnector, got "BULKV2"'],
    ],
    [
      'source: { profile: fleet, entity: a, dataTransferApi: FAST }',
      [
        'source.dataTransferApi: expected one of AUTOMATIC, BULKV2, REST_SYNC, or a map with name and type for a custom connector, got "FAST"',
        'source.dataTransferApi: expected a map with name and type for CustomConnector, got "FAST"',
      ],
    ],
    [`${source}, destinations: [{ connector: S3 }]`, ['destinations.0: expected bucket, which S3 requires']],
    [
      `${source}, destinations: [{ connector: LookoutMetrics, entity: a }]`,
      ['destinations.0.entity: expected nothing for LookoutMetrics, got "entity"'],
    ],
    [
      `${source}, destinations: [{ connector: Upsolver, bucket: lake, output: { preserveSourceDataTyping: true } }]`,
      [
        'destinations.0.bucket: expected a bucket whose name begins with upsolver-appflow, got "lake"',
        'destinations.0.output.preserveSourceDataTyping: expected no preserveSourceDataTyping for Upsolver',
      ],
    ],
    [
      `${source}, destinations: [{ connector: Lake }]`,
      [
        'destinations.0.connector: expected one of EventBridge, S3, Upsolver, LookoutMetrics, CustomerProfiles, got "Lake"',
      ],
    ],
    [
      `${source}, destinations: { connector: S3, bucket: lake }`,
      ['destinations: expected a list of destinations, got a map'],
    ],
    [
      `${source}, tasks: [{ type: Mop }, { sourceFields: Id, type: Map }]`,
      [
        'tasks.0.type: expected one of Arithmetic, Filter, Map, Map_all, Mask, Merge, Passthrough, Truncate, Validate, Partition, got "Mop"',
        'tasks.1.sourceFields: expected a list of fields, got "Id"',
      ],
    ],
    [
      'source: { profile: web, entity: a }, tasks: [{ type: Map, operator: NO_OP }]',
      ['tasks.0.operator: expected one of PROJECTION, BETWEEN for the source Googleanalytics, got "NO_OP"'],
    ],
    [
      `${source}, tasks: [{ type: Map, operator: MEND, properties: { COLOUR: red } }]`,
      [
        expect.stringMatching(/^tasks.0.operator: expected one of PROJECTION, .*NO_OP, got "MEND"$/),
        expect.stringMatching(/^tasks.0.properties.COLOUR: expected only VALUE, .*, got "COLOUR"$/),
      ],
    ],
    [`${source}, trigger: Sometimes`, ['trigger.type: expected one of Scheduled, Event, OnDemand, got "Sometimes"']],
    [`${source}, trigger: {}`, ['trigger: expected a schedule such as rate(1hours), got none']],
    [`${source}, trigger: { pullMode: Complete }`, ['trigger: expected a schedule such as rate(1hours), got none']],
    [
      `${source}, trigger: { schedule: rate(1days), offset: 36001 }`,
      ['trigger.offset: expected a whole number from 0 to 36000, got 36001'],
    ],
    [
      `${source}, tags: { ${Array.from({ length: 51 }, (_, n) => `${'k'.repeat(n + 1)}: v`)} }`,
      ['tags: expected at most 50 tags, got 51'],
    ],
  ])('such as %s', (flow, problems) => {
    const found = problemsOf(`  nightly: { ${flow} }\n`).map(text => text.replace(/^\d+:\d+ flows\.nightly\./, ''));
    expect(found.filter(text => !text.includes('Nobody'))).toEqual(problems);
  });

  it('is not told about a profile whose own connector is wrong: that has been said', () => {
    expect(problemsOf('  nightly: { source: { profile: odd, entity: a } }\n')).toEqual([]);
  });
});

describe('what a flow may name', () => {
  it('is any entity and any field: those that are gone make a broken flow, as in AppFlow', () => {
    const tasks = 'tasks: [{ type: Map, sourceFields: [Gone__c], destinationField: gone }]';
    const flow = `source: { profile: crm, entity: Gone, incrementalField: Gone }, ${tasks}`;
    expect(problemsOf(`  nightly: { ${flow} }\n`)).toEqual([]);
  });

  it('is the profile of the PostgreSQL application, where there is one', () => {
    const text = 'flows: { nightly: { source: { profile: postgres, entity: crm.account } } }';
    expect(parseCatalog(text, { profiles: ['postgres'], connectorLabels: [] }).flows).toHaveProperty('nightly');
    expect(() => parseCatalog(text)).toThrow('flows.nightly.source.profile: expected the name of a profile');
  });
});

/** Problems of flows below the header, whose own one is left out. */
function problemsOf(flows: string): string[] {
  try {
    parseCatalog(header + flows);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const found = error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    return found.filter(text => !text.includes('profiles.odd'));
  }
  throw new Error('The catalogue was taken.');
}
