/** One thing wrong in a catalogue, and where: line and column count from 1. */
export interface CatalogProblem {
  readonly line: number;
  readonly column: number;
  /** What was expected and what came, with the path in front where there is one. */
  readonly message: string;
}

/** A catalogue that cannot be taken, with everything that is wrong in it; no problem is listed when it cannot even be read. */
export class CatalogError extends Error {
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[], message = describeProblems(problems), options?: ErrorOptions) {
    super(message, options);
    this.name = 'CatalogError';
    this.problems = problems;
  }
}

function describeProblems(problems: readonly CatalogProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [`The catalogue has ${count}:`, ...problems.map(toLine)].join('\n');
}

function toLine({ line, column, message }: CatalogProblem): string {
  return `  line ${line}, column ${column}: ${message}`;
}

/** Problems as they stand in the file. */
export function inOrder(problems: readonly CatalogProblem[]): readonly CatalogProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
