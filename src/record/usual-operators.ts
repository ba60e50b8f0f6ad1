import { type ConnectorEntityField, Operators } from '@aws-sdk/client-appflow';
import { carriedWords } from './carried-words.ts';
import { fits } from './catalog-limits.ts';

const knownOperators: ReadonlySet<string> = new Set(Object.values(Operators));

/**
 * Counts which filter operators the fields of each type have. Those most of them have are the profile's, so that only the others
 * have to state theirs.
 */
export class UsualOperators {
  readonly #counts = new Map<string, Map<string, number>>();

  count({ supportedFieldTypeDetails }: ConnectorEntityField): void {
    const { fieldType, filterOperators = [] } = supportedFieldTypeDetails?.v1 ?? {};
    if (!fieldType || !fits(fieldType, 'fieldType')) return;
    const counts = this.#counts.get(fieldType) ?? new Map<string, number>();
    // What is lost is told with the field.
    const operators = (carriedWords(filterOperators, knownOperators, () => undefined) ?? []).join(' ');
    this.#counts.set(fieldType, counts.set(operators, (counts.get(operators) ?? 0) + 1));
  }

  /** By type, in alphabetical order: the same whatever order the fields were counted in. */
  byType(): ReadonlyMap<string, readonly string[]> {
    const types = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(types.map(([type, counts]) => [type, toList(mostFrequent(counts))]));
  }
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? '';
}

function toList(operators: string): readonly string[] {
  return operators === '' ? [] : operators.split(' ');
}
