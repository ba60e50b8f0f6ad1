/** One thing wrong in a catalogue, and where: line and column count from 1. */
export interface CatalogProblem {
  readonly line: number;
  readonly column: number;
  /** What was expected and what came, with the path in front where there is one. */
  readonly message: string;
}

/** A catalogue that cannot be taken, with everything that is wrong in it. */
export class CatalogError extends Error {
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super([`The catalogue has ${count}:`, ...problems.map(toLine)].join('\n'));
    this.name = 'CatalogError';
    this.problems = problems;
  }
}

function toLine({ line, column, message }: CatalogProblem): string {
  return `  line ${line}, column ${column}: ${message}`;
}
