import type { CatalogMap, CatalogValue } from './catalog-value.ts';

/** What the short form can say after the type, beside a length in brackets and a label. */
const words: readonly { readonly word: string; readonly means: CatalogMap }[] = [
  { word: 'key', means: { primaryKey: true } },
  { word: 'required', means: { nullable: false } },
  { word: 'readonly', means: { creatable: false, updatable: false } },
  { word: 'timestamp', means: { timestamp: true } },
  { word: 'deprecated', means: { deprecated: true } },
];

/** A field in a catalogue's short form, `string(80) required, Last Name`, or as the map it is where that cannot say everything. */
export function shortField(field: CatalogMap): CatalogValue {
  const { type, label, length, ...rest } = stated(field);
  const said = words.filter(({ means }) => Object.entries(means).every(([name, value]) => rest[name] === value));
  const members = new Set(said.flatMap(({ means }) => Object.keys(means)));
  const brackets = toBrackets(length);
  const isSaid = Object.keys(rest).every(name => members.has(name));
  if (!isSaid || brackets === undefined || !isPlainType(type) || !isPlainLabel(label)) return stated(field);
  const head = [`${type}${brackets}`, ...said.map(({ word }) => word)].join(' ');
  return label === undefined ? head : `${head}, ${label}`;
}

function stated(field: CatalogMap): CatalogMap {
  return Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined));
}

/** `(80)` for lengths from 0 to 80, nothing for none; `undefined` for what brackets cannot say. */
function toBrackets(length: CatalogValue | undefined): string | undefined {
  if (length === undefined) return '';
  if (!Array.isArray(length)) return undefined;
  const [minimum, maximum] = length;
  return minimum === 0 && Number.isSafeInteger(maximum) ? `(${maximum})` : undefined;
}

/** One that the short form reads again as nothing but a type. */
function isPlainType(type: CatalogValue | undefined): type is string {
  return typeof type === 'string' && /^[\w.:/-]+$/.test(type);
}

function isPlainLabel(label: CatalogValue | undefined): label is string | undefined {
  return label === undefined || (typeof label === 'string' && label !== '' && label === label.trim());
}
