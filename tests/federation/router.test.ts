import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toEntityId } from '../../src/graphql/ids.ts';
import type { EntityListRef } from '../../src/metadata/refs.ts';
import { post, runGateway, writeCatalog } from '../support/run-gateway.ts';
import { composeSupergraph, startRouter } from '../support/start-router.ts';
import { startTeams, teamsSchema } from '../support/start-teams.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const catalog = `
profiles:
  my-salesforce:
    connector: Salesforce
    entities:
      Account: { fields: { Id: { type: id, primaryKey: true }, Name: string } }
  my-sap:
    connector: SAPOData
    entities:
      API_PRODUCT: { entities: { A_Product: { fields: { Product: Edm.String } } } }
  my-other-sap:
    connector: SAPOData
    entities:
      API_PRODUCT: { entities: { A_Thing: { fields: { Thing: Edm.String } } } }
`;

const arnOf = (profile: string) => `arn:aws:appflow:us-east-1:123456789012:connectorprofile/${profile}`;
const byArn = new Map([
  [arnOf('my-sap'), 'logistics'],
  [arnOf('my-salesforce'), 'logistics'],
  [arnOf('gone'), 'archive'],
  [arnOf('my-other-sap'), 'logistics'],
]);

const fields = `query { connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { fields { identifier } } }`;
const resetAccount = `mutation { resetConnectorMetadataCache(
  input: { connectorProfileName: "my-salesforce", connectorEntityName: "Account" }) {
    scope profile { team } entity { fields { identifier } } } }`;

const supergraphSdl = composeSupergraph({
  appflow: readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'),
  teams: teamsSchema,
});

describe('behind a real router', () => {
  it('a query crosses from the gateway to another team’s subgraph, and back', async () => {
    const { ask } = await aSupergraph();
    expect(await ask('{ connectorProfiles { nodes { name team } } }')).toEqual({
      data: {
        connectorProfiles: {
          nodes: [
            { name: 'my-salesforce', team: 'logistics' },
            { name: 'my-sap', team: 'logistics' },
            { name: 'my-other-sap', team: 'logistics' },
          ],
        },
      },
    });
    expect(await ask('{ profilesOfTeam(team: "logistics") { name team entities { nodes { name } } } }')).toEqual({
      data: {
        profilesOfTeam: [
          { name: 'my-sap', team: 'logistics', entities: { nodes: [{ name: 'API_PRODUCT' }] } },
          { name: 'my-salesforce', team: 'logistics', entities: { nodes: [{ name: 'Account' }] } },
          { name: 'my-other-sap', team: 'logistics', entities: { nodes: [{ name: 'API_PRODUCT' }] } },
        ],
      },
    });
  });

  it('the mutation shows a new field in its own answer, and in every read after it', async () => {
    const { ask, change } = await aSupergraph();
    const before = { data: { connectorEntity: { fields: [{ identifier: 'Id' }, { identifier: 'Name' }] } } };
    expect(await ask(fields)).toEqual(before);
    await change('Name: string', 'Name: string, VatNumber: string');
    expect(await ask(fields)).toEqual(before);

    const fresh = { fields: [...before.data.connectorEntity.fields, { identifier: 'VatNumber' }] };
    expect(await ask(resetAccount)).toEqual({
      data: {
        resetConnectorMetadataCache: { scope: 'ENTITY_DETAILS', profile: { team: 'logistics' }, entity: fresh },
      },
    });
    expect(await ask(fields)).toEqual({ data: { connectorEntity: fresh } });
  });

  it('an error below one reference of many names its place, and the others resolve', async () => {
    const { ask } = await aSupergraph();
    const { data, errors } = await ask<{ profilesOfTeam: unknown }>(
      '{ profilesOfTeam(team: "logistics") { name entities(entitiesPath: "API_PRODUCT") { nodes { name } } } }',
    );
    expect(data?.profilesOfTeam).toEqual([
      { name: 'my-sap', entities: { nodes: [{ name: 'A_Product' }] } },
      { name: 'my-salesforce', entities: null },
      { name: 'my-other-sap', entities: { nodes: [{ name: 'A_Thing' }] } },
    ]);
    expect(errors).toMatchObject([{ path: ['profilesOfTeam', 1, 'entities'], extensions: { code: 'NOT_FOUND' } }]);
  });

  it('a reference that cannot be resolved now names its place, one to what is gone is null, and the others resolve', async () => {
    const entityIds = [
      idOf({ connectorProfileName: 'my-salesforce' }, 'Account'),
      idOf({ connectorProfileName: 'postgres', apiVersion: 'v1' }, 'crm.account'),
      idOf({ connectorProfileName: 'my-salesforce' }, 'Gone'),
      idOf({ connectorProfileName: 'my-sap', entitiesPath: 'API_PRODUCT' }, 'A_Product'),
    ];
    const { ask } = await aSupergraph({
      entityIds,
      environment: { LOCAL_APPFLOW_POSTGRES_URL: await databaseThatIsDown() },
    });
    const { data, errors } = await ask<{ entitiesOfTeam: unknown }>('{ entitiesOfTeam { steward name label } }');
    expect(data?.entitiesOfTeam).toEqual([
      { steward: 'ada', name: 'Account', label: 'Account' },
      null,
      null,
      { steward: 'ada', name: 'A_Product', label: 'A_Product' },
    ]);
    expect(errors).toMatchObject([{ path: ['entitiesOfTeam', 1], extensions: { code: 'CONNECTOR_FAILED' } }]);
  });

  it('an answer with anything of the gateway in it is for nobody to keep', async () => {
    const { cacheControl } = await aSupergraph();
    expect(await cacheControl('{ teamNames }')).toBe('max-age=60, public');
    expect(await cacheControl('{ connectorProfiles { nodes { name } } }')).toBe('no-store');
    expect(await cacheControl('{ profilesOfTeam(team: "logistics") { arn name } }')).toBe('no-store');
  });
});

describe('behind a router that has to show its secret', () => {
  const secret = 'the-secret-of-the-router';

  it('callers are who their tokens say', async () => {
    const issuer = await startTokenIssuer();
    const { ask, gatewayUrl } = await aSupergraph({
      environment: {
        ROUTER_SECRETS: secret,
        JWT_ISSUER: issuer.issuer,
        JWT_AUDIENCE: issuer.audience,
        JWT_JWKS: issuer.jwks,
      },
      headers: { 'router-authorization': secret },
    });
    const reader = { authorization: `Bearer ${await issuer.sign({ scope: 'appflow:read' })}` };
    const resetter = { authorization: `Bearer ${await issuer.sign({ scope: 'appflow:read appflow:reset' })}` };

    expect(await ask(fields, reader)).toHaveProperty('data.connectorEntity.fields.length', 2);
    expect(await ask(resetAccount, reader)).toMatchObject({
      data: { resetConnectorMetadataCache: null },
      errors: [{ path: ['resetConnectorMetadataCache'], extensions: { code: 'FORBIDDEN' } }],
    });
    expect(await ask(resetAccount, resetter)).toHaveProperty('data.resetConnectorMetadataCache.scope');
    expect(await ask(fields)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    // Whoever goes around the router is not let in, whatever the token.
    expect(await post(gatewayUrl, { query: fields }, resetter)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('a router with another secret gets nothing, and the fields of others still come', async () => {
    const { ask } = await aSupergraph({
      environment: { ROUTER_SECRETS: secret },
      headers: { 'router-authorization': 'another-secret-altogether' },
    });
    expect(await ask('{ profilesOfTeam(team: "archive") { arn team } }')).toEqual({
      data: { profilesOfTeam: [{ arn: arnOf('gone'), team: 'archive' }] },
    });
    expect(await ask(fields)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

interface Setup {
  readonly entityIds?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Sent by the router to its subgraphs. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A router over a real gateway and a real subgraph of another team. */
async function aSupergraph({ entityIds = [], environment = {}, headers = {} }: Setup = {}) {
  const path = await writeCatalog(catalog);
  const { gateway, lines } = await runGateway({ GRAPHIQL: 'false', LOCAL_APPFLOW_CATALOG: path, ...environment });
  const urls = { appflow: `${gateway.url}/graphql`, teams: await startTeams({ byArn, entityIds }) };
  const router = await startRouter({ supergraphSdl, urls, headers });
  return {
    gatewayUrl: gateway.url,
    ask: <Data>(query: string, sent: Readonly<Record<string, string>> = {}) => post<Data>(router, { query }, sent),
    cacheControl: async (query: string) => {
      const answer = await fetch(`${router}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return answer.headers.get('cache-control');
    },
    /** Edits the catalogue, and waits until local AppFlow serves it. */
    change: async (from: string, to: string) => {
      await writeFile(path, catalog.replace(from, to));
      await expect.poll(() => lines.some(line => line.includes('catalogue reloaded'))).toBe(true);
    },
  };
}

function idOf(list: EntityListRef, name: string): string {
  return toEntityId({ list, name, listed: null });
}

/** The URL of a database that ends every connection. */
async function databaseThatIsDown(): Promise<string> {
  const server = createServer(socket => socket.destroy());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`expected a port, got ${address}`);
  return `postgresql://nobody@127.0.0.1:${address.port}/nothing`;
}
