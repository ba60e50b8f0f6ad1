import { toBlockScalar, toScalar } from './catalog-scalar.ts';

/** What stands under a name in a catalogue. */
export type CatalogValue = string | number | boolean | readonly CatalogValue[] | CatalogMap;

/** Members that are `undefined` are not written. */
export interface CatalogMap {
  readonly [name: string]: CatalogValue | undefined;
}

/** `name: value` in one line, lists and maps in brackets. */
export function toLine(name: string, value: CatalogValue): string {
  return `${toScalar(name)}: ${typeof value === 'string' ? toBlockScalar(value) : toInline(value)}`;
}

/** The members of a map, a line each, and each map of a list on a line of its own. */
export function toLines(map: CatalogMap): string[] {
  return Object.entries(map).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!isList(value) || !value.some(isMap)) return [toLine(name, value)];
    return [`${toScalar(name)}:`, ...value.map(item => `  - ${toInline(item)}`)];
  });
}

function toInline(value: CatalogValue): string {
  if (typeof value === 'string') return toScalar(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(toInline).join(', ')}]`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : `${toScalar(name)}: ${toInline(member)}`,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

function isMap(value: CatalogValue): value is CatalogMap {
  return typeof value === 'object' && !isList(value);
}

function isList(value: CatalogValue): value is readonly CatalogValue[] {
  return Array.isArray(value);
}
