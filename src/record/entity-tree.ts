import { isMetadataError } from '../metadata/errors.ts';
import { checkMember } from '../metadata/input-rules.ts';
import { fits } from './catalog-limits.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { GroupedEntity } from './read-appflow.ts';

/** An entity and what is nested in it; `nested`, even when empty, for one AppFlow says has nested entities. */
export interface EntityNode {
  readonly name: string;
  readonly label: string | undefined;
  readonly group: string;
  readonly nested: readonly EntityNode[] | undefined;
}

export interface EntityTreeOptions {
  /** Lists what is under a path, `undefined` being the top level; `undefined` when that could not be read, which is told elsewhere. */
  readonly list: (path: string | undefined) => Promise<readonly GroupedEntity[] | undefined>;
  /** Lists under way at any one time. */
  readonly atOnce: number;
  /** Told what of an entity a catalogue cannot say. */
  readonly lose: (what: string, entity: string) => void;
}

interface GrowingNode extends EntityNode {
  readonly nested: GrowingNode[] | undefined;
}

/**
 * Reads all names, level by level. AppFlow describes an entity by its name alone, and so does a catalogue hold each name once: where
 * AppFlow lists one again, under another parent or under itself, the first place counts.
 */
export async function readEntityTree(options: EntityTreeOptions): Promise<readonly EntityNode[]> {
  const seen = new Set<string>();
  const top: GrowingNode[] = [];
  let level: readonly Level[] = [{ path: undefined, children: top }];
  while (level.length > 0) {
    const lists = new Map<Level, readonly GroupedEntity[]>();
    await forEachAtOnce(level, options.atOnce, async parent => {
      lists.set(parent, (await options.list(parent.path)) ?? []);
    });
    // Only now, and in order: which place of a name is the first must not depend on whose answer came first.
    for (const parent of level) {
      const listed = (lists.get(parent) ?? []).filter(found => isFirst(found, seen, options));
      parent.children.push(...listed.map(found => toNode(found, options)));
    }
    level = level.flatMap(({ children }) => children.flatMap(toLevel));
  }
  return top;
}

interface Level {
  readonly path: string | undefined;
  readonly children: GrowingNode[];
}

function toLevel({ name, nested }: GrowingNode): Level[] {
  return nested ? [{ path: name, children: nested }] : [];
}

function isFirst({ entity: { name = '' } }: GroupedEntity, seen: Set<string>, { lose }: EntityTreeOptions): boolean {
  if (!fits(name, 'entityName')) lose("an entity whose name is outside AppFlow's own limits", JSON.stringify(name));
  else if (seen.has(name)) lose('an entity listed in a second place', name);
  else return seen.add(name).has(name);
  return false;
}

function toNode({ group, entity }: GroupedEntity, { lose }: EntityTreeOptions): GrowingNode {
  const { name = '', label, hasNestedEntities = false } = entity;
  const isParent = hasNestedEntities && isPath(name);
  if (isParent !== hasNestedEntities) lose('nested entities of one whose name is no entitiesPath for AppFlow', name);
  const nested = isParent ? [] : undefined;
  if (label && !fits(label, 'label')) lose("label, which is outside AppFlow's own limits", name);
  return { name, label: label && fits(label, 'label') ? label : undefined, group, nested };
}

function isPath(name: string): boolean {
  try {
    checkMember('entitiesPath', name);
    return true;
  } catch (error) {
    if (isMetadataError(error, 'BAD_USER_INPUT')) return false;
    throw error;
  }
}
