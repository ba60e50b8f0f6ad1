/**
 * Cache tags, for whoever keeps answers outside the gateway (a router, a CDN): a reset reaches an answer exactly when the two have a tag in common.
 *
 * A tag is a list of labelled values: `profile:my-salesforce:names:` is the top-level list of that profile. A coordinate that either side may leave
 * out meets any value, so both sides have several tags: `*` stands in an answer's tags for "whatever it is", and a coordinate that is absent from a
 * reset's tags for "answers that do not say". Only ASCII letters, digits and `_./-:*%` occur, which CDNs take in a header of tags.
 */
import type { Coordinates, MetadataRef, ResetRequest } from './refs.ts';

/** What connectors and profiles are tagged with: any reset has them read again. */
const directoryTag = 'directory';

/** The tags of an answer that was built from this: at most 16, commonly 4 for a list and 2 for an entity. */
export function tagsOf(ref: MetadataRef): readonly string[] {
  switch (ref.kind) {
    case 'connectors':
    case 'connector':
    case 'profiles':
      return [directoryTag];
    case 'entities':
      return combine([...answerChoices(ref), [namesTag(ref.entitiesPath ?? ''), allNames]]);
    case 'entity':
      return combine([...answerChoices(ref), [entityTag(ref.connectorEntityName)]]);
    default:
      return ref satisfies never;
  }
}

/** The tags to purge after this reset: nine. */
export function tagsReachedBy(reset: ResetRequest): readonly string[] {
  return [directoryTag, ...combine([...resetChoices(reset), [targetTag(reset)]])];
}

function targetTag({ connectorEntityName, entitiesPath }: ResetRequest): string {
  if (connectorEntityName !== undefined) return entityTag(connectorEntityName);
  return entitiesPath === undefined ? allNames : namesTag(entitiesPath);
}

const allNames = 'names:*';

function namesTag(path: string): string {
  return `names:${escapeValue(path)}`;
}

function entityTag(name: string): string {
  return `entity:${escapeValue(name)}`;
}

const labels = {
  connectorProfileName: 'profile',
  connectorType: 'type',
  apiVersion: 'api',
} as const satisfies Record<keyof Coordinates, string>;

const coordinates = Object.entries(labels) as [keyof Coordinates, string][];

/** An answer that leaves a coordinate out is met by a reset with any value of it, so a reset always looks for it left out, too. */
const absent = undefined;

function answerChoices(of: Coordinates): (string | undefined)[][] {
  return coordinates.map(([name, label]) => {
    const value = of[name];
    return value === undefined ? [absent] : [`${label}:${escapeValue(value)}`, `${label}:*`];
  });
}

function resetChoices(of: Coordinates): (string | undefined)[][] {
  return coordinates.map(([name, label]) => {
    const value = of[name];
    return [value === undefined ? `${label}:*` : `${label}:${escapeValue(value)}`, absent];
  });
}

/** Every way to take one of each, as one text. */
function combine(choices: readonly (readonly (string | undefined)[])[]): string[] {
  const ways = choices.reduce<readonly (readonly (string | undefined)[])[]>(
    (taken, options) => taken.flatMap(before => options.map(option => [...before, option])),
    [[]],
  );
  return ways.map(parts => parts.filter(part => part !== absent).join(':'));
}

/** Nothing that a value holds can be taken for a separator, here or in a header. UTF-16 units, because half a pair is a value, too. */
function escapeValue(value: string): string {
  return value.replace(/[^\w./-]/g, unit => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
