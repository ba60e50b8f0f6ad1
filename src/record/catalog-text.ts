import type { ConnectorEntityField } from '@aws-sdk/client-appflow';
import { toScalar } from './catalog-scalar.ts';
import { type CatalogMap, toLines } from './catalog-value.ts';
import { entityLines } from './entity-lines.ts';
import type { EntityNode } from './entity-tree.ts';
import type { RecordedEntities } from './record-entities.ts';

/** A profile as a catalogue writes it. */
export interface WrittenProfile {
  /** What it says of itself. */
  readonly head: CatalogMap;
  /** Filter operators by field type, for fields that state none. */
  readonly operators: ReadonlyMap<string, readonly string[]>;
  /** What its connector can write; `undefined` for one that is no destination. */
  readonly writeOperations: readonly string[] | undefined;
  /** Whether AppFlow shows its entities in groups. A custom connector's are all in one. */
  readonly grouped: boolean;
  /**
   * Of a connector with several API versions those of each, `undefined` where not recorded; otherwise the only ones. Absent: none
   * were asked for.
   */
  readonly entities?: RecordedEntities | ReadonlyMap<string, RecordedEntities | undefined> | undefined;
}

/** Everything a recorded catalogue says, by name. */
export interface WrittenCatalog {
  readonly title: string;
  readonly connectors: ReadonlyMap<string, CatalogMap>;
  readonly customConnectors: ReadonlyMap<string, CatalogMap>;
  readonly profiles: ReadonlyMap<string, WrittenProfile>;
  readonly flows: ReadonlyMap<string, CatalogMap>;
  /** The fields of an entity; `undefined` when they could not be read. */
  readonly fieldsOf: (entities: RecordedEntities, name: string) => Promise<ConnectorEntityField[] | undefined>;
  /** Told what of an entity or a field a catalogue cannot say, as it turns up. */
  readonly lose: (what: string, where: string) => void;
  /** Comments for the end of the file; asked for when everything else is written. */
  readonly remarks: () => readonly string[];
}

/** The text of a catalogue, an entity at a time: ten thousand of them never are in memory at once. */
export async function* catalogText(catalog: WrittenCatalog): AsyncGenerator<string> {
  yield `# ${catalog.title}\n`;
  yield* section('connectors', catalog.connectors);
  yield* section('customConnectors', catalog.customConnectors);
  yield '\nprofiles:\n';
  for (const [name, profile] of catalog.profiles) yield* profileText(name, profile, catalog);
  yield* section('flows', catalog.flows);
  const remarks = catalog.remarks();
  if (remarks.length > 0) yield `\n${remarks.map(remark => `# ${remark.replaceAll(/\s+/g, ' ')}\n`).join('')}`;
}

function* section(title: string, maps: ReadonlyMap<string, CatalogMap>): Generator<string> {
  if (maps.size === 0) return;
  yield `\n${title}:\n`;
  for (const [name, map] of maps) yield toText(1, [`${toScalar(name)}:`, ...toLines(map).map(line => `  ${line}`)]);
}

async function* profileText(name: string, profile: WrittenProfile, catalog: WrittenCatalog): AsyncGenerator<string> {
  yield toText(1, [`${toScalar(name)}:`]);
  yield toText(2, toLines(profile.head));
  if (profile.operators.size > 0) {
    yield toText(2, ['operators:']);
    yield toText(3, toLines(Object.fromEntries(profile.operators)));
  }
  if (!profile.entities) return;
  if ('tree' in profile.entities) {
    if (profile.entities.tree.length > 0) yield toText(2, ['entities:']);
    yield* entitiesText(3, profile.entities, profile, catalog);
    return;
  }
  yield toText(2, ['versions:']);
  for (const [version, entities] of profile.entities) {
    const isEmpty = !entities?.tree.length;
    yield toText(3, [`${toScalar(version)}:${isEmpty ? ' {}' : ''}${entities ? '' : ' # not recorded'}`]);
    if (entities) yield* entitiesText(4, entities, profile, catalog);
  }
}

async function* entitiesText(
  depth: number,
  entities: RecordedEntities,
  profile: WrittenProfile,
  catalog: WrittenCatalog,
): AsyncGenerator<string> {
  async function* nodesText(depth: number, nodes: readonly EntityNode[]): AsyncGenerator<string> {
    for (const node of nodes) {
      const fields = await catalog.fieldsOf(entities, node.name);
      yield toText(depth, entityLines(node, fields, { ...profile, lose: catalog.lose }));
      yield* nodesText(depth + 2, node.nested ?? []);
    }
  }
  yield* nodesText(depth, entities.tree);
}

function toText(depth: number, lines: readonly string[]): string {
  const indent = '  '.repeat(depth);
  return lines.map(line => `${indent}${line}\n`).join('');
}
