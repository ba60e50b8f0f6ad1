/**
 * What can be asked for, what can be reset, and which reset reaches which answer.
 *
 * A coordinate that is `undefined` was left out, which is not the same as an empty string: AppFlow allows `entitiesPath: ""`.
 */

/** The coordinates that AppFlow's list, describe and reset have in common. `connectorType` is AppFlow's raw string. */
export interface Coordinates {
  readonly connectorProfileName?: string | undefined;
  readonly connectorType?: string | undefined;
  readonly apiVersion?: string | undefined;
}

/** One entity list: the top level, or the children of `entitiesPath`. */
export interface EntityListRef extends Coordinates {
  readonly entitiesPath?: string | undefined;
}

/** The details of one entity. Without a path: DescribeConnectorEntity has none, so the parent makes no difference. */
export interface EntityDetailsRef extends Coordinates {
  readonly connectorEntityName: string;
}

/** One connector: its type, and its label when it is a custom one. */
export interface ConnectorRef {
  readonly connectorType: string;
  readonly connectorLabel?: string | undefined;
}

/** Anything the gateway reads from AppFlow and keeps. */
export type MetadataRef =
  | { readonly kind: 'connectors' }
  | ({ readonly kind: 'connector' } & ConnectorRef)
  | { readonly kind: 'profiles' }
  | ({ readonly kind: 'entities' } & EntityListRef)
  | ({ readonly kind: 'entity' } & EntityDetailsRef);

/** The refs of one kind. */
export type RefOf<K extends MetadataRef['kind']> = Extract<MetadataRef, { kind: K }>;

/** AppFlow's own input of ResetConnectorMetadataCache. */
export interface ResetRequest extends EntityListRef {
  readonly connectorEntityName?: string | undefined;
}

/** What a reset makes AppFlow forget: the names of entities, or the details of one. */
export type ResetScope = 'ENTITY_NAMES' | 'ENTITY_DETAILS';

/** AppFlow resets entity names unless an entity is named. */
export function scopeOf(reset: ResetRequest): ResetScope {
  return reset.connectorEntityName === undefined ? 'ENTITY_NAMES' : 'ENTITY_DETAILS';
}

/** Canonical text of a ref: a JSON array, so that no value can run into the next and absent (`null`) differs from `""`. */
export function keyOf(ref: MetadataRef): string {
  switch (ref.kind) {
    case 'connectors':
    case 'profiles':
      return JSON.stringify([ref.kind]);
    case 'connector':
      return JSON.stringify([ref.kind, ref.connectorType, ref.connectorLabel]);
    case 'entities':
      return JSON.stringify([ref.kind, ...coordinateValues(ref), ref.entitiesPath]);
    case 'entity':
      return JSON.stringify([ref.kind, ...coordinateValues(ref), ref.connectorEntityName]);
    default:
      return ref satisfies never;
  }
}

/** Canonical text of a reset, equal for those that ask AppFlow for the same. */
export function resetKeyOf(reset: ResetRequest): string {
  return JSON.stringify([...coordinateValues(reset), reset.entitiesPath, reset.connectorEntityName]);
}

/**
 * Whether a completed reset makes a kept answer unfit to serve.
 *
 * Clearing too much costs a call, clearing too little breaks the promise, so a coordinate counts as different only when both
 * sides name it and the names differ. A names reset without `entitiesPath` reaches nested lists too, because AppFlow does not
 * say whether its own survive. Connectors and profiles are no part of AppFlow's metadata cache, but are read again after any
 * reset: "nothing from before it" has no exceptions to explain.
 */
export function reaches(reset: ResetRequest, ref: MetadataRef): boolean {
  switch (ref.kind) {
    case 'connectors':
    case 'connector':
    case 'profiles':
      return true;
    case 'entities':
      return scopeOf(reset) === 'ENTITY_NAMES' && coordinatesMeet(reset, ref) && pathMeets(reset, ref);
    case 'entity':
      return reset.connectorEntityName === ref.connectorEntityName && coordinatesMeet(reset, ref);
    default:
      return ref satisfies never;
  }
}

/**
 * The one answer AppFlow has certainly forgotten once this reset succeeded, so that a later read of it is as new as the reset.
 * Compare by {@link keyOf}: every coordinate has to be equal, because what AppFlow does with a request that leaves one out is
 * documented nowhere. Only the type goes without saying beside a profile, whose own it has to be. The cautious mirror image of {@link reaches}: claiming too little freshness costs nothing.
 */
export function resetTarget(reset: ResetRequest): MetadataRef {
  const { connectorEntityName, entitiesPath, connectorType, ...others } = reset;
  const rest = { ...others, connectorType: others.connectorProfileName === undefined ? connectorType : undefined };
  return connectorEntityName === undefined
    ? { kind: 'entities', ...rest, entitiesPath }
    : { kind: 'entity', ...rest, connectorEntityName };
}

const coordinates = ['connectorProfileName', 'connectorType', 'apiVersion'] as const satisfies (keyof Coordinates)[];

function coordinateValues(of: Coordinates): (string | undefined)[] {
  return coordinates.map(name => of[name]);
}

function coordinatesMeet(a: Coordinates, b: Coordinates): boolean {
  return coordinates.every(name => a[name] === undefined || b[name] === undefined || a[name] === b[name]);
}

/** A path reaches its own list, no path reaches every list; `""` is read as the top level, however that was asked for. */
function pathMeets(reset: EntityListRef, list: EntityListRef): boolean {
  return reset.entitiesPath === undefined || reset.entitiesPath === (list.entitiesPath ?? '');
}
