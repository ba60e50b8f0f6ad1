import * as sdk from '@aws-sdk/client-appflow';

/**
 * A schema as the SDK carries it: kind, namespace, name, traits, members, their schemas, how many of them are required. A list has its
 * element where a structure has its members, a map its keys and values where it has members and schemas.
 */
export type SdkSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: { readonly http?: readonly unknown[]; readonly httpError?: number },
  members: unknown,
  schemas: unknown,
  required?: number,
];

/** The SDK's schema of an operation, a structure or an error. */
export function schemaOf(name: string): SdkSchema {
  const schema = Object.entries(sdk).find(([exported]) => exported === `${name}$`)?.[1];
  if (!Array.isArray(schema)) throw new Error(`expected the SDK to have a schema of ${name}, got none`);
  return schema as unknown as SdkSchema;
}

/** Members and their schemas, which may be functions that give one. */
export function membersOf([, , , , names, schemas]: SdkSchema): ReadonlyMap<string, unknown> {
  return new Map((names as readonly string[]).map((name, index) => [name, (schemas as readonly unknown[])[index]]));
}

const kinds = { list: 1, map: 2, structure: 3 } as const;
const scalars: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'number', 7: 'number' };

/** Where a JSON value has what its schema does not know, or another type: paths such as `connectors[0].color`. */
export function findStrangers(schema: unknown, value: unknown, path = ''): string[] {
  const known = typeof schema === 'function' ? schema() : schema;
  if (typeof known === 'number') return findScalarStrangers(known, value, path);
  const [kind, , , , first, second] = known as SdkSchema;
  if (kind === kinds.list) return findListStrangers(first, value, path);
  if (kind === kinds.map) return findMapStrangers(second, value, path);
  if (kind !== kinds.structure || !isObject(value)) return [path];
  const members = membersOf(known as SdkSchema);
  return Object.entries(value).flatMap(([name, each]) =>
    members.has(name) ? findStrangers(members.get(name), each, `${path}.${name}`) : [`${path}.${name}`],
  );
}

/** 64 and 128 mark a list and a map of what the other bits say. */
function findScalarStrangers(code: number, value: unknown, path: string): string[] {
  if (code & 64) return findListStrangers(code & ~64, value, path);
  if (code & 128) return findMapStrangers(code & ~128, value, path);
  return typeof value === scalars[code] ? [] : [path];
}

function findListStrangers(element: unknown, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [path];
  return value.flatMap((each, index) => findStrangers(element, each, `${path}[${index}]`));
}

function findMapStrangers(element: unknown, value: unknown, path: string): string[] {
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => findStrangers(element, each, `${path}[${key}]`));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
