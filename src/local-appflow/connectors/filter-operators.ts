const numeric = [
  'NOT_EQUAL_TO',
  'EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL_TO',
];
const temporal = [
  'EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL_TO',
  'BETWEEN',
];
const textual = ['CONTAINS', 'EQUAL_TO', 'NOT_EQUAL_TO'];

/** Type names in lower case, without an `Edm.` in front: AWS's own connectors write theirs in the application's manner. */
const operatorsByType: ReadonlyMap<string, readonly string[]> = new Map([
  ...['integer', 'int', 'long', 'short', 'float', 'double', 'biginteger', 'bigdecimal', 'decimal'].map(also(numeric)),
  ...['number', 'currency', 'percent', 'byte', 'sbyte', 'int16', 'int32', 'int64', 'single'].map(also(numeric)),
  ...['date', 'datetime', 'datetimeoffset', 'time', 'timestamp', 'timeofday'].map(also(temporal)),
  ...['boolean'].map(also(['EQUAL_TO', 'NOT_EQUAL_TO'])),
  ...['map', 'list', 'multipicklist', 'array'].map(also(['CONTAINS'])),
  ...['struct', 'bytearray', 'binary', 'base64', 'address', 'location', 'object'].map(also([])),
]);

/**
 * Filter operators of a field that states none, by its type, as the custom connector SDK has them. Letter case does not matter;
 * a type it does not know counts as text.
 */
export function defaultFilterOperators(fieldType: string): readonly string[] {
  return operatorsByType.get(fieldType.toLowerCase().replace(/^edm\./, '')) ?? textual;
}

function also(operators: readonly string[]): (type: string) => readonly [string, readonly string[]] {
  return type => [type, operators];
}
