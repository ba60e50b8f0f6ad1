import { signedForAppflow } from '../support/start-local-appflow.ts';

type Json = Record<string, unknown>;

/**
 * Everything AppFlow answers about a profile, on the wire: profile (without the ARN of its credentials), connector, lists, nested
 * lists and fields in each API version, and the flows that touch it.
 */
export async function answersAbout(url: string, connectorProfileName: string): Promise<Json> {
  const ask = (path: string, body: object) => post(`${url}/${path}`, body);
  const { connectorProfileDetails } = await ask('describe-connector-profiles', {
    connectorProfileNames: [connectorProfileName],
  });
  const [{ credentialsArn: _, ...profile }] = connectorProfileDetails;
  const { connectorType, connectorLabel } = profile;
  const connector = await ask('describe-connector', { connectorType, connectorLabel });
  const lines = await ask('describe-connectors', { connectorTypes: [connectorType], maxResults: 100 });
  const { supportedApiVersions = [] } = connector.connectorConfiguration;
  const entities: Json = {};
  for (const apiVersion of [undefined, ...supportedApiVersions]) {
    entities[String(apiVersion)] = await readEntities(ask, { connectorProfileName, apiVersion });
  }
  const line = lines.connectors.find((found: Json) => found['connectorLabel'] === connectorLabel);
  return { profile, connector, line, entities, flows: await readFlows(ask, connectorProfileName) };
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is only compared.
type Ask = (path: string, body: object) => Promise<any>;

async function readEntities(ask: Ask, place: object): Promise<Json> {
  const read: Json = {};
  const paths: (string | undefined)[] = [undefined];
  for (const entitiesPath of paths) {
    const { connectorEntityMap } = await ask('list-connector-entities', { ...place, entitiesPath, maxResults: 10_000 });
    const groups: [string, Json[]][] = Object.entries(connectorEntityMap);
    const fields: Json = {};
    for (const [, listed] of groups) {
      for (const { name, hasNestedEntities } of listed) {
        fields[String(name)] = await ask('describe-connector-entity', { ...place, connectorEntityName: name });
        if (hasNestedEntities) paths.push(String(name));
      }
    }
    // As text: the order of groups counts, too.
    read[entitiesPath ?? ''] = { list: JSON.stringify(connectorEntityMap), fields };
  }
  return read;
}

async function readFlows(ask: Ask, profile: string): Promise<Json[]> {
  const { flows } = await ask('list-flows', { maxResults: 100 });
  const read: Json[] = [];
  for (const line of flows) {
    const flow = await ask('describe-flow', { flowName: line.flowName });
    const ends = [flow.sourceFlowConfig, ...flow.destinationFlowConfigList];
    if (ends.some(end => end.connectorProfileName === profile)) read.push({ line, flow });
  }
  return read;
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
async function post(url: string, body: object): Promise<any> {
  const headers = { 'content-type': 'application/json', authorization: signedForAppflow };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.ok ? await response.json() : { refused: response.status };
}
