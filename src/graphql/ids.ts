/**
 * Global ids: base64url of a JSON array that starts with the type's name. Opaque to clients, and the same on every replica.
 *
 * An id comes back from anyone, so decoding answers `null` to whatever these functions did not write themselves.
 */
import type { Connector, ConnectorProfile } from '../metadata/model.ts';
import type { ConnectorRef } from '../metadata/refs.ts';
import type { LocatedEntity } from './located-entity.ts';

type IdPart = string | null;

export function toConnectorId({ rawType, label }: Pick<Connector, 'rawType' | 'label'>): string {
  return encode('Connector', [rawType, label]);
}

export function fromConnectorId(id: unknown): ConnectorRef | null {
  const [connectorType, label] = decode('Connector', id, 2) ?? [];
  return connectorType == null ? null : { connectorType, connectorLabel: label ?? undefined };
}

export function toProfileId({ name }: Pick<ConnectorProfile, 'name'>): string {
  return encode('ConnectorProfile', [name]);
}

/** The profile's name. */
export function fromProfileId(id: unknown): string | null {
  return decode('ConnectorProfile', id, 1)?.[0] ?? null;
}

/**
 * Names an entity as it was asked for: profile (or type), API version, parent and name. AppFlow has no identity of entities, and
 * whether two of them are one cannot be told: a nested entity asked for without its parent has another id than in its parent's
 * list. What cannot tell entities apart is left out: the type where there is a profile, which implies it, and a path of `""`,
 * which is the top level like no path at all.
 */
export function toEntityId({ list, name }: LocatedEntity): string {
  const { connectorProfileName: profile, connectorType, apiVersion, entitiesPath } = list;
  const type = profile === undefined ? connectorType : undefined;
  return encode('ConnectorEntity', [profile ?? null, type ?? null, apiVersion ?? null, entitiesPath || null, name]);
}

export function fromEntityId(id: unknown): LocatedEntity | null {
  const [profile, type, apiVersion, path, name] = decode('ConnectorEntity', id, 5) ?? [];
  if (name == null) return null;
  const list = {
    connectorProfileName: profile ?? undefined,
    connectorType: type ?? undefined,
    apiVersion: apiVersion ?? undefined,
    entitiesPath: path ?? undefined,
  };
  return { list, name, listed: null };
}

function encode(typename: string, parts: readonly IdPart[]): string {
  return Buffer.from(JSON.stringify([typename, ...parts])).toString('base64url');
}

function decode(typename: string, id: unknown, length: number): readonly IdPart[] | null {
  const [foundTypename, ...parts] = parseArray(id);
  const wellFormed = foundTypename === typename && parts.length === length && parts.every(isIdPart);
  return wellFormed ? parts : null;
}

function parseArray(id: unknown): readonly unknown[] {
  if (typeof id !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // Not JSON, so not an id of ours: the caller answers that there is no such thing.
    return [];
  }
}

function isIdPart(part: unknown): part is IdPart {
  return part === null || typeof part === 'string';
}
