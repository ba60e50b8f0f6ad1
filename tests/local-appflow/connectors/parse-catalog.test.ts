import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { operators, writeOperations } from '../../../src/local-appflow/connectors/appflow-values.ts';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import type { CatalogField } from '../../../src/local-appflow/connectors/catalog-field-schema.ts';
import type { Catalog, CatalogEntities, CatalogEntity } from '../../../src/local-appflow/connectors/catalog-schema.ts';
import { areFieldsFine } from '../../../src/local-appflow/connectors/look-over-fields.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';

const header = 'profiles:\n  crm:\n    connector: Salesforce\n    entities:\n';

describe('a field', () => {
  const fieldOf = (written: string): CatalogField | undefined =>
    parseCatalog(`${header}      Account:\n        fields:\n          it: ${written}\n`).profiles['crm']?.entities?.[
      'Account'
    ]?.fields?.['it'];

  it.each([
    ['string', { type: 'string' }],
    ['string(80)', { type: 'string', length: { minimum: 0, maximum: 80 } }],
    ['id key readonly', { type: 'id', primaryKey: true, creatable: false, updatable: false, upsertable: false }],
    [
      'string(40) required, Last Name',
      { type: 'string', length: { minimum: 0, maximum: 40 }, nullable: false, label: 'Last Name' },
    ],
    ['string, Name, in full', { type: 'string', label: 'Name, in full' }],
    ['datetime timestamp deprecated', { type: 'datetime', timestamp: true, deprecated: true }],
    ['Decimal(10,2)', { type: 'Decimal(10,2)' }],
    ['{ type: int, range: [1, 5] }', { type: 'int', range: { minimum: 1, maximum: 5 } }],
    ['{ type: int, range: { minimum: 1, maximum: 5 } }', { type: 'int', range: { minimum: 1, maximum: 5 } }],
    ['{ type: string, length: [2, 9] }', { type: 'string', length: { minimum: 2, maximum: 9 } }],
    ['{ type: int, default: 0, values: [0, 1, true] }', { type: 'int', default: '0', values: ['0', '1', 'true'] }],
  ])('is written as %s', (written, expected) => {
    expect(fieldOf(written)).toEqual(expected);
  });
});

describe('what a catalogue may leave out', () => {
  it('is nearly everything', () => {
    expect(parseCatalog('profiles:\n')).toEqual({ connectors: {}, customConnectors: {}, profiles: {}, flows: {} });
  });

  it('includes what stands under a name that takes a map', () => {
    const catalog = parseCatalog(`${header}      Account:\n      Contact:\n        fields:\n        entities:\n`);
    expect(catalog.profiles['crm']?.entities).toEqual({ Account: {}, Contact: { fields: {}, entities: {} } });
  });
});

describe('anchors', () => {
  it('are written out, merged maps too, and a later name wins', () => {
    const catalog = parseCatalog(
      `definitions:\n  audit: &audit { createdAt: date, updatedAt: date }\n${header}      Account:\n        fields: { <<: *audit, updatedAt: datetime }\n`,
    );
    expect(catalog.profiles['crm']?.entities?.['Account']?.fields).toEqual({
      createdAt: { type: 'date' },
      updatedAt: { type: 'datetime' },
    });
  });
});

describe('a broken catalogue', () => {
  it('says everything that is wrong, in the order of the lines', () => {
    const text = `connectors:
  S3: { entities: { my bucket: } }
  Slak:
  Slack: { entities: {} }
customConnectors:
  Fleet: { apiVersions: [v1, v2], modes: [SINK] }
  Slack: {}
profiles:
  my crm:
    connector: Salesfroce
    lable: CRM
    entities:
      Account:
        label: |
          two
          lines
        fields:
          Id: id sorted
          Name: 7
          Code: { type: string, values: [a b], description: "a, b", range: [5, 1], length: x }
          Name: string
          Parent: { type: string, parent: nobody }
      Invoice:
        entities: { Account: { fields: { Id: {} } }, "50%": { entities: {} } }
  fleet:
    connector: Fleet
    createdAt: yesterday
    cacheControl: 1.5
    versions: { v1: { Car: { group: Cars } }, v3: {} }
  bucket: { connector: S3 }
  both: { connector: Fleet, entities: {}, versions: { v1: {}, v2: {} } }
  help: { connector: Zendesk, versions: {}, properties: { instanceUrl: 7, password: secret } }
`;
    expect(problemsOf(text)).toEqual([
      '2:21 connectors.S3.entities.my bucket: expected text without whitespace, got "my bucket"',
      '3:3 connectors.Slak: expected one of AWS\'s own connector types, got "Slak"',
      '4:12 connectors.Slack.entities: expected no entities here: those of Slack belong to its profiles',
      '6:43 customConnectors.Fleet.modes.0: expected one of SOURCE, DESTINATION, got "SINK"',
      '7:3 customConnectors.Slack: expected a label other than a connector type, got "Slack"',
      '9:3 profiles.my crm: expected letters, digits and _ / ! @ # + = . -, got "my crm"',
      '10:16 profiles.my crm.connector: expected a connector type or the label of one under customConnectors, got "Salesfroce" (perhaps Salesforce)',
      '11:5 profiles.my crm.lable: expected only connector, connectionMode, properties, arn, credentialsArn, createdAt, lastUpdatedAt, cacheControl, operators, entities, versions, credentials, runtimeSettings, got "lable"',
      '14:16 profiles.my crm.entities.Account.label: expected text on one line, got "two\\nlines\\n"',
      '18:15 profiles.my crm.entities.Account.fields.Id: expected only the words key, required, readonly, timestamp, deprecated after the type, got "sorted"',
      '20:42 profiles.my crm.entities.Account.fields.Code.values.0: expected text without whitespace, got "a b"',
      '20:61 profiles.my crm.entities.Account.fields.Code.description: expected letters, digits, spaces and _ / ! @ # + = . -, got "a, b"',
      '20:76 profiles.my crm.entities.Account.fields.Code.range: expected a minimum not above the maximum, got {"minimum":5,"maximum":1}',
      '20:92 profiles.my crm.entities.Account.fields.Code.length: expected a list [minimum, maximum] or a map, got "x"',
      '21:11 expected each name once, got it a second time',
      '22:43 profiles.my crm.entities.Account.fields.Parent.parent: expected a field of the same entity, got "nobody"',
      '24:21 profiles.my crm.entities.Invoice.entities.Account: expected each entity name once, "Account" is also profiles.my crm.entities.Account',
      '24:46 profiles.my crm.entities.Invoice.entities.Account.fields.Id.type: expected text (a type), got nothing',
      '24:54 profiles.my crm.entities.Invoice.entities.50%: expected letters, digits, spaces and _ / ! @ # + = , . - (its name is the path of what is nested in it), got "50%"',
      '27:16 profiles.fleet.createdAt: expected a date such as 2026-01-31T09:30:00Z, got "yesterday"',
      '28:19 profiles.fleet.cacheControl: expected a whole number of seconds, at least 1, got 1.5',
      '29:5 profiles.fleet.versions: expected the API versions of the connector (v1, v2), v2 is missing',
      '29:30 profiles.fleet.versions.v1.Car.group: expected no group: entities of a custom connector all stand under Objects',
      '29:47 profiles.fleet.versions.v3: expected the API versions of the connector (v1, v2), got "v3"',
      '30:24 profiles.bucket.connector: expected a connector that has profiles: S3 has none, list its entities under connectors.S3',
      '31:43 profiles.both.versions: expected either entities or versions, got both',
      '32:31 profiles.help.versions: expected entities: only a custom connector has versions',
      '32:72 profiles.help.properties.instanceUrl: expected text (a number in quotes), got 7',
      '32:75 profiles.help.properties.password: expected only instanceUrl, got "password"',
    ]);
  });

  it.each(['string(80,', 'string(', 'string(-1)', 'string()', 'string)', 'string(80)x'])(
    'is a field of type %s, whatever else is written',
    type => {
      const problems = problemsOf(withFields(`{ Id: "${type}" }`));
      const what = `expected a length in brackets such as string(80), or none, got "${type}"`;
      expect(problems).toEqual([expect.stringContaining(` profiles.crm.entities.Account.fields.Id: ${what}`)]);
      expect(areFieldsFine({ Id: type })).toBe(false);
    },
  );

  it('is a type outside AppFlow’s only where its brackets are', () => {
    for (const type of ['strnig(40)', 'Decimal(10,2)', 'Collection(Edm.String)', 'picklist']) {
      expect(() => parseCatalog(withFields(`{ Id: "${type} key, Id (of it)" }`))).not.toThrow();
      expect(areFieldsFine({ Id: type })).toBe(true);
    }
  });

  it('is a field above or below itself', () => {
    const fields = {
      Self: { type: 'string', parent: 'Self' },
      One: { type: 'string', parent: 'Two' },
      Two: { type: 'string', parent: 'One' },
      Below: { type: 'string', parent: 'One' },
      Top: { type: 'string' },
      Middle: { type: 'string', parent: 'Top' },
      Bottom: { type: 'string', parent: 'Middle' },
    };
    expect(problemsOf(withFields(JSON.stringify(fields))).map(problem => problem.replace(/^\S+ /, ''))).toEqual(
      Object.entries({ Self: 'Self', One: 'Two', Two: 'One' }).map(
        ([name, parent]) =>
          `profiles.crm.entities.Account.fields.${name}.parent: expected a parent that is not the field itself, nor below it, got "${parent}"`,
      ),
    );
    expect(areFieldsFine(fields)).toBe(false);
  });

  it('is told by its syntax alone while that is broken', () => {
    expect(problemsOf('profiles:\n  a: [1\n  b: "x\n')).toHaveLength(2);
  });

  it.each([
    ['', '1:1 expected a map with profiles, connectors, customConnectors and flows, got nothing'],
    ['- a\n', '1:1 expected a map with profiles, connectors, customConnectors and flows, got a list'],
    ['profiles: *crm\n', '1:11 expected an anchor &crm above this alias, got none'],
    ['profiles: &crm { crm: *crm }\n', '1:23 expected an anchor &crm above this alias, got one around it'],
  ])('may be as short as %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('may name nothing __proto__, which no client in JavaScript could read', () => {
    const text = `${header}      Account: { group: __proto__, fields: { __proto__: string } }\n  __proto__: { connector: Marketo }\n`;
    const message = 'expected another name, got "__proto__", which clients in JavaScript cannot read';
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^5:25 profiles.crm.entities.Account.group: .* other than __proto__, got/),
      `5:46 ${message}`,
      `6:3 ${message}`,
    ]);
  });

  it('points to the anchor when the problem came by an alias', () => {
    const text = `definitions:\n  bad: &bad { type: string, lenght: 5 }\n${header}      Account:\n        fields: { Name: *bad }\n`;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^2:29 profiles.crm.entities.Account.fields.Name.lenght: /),
    ]);
  });

  it('points into a merged map', () => {
    const text = `definitions:\n  all: &all { Name: "string oops" }\n${header}      Account:\n        fields: { <<: *all }\n`;
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^2:21 profiles.crm.entities.Account.fields.Name: /)]);
  });

  it('cannot fill the memory with aliases of aliases', () => {
    const lists = Array.from({ length: 12 }, (_, index) => `  l${index}: &l${index} [${`*l${index - 1},`.repeat(9)}]`);
    const text = `definitions:\n${lists.join('\n').replace(/\[\*l-1.*\]/, '[x]')}\nprofiles: {}\n`;
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^1:1 .*alias/i)]);
  });

  it('counts its problems in the error, for people at a terminal', () => {
    expect(() => parseCatalog('profiles: 7\nextra: 1\n')).toThrow(
      'The catalogue has 2 problems:\n  line 1, column 11: profiles: expected a map of profiles, got 7\n  line 2, column 1: extra: expected only',
    );
  });

  it.each([
    ['entity name', `${header}      ${'x'.repeat(129)}: {}\n`, 'at most 128 characters, got 129'],
    ['label', `${header}      A: { label: ${'x'.repeat(129)} }\n`, 'at most 128 characters, got 129'],
    [
      'description',
      `${header}      A: { fields: { f: { type: t, description: ${'x'.repeat(1025)} } } }\n`,
      'at most 1024',
    ],
    ['default', `${header}      A: { fields: { f: { type: t, default: ${'x'.repeat(2049)} } } }\n`, 'at most 2048'],
    ['value', `${header}      A: { fields: { f: { type: t, values: [${'x'.repeat(129)}] } } }\n`, 'at most 128'],
    [
      'property key',
      `${header}      A: { fields: { f: { type: t, customProperties: { a-b: c } } } }\n`,
      'letters, digits and _',
    ],
    [
      'property value',
      `${header}      A: { fields: { f: { type: t, customProperties: { a: b c } } } }\n`,
      'without whitespace',
    ],
    ['operator', `${header}      A: { fields: { f: { type: t, operators: [LIKE] } } }\n`, 'one of PROJECTION'],
    [
      'number of properties',
      `${header}      A: { fields: { f: { type: t, customProperties: { ${Array.from({ length: 51 }, (_, n) => `k${n}: v`)} } } } }\n`,
      'at most 50 custom properties, got 51',
    ],
    ['label of a connector', 'customConnectors: { x: {} }\n', 'two or more of the letters'],
    ['description of a connector', 'customConnectors: { xy: { description: "100%" } }\n', 'expected letters, digits'],
  ])("keeps to AppFlow's limits: %s", (_, text, expected) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(expected)]);
  });

  it('may not use the names of the PostgreSQL application when there is one', () => {
    const text = 'customConnectors:\n  PostgreSQL: {}\nprofiles:\n  postgres: { connector: Slack }\n';
    const reserved = { profiles: ['postgres'], connectorLabels: ['PostgreSQL'] };
    expect(parseCatalog(text)).toBeDefined();
    expect(problemsOf(text, reserved)).toEqual([
      expect.stringMatching(/^2:3 customConnectors.PostgreSQL: expected another name/),
      expect.stringMatching(/^4:3 profiles.postgres: expected another name/),
    ]);
  });
});

describe('any catalogue', () => {
  it('comes back from YAML as it was written', () => {
    fc.assert(
      fc.property(catalogs(), fc.boolean(), (catalog, asJson) => {
        // Quoted: as a block the library would write a text of nothing but white space so that it reads back shorter.
        const text = asJson ? JSON.stringify(catalog) : stringify(catalog, { defaultStringType: 'QUOTE_DOUBLE' });
        expect(parseCatalog(text)).toEqual(catalog);
      }),
      { numRuns: 50 },
    );
  });

  it('is taken or refused with a CatalogError, whatever the text', () => {
    const words = fc.constantFrom(
      'profiles',
      'connector',
      'entities',
      'fields',
      'Salesforce',
      '&a',
      '*a',
      '<<',
      'null',
      '7',
      '[',
      '{',
      '-',
    );
    const punctuation = fc.constantFrom(': ', '\n', '\n  ', '\n    ', ' ', ', ', ']', '}', '"');
    fc.assert(
      fc.property(fc.array(fc.oneof(words, punctuation, fc.string({ maxLength: 5 })), { maxLength: 40 }), parts => {
        try {
          parseCatalog(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(CatalogError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function problemsOf(text: string, ...reserved: Parameters<typeof parseCatalog>[1][]): string[] {
  try {
    parseCatalog(text, ...reserved);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  throw new Error('The catalogue was taken.');
}

/** Names of entities and fields: anything without whitespace. They begin with a letter because numbers would change places. */
const name = fc.stringMatching(/^[A-Za-z][\w!%&*?:'"#@-]{0,20}$/).filter(text => text !== '__proto__');
const path = fc.stringMatching(/^[A-Za-z][\w/!@#+=,.-]{0,20}$/);
const profileName = fc.stringMatching(/^[a-z][\w/!@#+=.-]{0,20}$/);
const label = fc.string({ maxLength: 40 }).map(text => text.replaceAll(/[\r\n\u2028\u2029]/gu, ''));
const number = fc.integer({ min: -1e6, max: 1e6 });
const range = fc.tuple(number, number).map(([a, b]) => ({ minimum: Math.min(a, b), maximum: Math.max(a, b) }));

function fields(): fc.Arbitrary<CatalogField> {
  const optional = {
    label,
    description: fc.stringMatching(/^[\s\w/!@#+=.-]{0,40}$/),
    primaryKey: fc.boolean(),
    nullable: fc.boolean(),
    deprecated: fc.boolean(),
    default: label,
    values: fc.array(fc.stringMatching(/^\S{1,20}$/)),
    operators: fc.uniqueArray(fc.constantFrom(...operators)),
    range,
    length: range,
    pattern: label,
    dateFormat: label,
    retrievable: fc.boolean(),
    queryable: fc.boolean(),
    timestamp: fc.boolean(),
    creatable: fc.boolean(),
    updatable: fc.boolean(),
    upsertable: fc.boolean(),
    defaultedOnCreate: fc.boolean(),
    writeOperations: fc.uniqueArray(fc.constantFrom(...writeOperations)),
    customProperties: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,10}$/), fc.stringMatching(/^\S{1,20}$/)),
  };
  const type = fc.stringMatching(/^\S[ -~]{0,20}$/);
  return fc.record({ type, ...optional }, { requiredKeys: ['type'] });
}

/** Trees of two levels whose names occur once: those below begin with the name above them. */
function entities(grouped: boolean): fc.Arbitrary<CatalogEntities> {
  const plain = {
    label,
    ...(grouped && { group: name }),
    cacheControl: fc.integer({ min: 1, max: 86_400 }),
    fields: fc.dictionary(name, fields(), { maxKeys: 2 }),
  };
  const leaf = fc.record(plain, { requiredKeys: [] });
  const nested = fc.dictionary(path, leaf, { maxKeys: 1 });
  const top: fc.Arbitrary<CatalogEntity> = fc.record({ ...plain, entities: nested }, { requiredKeys: [] });
  return fc
    .dictionary(path, top, { maxKeys: 2 })
    .map(found => mapEntries(found, (parent, entity) => withOwnNames(parent, entity)));
}

function withOwnNames(parent: string, entity: CatalogEntity): CatalogEntity {
  if (!entity.entities) return entity;
  const renamed = Object.entries(entity.entities).map(([child, value]) => [`${parent}+${child}+below`, value]);
  return { ...entity, entities: Object.fromEntries(renamed) };
}

function catalogs(): fc.Arbitrary<Catalog> {
  const instant = fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map(date => date.toISOString());
  const profile = { createdAt: instant, cacheControl: fc.integer({ min: 1, max: 9999 }) };
  const options = { requiredKeys: ['connector'] as ['connector'] };
  const salesforce = fc.record({ connector: fc.constant('Salesforce'), ...profile, entities: entities(true) }, options);
  const fleet = fc.record({ connector: fc.constant('Fleet'), ...profile, entities: entities(false) }, options);
  const versions = fc.record({ v1: entities(false), v2: entities(false) });
  const versioned = fc.record({ connector: fc.constant('Fleet'), versions });
  return fc.record({
    connectors: fc.record({ S3: fc.record({ entities: entities(true) }, { requiredKeys: [] }) }, { requiredKeys: [] }),
    customConnectors: fc.constant({ Fleet: { apiVersions: ['v1', 'v2'] as [string, string] } }),
    profiles: fc.dictionary(profileName, fc.oneof(salesforce, fleet, versioned), { maxKeys: 2 }),
    flows: fc.constant({}),
  }) as fc.Arbitrary<Catalog>;
}

function mapEntries<T>(map: Readonly<Record<string, T>>, change: (key: string, value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(key, value)]));
}

function withFields(fields: string): string {
  return `{ profiles: { crm: { connector: Zendesk, entities: { Account: { fields: ${fields} } } } } }`;
}
