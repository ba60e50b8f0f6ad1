import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { CatalogError, type CatalogProblem, inOrder } from './catalog-error.ts';
import type { Catalog } from './catalog-schema.ts';
import type { ReservedNames } from './check-catalog-references.ts';
import { locateInDocument } from './locate-in-document.ts';
import { toCatalog } from './to-catalog.ts';
import { type UnlocatedProblem, withPath } from './unlocated-problem.ts';

/** Expansion of aliases is bounded, so that a few lines of nested ones cannot fill the memory. */
const maxAliasCount = 100_000;

/**
 * Reads a catalogue by way of a document that knows where everything stands.
 *
 * @throws CatalogError with all problems at once, each with its line and column.
 */
export function parseDocumentedCatalog(text: string, reserved: ReservedNames): Catalog {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, stringKeys: true, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings, ...brokenAliases(document), ...lostNames(document)];
  const syntax = faults.map(fault => toSyntaxProblem(fault, lines));
  if (faults.some(({ code }) => !readableFaults.has(code))) throw new CatalogError(inOrder(syntax));

  const { catalog, problems: found } = toCatalog(toPlain(document), reserved);
  const problems = [...syntax, ...found.map(problem => locate(problem, document, lines))];
  if (problems.length > 0 || !catalog) throw new CatalogError(inOrder(problems));
  return catalog;
}

interface SyntaxFault {
  readonly code: YAMLError['code'] | 'BROKEN_ALIAS' | 'LOST_NAME';
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Faults that leave the rest of the file readable, so that its problems are told with them. */
const readableFaults: ReadonlySet<SyntaxFault['code']> = new Set<SyntaxFault['code']>(['DUPLICATE_KEY', 'LOST_NAME']);

/** Aliases of nothing, and aliases that stand inside what they refer to: neither can be written out. */
function brokenAliases(document: Document): SyntaxFault[] {
  const anchors = new Map<string, Node>();
  const faults: SyntaxFault[] = [];
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) faults.push(...faultOf(node, anchors.get(node.source)));
      else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return faults;
}

function faultOf(alias: Alias, anchored: Node | undefined): SyntaxFault[] {
  const [start] = alias.range ?? [0];
  const [from, , to] = anchored?.range ?? [0, 0, 0];
  const isAbove = anchored !== undefined && (start < from || start >= to);
  const message = `expected an anchor &${alias.source} above this alias, got ${anchored ? 'one around it' : 'none'}`;
  return isAbove ? [] : [{ code: 'BROKEN_ALIAS', message, pos: [start, start] }];
}

/** A key `__proto__` is lost on the way through maps made by assignment, by zod here and by the AWS SDK in clients. */
function lostNames(document: Document): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      const [start] = key.range ?? [0];
      const message = 'expected another name, got "__proto__", which clients in JavaScript cannot read';
      faults.push({ code: 'LOST_NAME', message, pos: [start, start] });
    },
  });
  return faults;
}

function toSyntaxProblem({ code, message, pos }: SyntaxFault, lines: LineCounter): CatalogProblem {
  return at(pos[0], lines, code === 'DUPLICATE_KEY' ? 'expected each name once, got it a second time' : message);
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CatalogError([{ line: 1, column: 1, message }]);
  }
}

function locate({ path, aspect, message }: UnlocatedProblem, document: Document, lines: LineCounter): CatalogProblem {
  const offset = locateInDocument(document, path, aspect);
  return at(offset, lines, withPath(path, message));
}

function at(offset: number, lines: LineCounter, message: string): CatalogProblem {
  const { line, col } = lines.linePos(offset);
  return { line, column: col, message };
}
