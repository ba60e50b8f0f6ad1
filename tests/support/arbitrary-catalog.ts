/** Whole catalogues, to check laws with: connectors, a profile with entities of every shape, and flows. */
import fc from 'fast-check';
import * as values from '../../src/local-appflow/connectors/appflow-values.ts';
import { metadataMembersOf } from '../../src/local-appflow/connectors/built-in-abilities.ts';
import { builtInConnectors, connectorTypes } from '../../src/local-appflow/connectors/built-in-connectors.ts';
import { arbitraryFlows, aroundFlows } from './arbitrary-flows.ts';

/** A catalogue as it is written, and the profile in it that has everything. */
export interface GeneratedCatalog {
  readonly profile: string;
  readonly catalog: object;
}

/** What has misled readers of YAML, or of a field's short form, before. */
const traps = [
  '<<',
  '123',
  '1.0',
  'null',
  'yes',
  '~',
  '-',
  '#x',
  'a:b',
  '"q"',
  "'",
  '{',
  '*a',
  '&a',
  '!x',
  '%',
  'constructor',
];
const spacedTraps = [
  'string, Label',
  'a # b',
  'a: b',
  ' lead',
  'trail ',
  '- x',
  'key required',
  'Grüße 😀',
  'x\ty',
  '',
];

const word = fc.oneof(
  fc.stringMatching(/^[A-Za-z][\w.]{0,12}$/),
  fc.constantFrom(...traps),
  fc.stringMatching(/^[!-~]{1,8}$/),
);
const line = fc.oneof(
  fc.stringMatching(/^[A-Za-z][\w ,()/-]{0,16}$/),
  fc.constantFrom(...spacedTraps, ...traps),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter(text => /^.*$/u.test(text)),
);
const prose = fc.stringMatching(/^[\w .\n-]{0,20}$/);
const flag = fc.boolean();
const instant = fc
  .date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2099-01-01T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString());
const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const range = fc.tuple(number, number).map(([a, b]) => (a <= b ? [a, b] : [b, a]));

const field = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom('string', 'int', 'datetime', 'Boolean', 'Edm.Int32', 'Map', 'Struct', 'constructor', 'string(5)'),
      fc.stringMatching(/^[A-Za-z][\w ,()]{0,10}$/),
    ),
    label: line,
    description: prose,
    primaryKey: flag,
    nullable: flag,
    deprecated: flag,
    default: line,
    values: fc.array(word, { maxLength: 4 }),
    operators: fc.subarray([...values.operators]),
    range,
    length: fc.oneof(fc.nat(), range),
    pattern: line,
    dateFormat: line,
    source: flag,
    retrievable: flag,
    queryable: flag,
    timestamp: flag,
    destination: flag,
    creatable: flag,
    updatable: flag,
    upsertable: flag,
    defaultedOnCreate: flag,
    writeOperations: fc.subarray([...values.writeOperations]),
    customProperties: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), word, { maxKeys: 3 }),
  },
  { requiredKeys: ['type'] },
);

/** Some fields of an entity, every now and then one the parent of the others. */
const fields = fc
  .tuple(fc.dictionary(word, field, { maxKeys: 5 }), flag)
  .map(([found, nested]) => (nested ? withParent(found) : found));

function withParent(found: Record<string, object>): object {
  const [parent] = Object.keys(found);
  return Object.fromEntries(
    Object.entries(found).map(([name, written]) => [name, name === parent ? written : { ...written, parent }]),
  );
}

interface Placed {
  readonly name: string;
  /** Under which of those before it; the top level when there is none of that number. */
  readonly under: number;
  readonly entity: object;
}

/** Entities of which some are nested in others, each name once. */
function arbitraryEntities(grouped: boolean): fc.Arbitrary<Record<string, object>> {
  const entity = fc.record(
    { label: line, fields, ...(grouped && { group: word }), entities: fc.constant({}) },
    { requiredKeys: [] },
  );
  const name = fc.stringMatching(/^[\w/!@#+=,.-]{1,12}$/).filter(text => text !== '__proto__');
  return fc
    .uniqueArray(fc.record({ name, under: fc.nat(8), entity }), { selector: found => found.name, maxLength: 6 })
    .map(toTree);
}

function toTree(found: readonly Placed[]): Record<string, object> {
  const entities = found.map(({ name, under, entity }, index) => ({ name, under, index, entity: { ...entity } }));
  const top: Record<string, object> = {};
  for (const { name, under, index, entity } of entities) {
    const parent: { entities?: Record<string, object> } | undefined =
      under < index ? entities[under]?.entity : undefined;
    if (parent) parent.entities = { ...parent.entities, [name]: entity };
    else top[name] = entity;
  }
  return top;
}

const named = { key: word, isRequired: flag, label: line, description: prose };
const parameter = { ...named, isSensitiveField: flag, connectorSuppliedValues: fc.array(word, { maxLength: 2 }) };
const scopes = fc.array(word, { maxLength: 3 });
const grants = fc.subarray([...values.oAuth2GrantTypes]);
const urls = fc.subarray(['https://example.com/token', 'https://example.com/a?b=c']);

const authenticationConfig = fc.record(
  {
    isBasicAuthSupported: flag,
    isApiKeyAuthSupported: flag,
    isOAuth2Supported: flag,
    isCustomAuthSupported: flag,
    oAuth2Defaults: fc.record(
      {
        oauthScopes: scopes,
        tokenUrls: urls,
        authCodeUrls: urls,
        oauth2GrantTypesSupported: grants,
        oauth2CustomProperties: fc.array(
          fc.record({ ...parameter, type: fc.constantFrom('TOKEN_URL', 'AUTH_URL') }, { requiredKeys: ['key'] }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
    customAuthConfigs: fc.array(
      fc.record(
        {
          customAuthenticationType: word,
          authParameters: fc.array(fc.record(parameter, { requiredKeys: ['key'] }), { maxLength: 2 }),
        },
        { requiredKeys: ['customAuthenticationType'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const configuration = {
  name: line,
  description: fc.stringMatching(/^[\w .,?!@#-]{0,20}$/),
  owner: line,
  version: fc.stringMatching(/^[\w.]{1,6}$/),
  modes: fc.subarray([...values.connectorModes]),
  triggers: fc.subarray([...values.triggerTypes]),
  schedulingFrequencies: fc.subarray([...values.schedulingFrequencies]),
  destinations: fc.subarray([...connectorTypes]),
  writeOperations: fc.subarray([...values.writeOperations]),
  dataTransferTypes: fc.subarray([...values.dataTransferTypes]),
  authenticationConfig: fc.oneof(fc.constant(false), authenticationConfig),
  runtimeSettings: fc.array(
    fc.record(
      {
        ...named,
        dataType: fc.constant('String'),
        scope: fc.constantFrom('CONNECTOR_PROFILE', 'SOURCE'),
        connectorSuppliedValueOptions: fc.array(word, { maxLength: 2 }),
      },
      { requiredKeys: ['key'] },
    ),
    { maxLength: 2 },
  ),
  operators: fc.subarray([...values.operators]),
  dataTransferApis: fc.array(
    fc.record({ name: fc.stringMatching(/^[\w/-]{1,8}$/), type: fc.constantFrom(...values.dataTransferApiTypes) }),
    { maxLength: 2 },
  ),
};

const builtIn = { ...configuration, privateLink: flag, privateLinkUrlRequired: flag };

function arbitraryMetadata(connector: string): fc.Arbitrary<false | object> {
  const members: Record<string, fc.Arbitrary<unknown>> = {
    oAuthScopes: scopes,
    dataTransferApis: fc.subarray([...values.salesforceTransferApis]),
    oauth2GrantTypesSupported: grants,
    supportedRegions: scopes,
  };
  const own = metadataMembersOf(connector).flatMap(name => (members[name] ? [[name, members[name]]] : []));
  return fc.oneof(fc.constant(false as const), fc.record(Object.fromEntries(own), { requiredKeys: [] }));
}

const custom = fc.record(
  {
    ...configuration,
    arn: fc.constant('arn:aws:appflow:eu-west-1:123456789012:connector/fleet'),
    lambdaArn: fc.constant('arn:aws:lambda:eu-west-1:123456789012:function:fleet'),
    logoUrl: fc.constant('https://example.com/logo.png'),
    registeredAt: instant,
    registeredBy: fc.stringMatching(/^[!-~]{1,20}$/),
  },
  { requiredKeys: [] },
);

const profileHead = {
  connectionMode: fc.constantFrom(...values.connectionModes),
  arn: fc.constant('arn:aws:appflow:eu-west-1:123456789012:connectorprofile/mine'),
  credentialsArn: fc.constant('arn:aws:secretsmanager:eu-west-1:123456789012:secret:hush'),
  createdAt: instant,
  lastUpdatedAt: instant,
  operators: fc.dictionary(
    fc.constantFrom('string', 'int', 'Map', 'constructor'),
    fc.subarray([...values.operators], { maxLength: 3 }),
  ),
};

/** Catalogues around a profile of one of AWS's own connectors. */
function arbitraryBuiltIn(connector: string): fc.Arbitrary<GeneratedCatalog> {
  const properties = fc.record(arbitraryProperties(connector), { requiredKeys: [] });
  const profile = fc.record({ ...profileHead, properties, entities: arbitraryEntities(true) }, { requiredKeys: [] });
  const own = fc.record({ ...builtIn, metadata: arbitraryMetadata(connector) }, { requiredKeys: [] });
  return fc.record({ profile, builtIn: own, flows: arbitraryFlows() }).map(({ profile, builtIn, flows }) => {
    const name = `my-${connector}`;
    const profiles = { ...aroundFlows.profiles, [name]: { connector, ...profile } };
    return { profile: name, catalog: { ...aroundFlows, connectors: { [connector]: builtIn }, profiles, flows } };
  });
}

function arbitraryProperties(connector: string): Record<string, fc.Arbitrary<unknown>> {
  const kinds = {
    name: fc.stringMatching(/^[!-~]{1,12}$/).filter(text => !text.includes('@')),
    text: line,
    flag,
    number: fc.nat(),
  };
  const properties = builtInConnectors.get(connector)?.profile?.properties ?? {};
  return Object.fromEntries(Object.entries(properties).map(([name, kind]) => [name, kinds[kind]]));
}

/** Catalogues around a profile of a custom connector, of one API version or two, with entities for both or for each. */
const arbitraryCustom: fc.Arbitrary<GeneratedCatalog> = fc
  .record({
    custom,
    apiVersions: fc.constantFrom(['v1'], ['v1', 'v2'], ['2.0', '10']),
    head: fc.record(
      { ...profileHead, properties: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,6}Url$/), word, { maxKeys: 3 }) },
      { requiredKeys: [] },
    ),
    entities: fc.tuple(arbitraryEntities(false), arbitraryEntities(false)),
    byVersion: flag,
    flows: arbitraryFlows(),
  })
  .map(({ custom, apiVersions, head, entities, byVersion, flows }) => {
    const versions = Object.fromEntries(apiVersions.map((version, index) => [version, entities[index]]));
    const profile = { connector: 'Fleet', ...head, ...(byVersion ? { versions } : { entities: entities[0] }) };
    const profiles = { ...aroundFlows.profiles, 'my-CustomConnector': profile };
    const customConnectors = { Fleet: { ...custom, apiVersions } };
    return { profile: 'my-CustomConnector', catalog: { ...aroundFlows, customConnectors, profiles, flows } };
  });

/** Catalogues of every kind; about one in four is around a custom connector. */
export function arbitraryCatalog(): fc.Arbitrary<GeneratedCatalog> {
  const own = [...builtInConnectors].filter(([, { profile }]) => profile).map(([type]) => type);
  const builtIns = fc.constantFrom(...own).chain(arbitraryBuiltIn);
  return fc.oneof({ weight: 3, arbitrary: builtIns }, { weight: 2, arbitrary: arbitraryCustom });
}
