import { type Answer, type GatewayClient, post } from '../support/run-gateway.ts';

interface Fields {
  readonly connectorEntity: {
    readonly fields: readonly { readonly identifier: string }[] | null;
    readonly freshness: { readonly isStale: boolean } | null;
  } | null;
}

/** Asks for the fields of an entity. */
export function askFields({ gateway }: GatewayClient, profile = 'crm', entity = 'Account'): Promise<Answer<Fields>> {
  return post(gateway.url, { query: fieldsQuery(profile, entity) });
}

/** How a read of an entity's fields ended: their names, or the code of the error. */
export async function outcomeOf(client: GatewayClient, profile?: string, entity?: string): Promise<string> {
  const { data, errors } = await askFields(client, profile, entity);
  if (errors) return errors[0]?.extensions.code ?? 'an error without a code';
  return data?.connectorEntity?.fields?.map(({ identifier }) => identifier).join() ?? 'nothing';
}

export function fieldsQuery(profile: string, entity: string): string {
  return `{ connectorEntity(connectorProfileName: "${profile}", name: "${entity}") { fields { identifier } freshness { isStale } } }`;
}

/** Asks for the names of all entities of a profile. */
export function askNames({ gateway }: GatewayClient, profile = 'crm') {
  const query = `{ connectorEntities(connectorProfileName: "${profile}") { totalCount nodes { name } } }`;
  return post<{ connectorEntities: { totalCount: number } | null }>(gateway.url, { query });
}

/** Resets the fields of `Account`, without reading anything. */
export function reset({ gateway }: GatewayClient, profile = 'crm') {
  const input = `{ connectorProfileName: "${profile}", connectorEntityName: "Account" }`;
  const query = `mutation { resetConnectorMetadataCache(input: ${input}) { coherence } }`;
  return post<{ resetConnectorMetadataCache: { coherence: string } | null }>(gateway.url, { query });
}
