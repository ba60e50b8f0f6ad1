import { inWords } from './expected.ts';
import { breachOf, outputLimits } from './output-limits.ts';
import { DeferredValue } from './plain-yaml.ts';
import { type Path, problem, toMap, type UnlocatedProblem, type Written } from './unlocated-problem.ts';

export interface EntityRules {
  /** Whether AppFlow shows this connector's entities in groups; those of a custom connector all stand under `Objects`. */
  readonly grouped: boolean;
}

/**
 * What a schema cannot say of a tree of entities: each name occurs once in it (DescribeConnectorEntity has no path), a parent's
 * name can be a path, a field's parent is a field, and not below it.
 */
export function checkEntities(path: Path, entities: unknown, { grouped }: EntityRules): UnlocatedProblem[] {
  const seen = new Map<string, Path>();
  return walk(path, entities).flatMap(found => {
    const first = seen.get(found.name);
    seen.set(found.name, first ?? found.at);
    return [...checkName(found, first), ...(grouped ? [] : checkGroup(found)), ...checkParents(found)];
  });
}

interface FoundEntity {
  readonly at: Path;
  readonly name: string;
  readonly entity: Written;
}

function walk(path: Path, entities: unknown): FoundEntity[] {
  return Object.entries(toMap(entities)).flatMap(([name, value]) => {
    const at = [...path, name];
    const entity = toMap(value);
    const { entities: nested } = entity;
    return [{ at, name, entity }, ...walk([...at, 'entities'], nested)];
  });
}

function checkName({ at, name, entity }: FoundEntity, first: Path | undefined): UnlocatedProblem[] {
  const again = `expected each entity name once, ${inWords(name)} is also ${first?.join('.')}`;
  const { entities } = entity;
  const breach = entities === undefined ? undefined : breachOf(name, outputLimits.entitiesPath);
  return [...(first ? [problem(at, 'key', again)] : []), ...(breach ? [problem(at, 'key', breach)] : [])];
}

function checkGroup({ at, entity }: FoundEntity): UnlocatedProblem[] {
  const { group } = entity;
  if (group === undefined) return [];
  return [
    problem([...at, 'group'], 'key', 'expected no group: entities of a custom connector all stand under Objects'),
  ];
}

/** Fields that stayed text have been looked over, parents too. */
function checkParents({ at, entity }: FoundEntity): UnlocatedProblem[] {
  const { fields: written } = entity;
  if (written instanceof DeferredValue) return [];
  const fields = toMap(written);
  return Object.entries(fields).flatMap(([identifier, field]) => {
    const { parent } = toMap(field);
    if (typeof parent !== 'string') return [];
    const what = Object.hasOwn(fields, parent) ? wayAround(identifier, fields) : 'a field of the same entity';
    if (what === undefined) return [];
    return [problem([...at, 'fields', identifier, 'parent'], 'value', `expected ${what}, got ${inWords(parent)}`)];
  });
}

/** What a parent should be instead of one that the field itself is above; `undefined` when it is not. */
function wayAround(identifier: string, fields: Written): string | undefined {
  const seen = new Set<string>();
  for (let at = parentOf(identifier, fields); at !== undefined && !seen.has(at); at = parentOf(at, fields)) {
    if (at === identifier) return 'a parent that is not the field itself, nor below it';
    seen.add(at);
  }
  return undefined;
}

function parentOf(identifier: string, fields: Written): string | undefined {
  const { parent } = toMap(Object.hasOwn(fields, identifier) ? fields[identifier] : undefined);
  return typeof parent === 'string' ? parent : undefined;
}
