/** How many places of one loss are named; the rest is counted. */
const placesNamed = 3;

/**
 * What AppFlow answered and the file does not say, gathered by kind: a profile with a picklist in each of its entities should not
 * fill the screen.
 */
export class Losses {
  readonly #places = new Map<string, { readonly named: string[]; count: number }>();

  /**
   * @param what The loss, the same words for all of its kind: `a value with a space in it`.
   * @param where The entity, field or member it befell.
   */
  add(what: string, where: string): void {
    const places = this.#places.get(what) ?? { named: [], count: 0 };
    this.#places.set(what, places);
    places.count += 1;
    if (places.named.length < placesNamed) places.named.push(where);
  }

  /** A line for each kind, in the order in which they came up. */
  lines(): string[] {
    return [...this.#places].map(([what, { named, count }]) => {
      const more = count > named.length ? ` and ${count - named.length} more` : '';
      return `${what}: ${named.join(', ')}${more}`;
    });
  }
}
