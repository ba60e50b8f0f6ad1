import { isMetadataError, MetadataError } from '../metadata/errors.ts';
import { checkEntityDetailsRef, checkEntityListRef } from '../metadata/input-rules.ts';
import type { MetadataSource } from '../metadata/source.ts';
import type { GatewayContext } from './context.ts';
import { fromConnectorId, fromEntityId, fromProfileId } from './ids.ts';
import { limits } from './limits.ts';
import { type LocatedEntity, toDetailsRef } from './located-entity.ts';
import { lookupConnector } from './lookup-connector.ts';
import { lookupEntity, lookupListed } from './lookup-entity.ts';
import { lookupProfile } from './lookup-profile.ts';

/** A representation as a router sends it. Its members come from anyone. */
interface Reference {
  readonly __typename?: unknown;
  readonly id?: unknown;
  readonly arn?: unknown;
}

/** How an entity type of the federated graph is found by its key. `null` when the key names nothing here. */
type ReferenceResolver = (reference: Reference, source: MetadataSource) => Promise<object | null>;

const resolvers: Readonly<Record<string, ReferenceResolver>> = {
  Connector: resolveConnector,
  ConnectorEntity: resolveEntity,
  ConnectorProfile: resolveProfile,
};

/**
 * Resolver of `Query._entities`. It stands in for the one @apollo/subgraph would put there, which writes `__typename` into the
 * object it is given (ours are shared by every reader of the cache) and answers a type it does not know with an internal error.
 * A representation that is in error is null by itself; the others resolve.
 */
export function resolveReferences(
  _source: unknown,
  { representations }: { readonly representations: readonly unknown[] },
  { metadata }: GatewayContext,
): Promise<object | null>[] {
  checkCount(representations.length);
  return representations.map(async (representation, index) => {
    const { typename, resolve, reference } = toReference(representation, index);
    const found = await resolve(reference, metadata);
    return found === null ? null : { ...found, __typename: typename };
  });
}

function checkCount(count: number): void {
  if (count <= limits.representations) return;
  throw new MetadataError('BAD_USER_INPUT', `representations must be at most ${limits.representations}, got ${count}`, {
    argumentPath: ['representations'],
  });
}

function toReference(representation: unknown, index: number) {
  const reference: Reference = typeof representation === 'object' && representation !== null ? representation : {};
  const typename = String(reference.__typename);
  const resolve = Object.hasOwn(resolvers, typename) ? resolvers[typename] : undefined;
  if (resolve !== undefined) return { typename, resolve, reference };
  const argumentPath = ['representations', String(index), '__typename'];
  const expected = Object.keys(resolvers).join(', ');
  const got = JSON.stringify(reference.__typename) ?? 'nothing';
  throw new MetadataError('BAD_USER_INPUT', `${argumentPath.join('.')} must be one of ${expected}, got ${got}`, {
    argumentPath,
  });
}

async function resolveConnector({ id }: Reference, source: MetadataSource): Promise<object | null> {
  const ref = fromConnectorId(id);
  return ref === null ? null : lookupConnector(source, ref);
}

async function resolveProfile({ id, arn }: Reference, source: MetadataSource): Promise<object | null> {
  if (typeof id !== 'string') return lookupProfile(source, profile => profile.arn === arn);
  const name = fromProfileId(id);
  return name === null ? null : lookupProfile(source, profile => profile.name === name);
}

/**
 * The list is asked first: a router that resolves a hundred entities of one list then costs one call and not a hundred. What the
 * list does not have (it may be known by name only) is asked for by name.
 */
async function resolveEntity({ id }: Reference, source: MetadataSource): Promise<object | null> {
  const entity = fromEntityId(id);
  if (entity === null) return null;
  try {
    checkEntityListRef(entity.list);
    checkEntityDetailsRef(toDetailsRef(entity));
    return await findEntity(source, entity);
  } catch (error) {
    // An id with coordinates that AppFlow cannot have was not made here; one of a profile that is gone names nothing any more.
    if (isMetadataError(error, 'BAD_USER_INPUT') || isMetadataError(error, 'NOT_FOUND')) return null;
    throw error;
  }
}

async function findEntity(source: MetadataSource, entity: LocatedEntity): Promise<LocatedEntity | null> {
  const listed = await lookupListed(source, entity);
  return listed === null ? lookupEntity(source, entity.list, entity.name) : { ...entity, listed };
}
