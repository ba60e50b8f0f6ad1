import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import type { Catalog } from '../../../src/local-appflow/connectors/catalog-schema.ts';
import { areFieldsFine } from '../../../src/local-appflow/connectors/look-over-fields.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { parseDocumentedCatalog } from '../../../src/local-appflow/connectors/parse-documented-catalog.ts';
import { generateCatalog } from '../../support/large-catalog.ts';

const nothing = { profiles: [], connectorLabels: [] };

/** As blocks, but with no value over several lines. */
const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 } as const;

describe('a catalogue in plain YAML', () => {
  it('is taken as its document is, and refused with the same words at the same places', () => {
    let refused = 0;
    const property = fc.property(catalogs(), fc.constantFrom(0, 1, 2), (catalog, style) => {
      const text = [JSON.stringify(catalog), JSON.stringify(catalog, null, 2), stringify(catalog, quoted)][style] ?? '';
      const documented = outcomeOf(() => parseDocumentedCatalog(text, nothing));
      const plain = outcomeOf(() => parseCatalog(text, nothing, 0));
      expect(plain).toEqual(documented);
      if (Array.isArray(plain)) refused += 1;
    });
    fc.assert(property, { numRuns: 120 });
    expect(refused).toBeGreaterThan(20);
  });

  it('points into merged maps and to aliases', () => {
    const text = `definitions:
  all: &all { Name: string oops, Other: string }
  bad: &bad { type: string, lenght: 5 }
profiles:
  crm:
    connector: Salesforce
    entities:
      Account: { fields: { <<: *all, Code: *bad, Id: id key } }
      Contact: { fields: *all }
      Lead:
        fields: # none
          x: string
          y:   # nothing
`;
    const problems = outcomeOf(() => parseCatalog(text, nothing, 0));
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(outcomeOf(() => parseDocumentedCatalog(text, nothing)));
  });

  it('says where it stops being plain when it is too large for a document', () => {
    expect(outcomeOf(() => parseCatalog('profiles:\n  crm: !x\n', nothing, 5))).toEqual([
      '2:8 expected plain YAML in a file this large (name: value, values on one line, no tags, no block scalars, each name and anchor once), got "!x"; what else is wrong is told once this is not',
    ]);
  });

  it('does not lose an entity, a profile or a field whose name is fields', () => {
    const fields = { fields: { type: 'string', label: 'a' }, entities: 'string' };
    const entities = { fields: { label: 'string', fields }, Account: { entities: { fields: { fields } } } };
    const [one, { Account }] = [{ fields: entities.fields }, entities];
    const profiles = {
      fields: { connector: 'Slack', entities: one },
      crm: { connector: 'Slack', entities: { Account } },
    };
    const text = JSON.stringify({ profiles });
    expect(parseCatalog(text, nothing, 0)).toEqual(parseDocumentedCatalog(text, nothing));
  });
});

describe('a large catalogue', () => {
  it.each(['short', 'map', 'block'] as const)('costs a fraction of its document, its fields written as %s', style => {
    const text = [...generateCatalog({ entities: 40, fields: 200, style })].join('');
    const [plain, documented] = [timed(() => parseCatalog(text)), timed(() => parseDocumentedCatalog(text, nothing))];
    expect(plain.catalog).toEqual(documented.catalog);
    expect(plain.cpuMs).toBeLessThan(documented.cpuMs / 3);
  });

  it('keeps no field until it is asked for', () => {
    const text = [...generateCatalog({ entities: 3, fields: 3, style: 'short' })].join('');
    const entity = parseCatalog(text).profiles['large']?.entities?.['Entity_1__c'];
    expect(entity?.fields).toEqual(entity?.fields);
    expect(entity?.fields).not.toBe(entity?.fields);
  });
});

describe('a look over fields', () => {
  it('never calls fine what the schema refuses', () => {
    let fine = 0;
    const property = fc.property(allFields(), fields => {
      if (!areFieldsFine(fields)) return;
      fine += 1;
      const text = JSON.stringify({ profiles: { crm: { connector: 'Slack', entities: { Account: { fields } } } } });
      expect(() => parseDocumentedCatalog(text, nothing)).not.toThrow();
    });
    fc.assert(property, { numRuns: 800 });
    expect(fine).toBeGreaterThan(80);
  });

  it.each([
    { Id: 'id key readonly', Name: 'string(80) required, Last Name', Price: 'Decimal(10,2)' },
    {
      Id: { type: 'string', length: 5, values: ['a', 1], customProperties: { a: 'b' } },
      Up: { type: 't', parent: 'Id' },
    },
    { Id: { type: 'int', range: [1, 5], operators: ['EQUAL_TO'], default: 0 } },
  ])('calls fine what is usual: %j', fields => {
    expect(areFieldsFine(fields)).toBe(true);
    expect(areFieldsFine(new Map(Object.entries(fields)))).toBe(true);
  });
});

/** Processor time, so that a busy machine makes no difference. */
function timed(parse: () => Catalog): { catalog: Catalog; cpuMs: number } {
  const before = process.cpuUsage();
  const catalog = parse();
  const { user, system } = process.cpuUsage(before);
  return { catalog, cpuMs: (user + system) / 1000 };
}

function outcomeOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

const name = fc.constantFrom('Id', 'Name', 'Code', 'a b', 'x'.repeat(129), '50%', '7', 'fields');

/** Mostly right, sometimes wrong. */
function allFields() {
  const short = fc.constantFrom(
    ...['string', 'string(80)', 'id key', 'string  required, Name', 'Decimal(10,2), a, b', 'a, b', 'id sorted', ''],
    ...[' string', 'string ,x', 'string, ', 'x(5', `string, ${'x'.repeat(129)}`, 'string\n', `(${'9'.repeat(400)})`],
  );
  const text = fc.constantFrom('a', 'a b', 'a, b', 'x\ny', 'x'.repeat(129), '', 'ä');
  const value = fc.oneof(text, fc.constantFrom(1, -1.5, true, null), fc.constant([]));
  const list = fc.oneof(fc.array(value, { maxLength: 2 }), value);
  const range = fc.oneof(fc.constantFrom([1, 5], [5, 1], [1], { minimum: 1, maximum: 2 }, 5, -5), value);
  const flag = fc.oneof(fc.boolean(), fc.constant(1));
  const words = fc.oneof(fc.subarray(['EQUAL_TO', 'INSERT', 'UPSERT'], { maxLength: 1 }), value);
  const long = fc.record(
    {
      ...{ type: text, label: text, description: text, parent: fc.constantFrom('Id', 'Name', 'nobody', 7) },
      ...{ primaryKey: flag, nullable: flag, default: value, values: list, operators: words, range, length: range },
      ...{ pattern: text, dateFormat: text, writeOperations: words, lenght: flag },
      customProperties: fc.dictionary(fc.constantFrom('a', 'a-b', 'x'.repeat(129)), value),
    },
    { requiredKeys: [] },
  );
  // Few of the members at once, for else hardly any would be right.
  const few = fc.tuple(long, fc.array(fc.nat(12), { maxLength: 3 })).map(([field, kept]) => {
    const entries = Object.entries(field);
    return { type: 'string', ...Object.fromEntries(entries.filter((_, index) => kept.includes(index))) };
  });
  const field = fc.oneof(short, fc.constant('string'), few, fc.constantFrom(null, 7, [], { label: 'x' }));
  return fc.dictionary(name, field, { maxKeys: 2 });
}

function catalogs() {
  const entity = fc.oneof(
    fc.record({ label: fc.constantFrom('x', 7), fields: allFields() }, { requiredKeys: [] }),
    fc.record({
      fields: allFields(),
      entities: fc.dictionary(name, fc.record({ fields: allFields() }), { maxKeys: 2 }),
    }),
    fc.constantFrom(null, 'x'),
  );
  const entities = fc.dictionary(name, entity, { maxKeys: 3 });
  const profile = fc.record(
    {
      connector: fc.constantFrom('Salesforce', 'Fleet', 'Slak', 7),
      entities,
      versions: fc.oneof(fc.record({ v1: entities, v2: entities }), fc.constant(null)),
      properties: fc.constantFrom({ instanceUrl: 'x' }, { password: 1 }, null),
      createdAt: fc.constantFrom('2026-01-31', 'yesterday', '2026-01-31T09:30:00Z'),
    },
    { requiredKeys: ['connector'] },
  );
  return fc.record({
    connectors: fc.constantFrom(
      {},
      { S3: { entities: { a: { fields: { b: 'string' } } } } },
      { Slack: { entities: {} } },
    ),
    customConnectors: fc.constantFrom({ Fleet: { apiVersions: ['v1', 'v2'] } }, { Fleet: { modes: ['SINK'] } }, {}),
    profiles: fc.dictionary(fc.constantFrom('crm', 'fields', 'my crm'), profile, { maxKeys: 2 }),
  });
}
