export type Predicate<T> = (item: T) => boolean;

/** What a filter keeps of a list, and a text that is equal for equal filters. */
export interface Selection<T> {
  /** `undefined` when everything is kept, so that an unfiltered page costs no walk over the list. */
  readonly keep: Predicate<T> | undefined;
  readonly key: string;
}

/**
 * Creates the selection of a filter: an item has to meet every condition. `false` stands for a condition that was left out.
 *
 * @param filter What the caller gave; its members make the key, `null` ones aside.
 */
export function createSelection<T>(
  filter: object | null | undefined,
  conditions: readonly (Predicate<T> | false)[],
): Selection<T> {
  const given = conditions.filter(condition => condition !== false);
  return {
    keep: given.length === 0 ? undefined : item => given.every(condition => condition(item)),
    key: JSON.stringify(Object.entries(filter ?? {}).filter(([, value]) => value != null)),
  };
}

/** Whether one of the texts contains `part`, whatever the case of either. */
export function containsIgnoringCase(texts: readonly (string | null)[], part: string): boolean {
  const sought = part.toLowerCase();
  return texts.some(text => text?.toLowerCase().includes(sought));
}
