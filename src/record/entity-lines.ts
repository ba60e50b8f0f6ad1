import type { ConnectorEntityField } from '@aws-sdk/client-appflow';
import { fits } from './catalog-limits.ts';
import { toScalar } from './catalog-scalar.ts';
import { toLine, toLines } from './catalog-value.ts';
import type { EntityNode } from './entity-tree.ts';
import { shortField } from './short-field.ts';
import { type FieldRules, toCatalogField } from './to-catalog-field.ts';

export interface EntityRules extends Omit<FieldRules, 'identifiers'> {
  /** Whether a catalogue may state the entity's group. */
  readonly grouped: boolean;
  /** Told what of the entity or its fields a catalogue cannot say. */
  readonly lose: (what: string, where: string) => void;
}

/** The group of an entity that states none. */
const usualGroup = 'Objects';

/**
 * An entity as a catalogue writes it, up to the entities nested in it, which follow in lines of their own.
 *
 * @param fields `undefined` when they could not be read.
 */
export function entityLines(
  node: EntityNode,
  fields: ConnectorEntityField[] | undefined,
  rules: EntityRules,
): string[] {
  const lines = [...headLines(node, rules), ...fieldLines(node, fields, rules)];
  if (node.nested) lines.push(node.nested.length > 0 ? 'entities:' : 'entities: {}');
  if (lines.length === 0) return [`${toScalar(node.name)}: {}`];
  return [`${toScalar(node.name)}:`, ...lines.map(line => `  ${line}`)];
}

function headLines({ name, label, group }: EntityNode, { grouped, lose }: EntityRules): string[] {
  const isUsual = group === usualGroup;
  const isCarried = grouped && fits(group, 'group');
  if (!isUsual && !isCarried) lose(`its group, given as ${usualGroup}`, name);
  return toLines({
    label: label === name ? undefined : (label ?? ''),
    group: isUsual || !isCarried ? undefined : group,
  });
}

function fieldLines(node: EntityNode, fields: ConnectorEntityField[] | undefined, rules: EntityRules): string[] {
  if (!fields) return ['# its fields could not be read'];
  const written = carriedFields(node, fields, rules);
  const identifiers = new Set(written.keys());
  const lines = [...written].map(([identifier, field]) => {
    const lose = (what: string) => rules.lose(what, `${node.name}.${identifier}`);
    return `  ${toLine(identifier, shortField(toCatalogField(field, { ...rules, identifiers }, lose)))}`;
  });
  return lines.length > 0 ? ['fields:', ...lines] : [];
}

/** By identifier, which a catalogue holds once. */
function carriedFields(
  { name }: EntityNode,
  fields: readonly ConnectorEntityField[],
  { lose }: EntityRules,
): ReadonlyMap<string, ConnectorEntityField> {
  const carried = new Map<string, ConnectorEntityField>();
  for (const field of fields) {
    const { identifier = '' } = field;
    const where = `${name}.${identifier}`;
    if (!fits(identifier, 'identifier')) lose("a field whose identifier is outside AppFlow's own limits", where);
    else if (carried.has(identifier)) lose('a field described a second time', where);
    else carried.set(identifier, field);
  }
  return carried;
}
