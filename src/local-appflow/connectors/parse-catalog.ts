import { LineCounter } from 'yaml';
import { CatalogError, inOrder } from './catalog-error.ts';
import type { Catalog } from './catalog-schema.ts';
import type { ReservedNames } from './check-catalog-references.ts';
import { inWords } from './expected.ts';
import { locateInPlainYaml } from './locate-in-plain-yaml.ts';
import { areFieldsFine } from './look-over-fields.ts';
import { parseDocumentedCatalog } from './parse-documented-catalog.ts';
import type { PlainYaml, PlainYamlOptions } from './plain-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { toCatalog } from './to-catalog.ts';
import { type UnlocatedProblem, withPath } from './unlocated-problem.ts';
import { NotPlainError } from './yaml-cursor.ts';

/** As much text as a document is made of: that takes a second for each megabyte, and some hundred times the memory. */
const maxDocumentLength = 8 * 1024 * 1024;

/**
 * Reads a catalogue. One in plain YAML is read quickly, and the fields of its entities stay text until somebody asks for them; for
 * any other, and to say what is wrong with one, a document is made of it unless it is too large.
 *
 * @param reserved Names it may not use; none by default.
 * @param maxDocumented Characters of text a document may be made of, default 8 Mi.
 * @throws CatalogError with all problems at once, each with its line and column.
 */
export function parseCatalog(
  text: string,
  reserved: ReservedNames = { profiles: [], connectorLabels: [] },
  maxDocumented = maxDocumentLength,
): Catalog {
  const plain = readPlain(text);
  const { catalog, problems } = plain instanceof NotPlainError ? { problems: [] } : toCatalog(plain.value, reserved);
  if (catalog && problems.length === 0) return catalog;
  if (text.length <= maxDocumented) return parseDocumentedCatalog(text, reserved);
  throw plain instanceof NotPlainError ? tooLarge(text, plain) : locate(text, problems);
}

function readPlain(text: string, options?: PlainYamlOptions): PlainYaml | NotPlainError {
  try {
    return readPlainYaml(text, { defer: (path, value) => leadsToFields(path) && areFieldsFine(value), ...options });
  } catch (error) {
    if (error instanceof NotPlainError) return error;
    throw error;
  }
}

/** Where an entity's fields stand: in a tree of a profile, of a version of one, or of a connector. */
const fieldsPath = /^(?:profiles|connectors)\n.*\n(?:entities|versions\n.*)\n.*(?:\nentities\n.*)*\nfields$/;

function leadsToFields(path: readonly string[]): boolean {
  return path.at(-1) === 'fields' && fieldsPath.test(path.join('\n'));
}

/** By reading once more, noting only the places that are asked for. */
function locate(text: string, problems: readonly UnlocatedProblem[]): CatalogError {
  const noted = new Set(problems.flatMap(({ path }) => path.map(String)));
  const plain = readPlain(text, { noted });
  if (plain instanceof NotPlainError) throw plain;
  const lines = toLineCounter(text);
  const located = problems.map(({ path, aspect, message }) => {
    const { line, col } = lines.linePos(locateInPlainYaml(plain, path, aspect));
    return { line, column: col, message: withPath(path, message) };
  });
  return new CatalogError(inOrder(located));
}

function tooLarge(text: string, { offset }: NotPlainError): CatalogError {
  const { line, col } = toLineCounter(text).linePos(offset);
  const rest = text.slice(offset, offset + 60).split('\n', 1)[0];
  const message = `expected plain YAML in a file this large (name: value, values on one line, no tags, no block scalars, each name and anchor once), got ${inWords(rest)}; what else is wrong is told once this is not`;
  return new CatalogError([{ line, column: col, message }]);
}

function toLineCounter(text: string): LineCounter {
  const lines = new LineCounter();
  for (let start = 0; start >= 0; start = text.indexOf('\n', start) + 1 || -1) lines.addNewLine(start);
  return lines;
}
