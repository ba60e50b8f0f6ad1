/** How the fields of a generated catalogue are written: in the short form, as maps in braces, or as maps over several lines. */
export type FieldStyle = 'short' | 'map' | 'block';

export interface LargeCatalogOptions {
  readonly entities: number;
  readonly fields: number;
  readonly style: FieldStyle;
}

const types = ['string', 'datetime', 'double', 'boolean', 'reference'];

const writers: Readonly<Record<FieldStyle, (name: string, type: string, label: string) => string>> = {
  short: (name, type, label) => `          ${name}: ${type} required, ${label}\n`,
  map: (name, type, label) => `          ${name}: { type: ${type}, label: ${label}, nullable: false }\n`,
  block: (name, type, label) =>
    `          ${name}:\n            type: ${type}\n            label: ${label}\n            nullable: false\n`,
};

export function isFieldStyle(text: string): text is FieldStyle {
  return Object.hasOwn(writers, text);
}

/** The text of a catalogue with a profile `large` of Salesforce whose entities are Entity_0__c, Entity_1__c, ..., one after the other. */
export function* generateCatalog({ entities, fields, style }: LargeCatalogOptions): Generator<string> {
  yield 'profiles:\n  large:\n    connector: Salesforce\n    entities:\n';
  for (let entity = 0; entity < entities; entity += 1) {
    const lines = Array.from({ length: fields }, (_, n) =>
      writers[style](`Field_${n}__c`, types[n % types.length] ?? '', `Field ${n} of ${entity}`),
    );
    yield `      Entity_${entity}__c:\n        label: Entity ${entity}\n        fields:\n${lines.join('')}`;
  }
}
