import { namesScope, profilesScope } from './oracle.ts';
import { entityNames, profileName, toVersion } from './versioned-appflow.ts';

/** Times that one request reads each thing: every one of them is a read of its own to the gateway. */
const times = 5;

const aliases = Array.from({ length: times }, (_, time) => `entities${time}` as const);

const entities = `connectorEntities(connectorProfileName: "${profileName}", first: ${entityNames.length})`;

/** Reads everything there is, several times, in one request: the profiles, lists of entities, and the fields of each entity. */
export const batchQuery = `{
  profiles: connectorProfiles { nodes { connectorLabel } }
  ${aliases.map(alias => `${alias}: ${entities} { nodes { name label fields { identifier } } }`).join('\n  ')}
}`;

/** Reads that one request makes. */
export const readsPerBatch = 1 + times * (1 + entityNames.length);

/** What the request answers; a part that failed is null. */
export interface BatchAnswer {
  readonly profiles: Profiles | null;
  readonly [entities: `entities${number}`]: Entities | null;
}

interface Profiles {
  readonly nodes: readonly { readonly connectorLabel: string }[];
}

interface Entities {
  readonly nodes: readonly EntityNode[];
}

interface EntityNode {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly { readonly identifier: string }[] | null;
}

/** What one read showed. */
export interface Shown {
  readonly scope: string;
  readonly version: number;
}

/** What each read of the batch showed; those that failed showed nothing. */
export function toShown(answer: BatchAnswer | null | undefined): Shown[] {
  const profile = answer?.profiles?.nodes[0];
  const shown = aliases.flatMap(alias => toShownEntities(answer?.[alias]));
  return profile ? [{ scope: profilesScope, version: toVersion(profile.connectorLabel) }, ...shown] : shown;
}

function toShownEntities(entities: Entities | null | undefined): Shown[] {
  const [first] = entities?.nodes ?? [];
  if (!entities || !first) return [];
  const names = { scope: namesScope, version: toVersion(first.label) };
  return [names, ...entities.nodes.flatMap(toShownFields)];
}

function toShownFields({ name, fields }: EntityNode): Shown[] {
  const [first] = fields ?? [];
  return first ? [{ scope: name, version: toVersion(first.identifier) }] : [];
}
