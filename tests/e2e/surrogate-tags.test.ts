import { describe, expect, it } from 'vitest';
import { toEntityId, toProfileId } from '../../src/graphql/ids.ts';
import { runGateway, writeCatalog } from '../support/run-gateway.ts';

const catalog = `
profiles:
  my-salesforce:
    connector: Salesforce
    entities: { Account: { fields: { Id: id } }, Lead: { fields: { Id: id } } }
  my-sap:
    connector: SAPOData
    entities:
      API_PRODUCT: { entities: { A_Product: { fields: { Product: Edm.String } } } }
`;

const account =
  '{ connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { name fields { identifier } } }';
const lead = '{ connectorEntity(connectorProfileName: "my-salesforce", name: "Lead") { name } }';
const names = '{ connectorEntities(connectorProfileName: "my-salesforce") { nodes { name } } }';
const below = '{ connectorEntities(connectorProfileName: "my-sap", entitiesPath: "API_PRODUCT") { nodes { name } } }';
const absent = '{ connectorEntity(connectorProfileName: "my-salesforce", name: "Quote") { name } }';
const profiles = '{ connectorProfiles { nodes { name } } }';
const profileId = toProfileId({ name: 'my-sap' });
const accountId = toEntityId({ list: { connectorProfileName: 'my-salesforce' }, name: 'Account', listed: null });
const references = `{ _entities(representations: [{ __typename: "ConnectorProfile", id: "${profileId}" },
  { __typename: "ConnectorEntity", id: "${accountId}" }]) { ... on ConnectorEntity { fields { identifier } } } }`;
const resets: readonly (readonly [string, readonly string[]])[] = [
  ['connectorProfileName: "my-salesforce", connectorEntityName: "Account"', ['account', 'profiles', 'references']],
  ['connectorProfileName: "my-salesforce"', ['names', 'profiles', 'references']],
  ['connectorProfileName: "my-salesforce", connectorEntityName: "Quote"', ['absent', 'profiles', 'references']],
  ['connectorProfileName: "my-sap", entitiesPath: "API_PRODUCT"', ['below', 'profiles', 'references']],
  ['connectorProfileName: "my-sap", entitiesPath: "API_OTHER"', ['profiles', 'references']],
  ['connectorProfileName: "my-sap"', ['below', 'profiles', 'references']],
];
const queries = { account, lead, names, below, absent, profiles, references };

describe('with SURROGATE_TAGS', () => {
  it('whoever keeps answers purges just those that a reset reached', async () => {
    const { ask } = await aGateway({ SURROGATE_TAGS: 'true' });
    const asked = Object.entries(queries).map(async ([name, query]) => ({ name, ...(await ask(query)) }));
    const kept = await Promise.all(asked);
    for (const [input, reached] of resets) {
      const { extensions } = await ask(`mutation { resetConnectorMetadataCache(input: { ${input} }) { scope } }`);
      const purged = kept.filter(answer =>
        answer.extensions?.surrogateTags?.some(isIn(extensions?.purgeSurrogateTags)),
      );
      expect([input, purged.map(({ name }) => name)]).toEqual([input, reached]);
    }
  });

  it('answers show their tags, and are for nobody to keep all the same', async () => {
    const { ask } = await aGateway({ SURROGATE_TAGS: 'true' });
    expect(await ask(account)).toEqual({
      data: { connectorEntity: { name: 'Account', fields: [{ identifier: 'Id' }] } },
      extensions: { surrogateTags: ['profile:*:entity:Account', 'profile:my-salesforce:entity:Account'] },
      cacheControl: 'no-store',
    });
    expect(await ask('{ __typename }')).toMatchObject({ extensions: { surrogateTags: [] } });
  });

  it('a refused reset has nothing to purge', async () => {
    const { ask } = await aGateway({ SURROGATE_TAGS: 'true' });
    const { errors, extensions } = await ask(
      'mutation { resetConnectorMetadataCache(input: { connectorProfileName: "nobody" }) { scope } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(extensions).toEqual({ surrogateTags: [] });
  });
});

it('without SURROGATE_TAGS answers have no extensions', async () => {
  const { ask } = await aGateway({});
  expect(await ask(lead)).toEqual({ data: { connectorEntity: { name: 'Lead' } }, cacheControl: 'no-store' });
});

interface TaggedAnswer {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: { readonly surrogateTags?: readonly string[]; readonly purgeSurrogateTags?: readonly string[] };
  readonly cacheControl: string | null;
}

async function aGateway(environment: Readonly<Record<string, string>>) {
  const path = await writeCatalog(catalog);
  const { gateway } = await runGateway({ GRAPHIQL: 'false', LOCAL_APPFLOW_CATALOG: path, ...environment });
  const ask = async (query: string): Promise<TaggedAnswer> => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { ...((await response.json()) as object), cacheControl: response.headers.get('cache-control') };
  };
  return { ask };
}

function isIn(purged: readonly string[] = []): (tag: string) => boolean {
  return tag => purged.includes(tag);
}
