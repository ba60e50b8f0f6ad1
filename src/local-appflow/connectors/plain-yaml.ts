export interface PlainYamlOptions {
  /**
   * Whether the value of the member a path leads to need not stay in memory; a {@link DeferredValue} then takes its place. Shown
   * as it was read: a map may still be a `Map`.
   */
  readonly defer?: (path: readonly string[], value: unknown) => boolean;
  /** The members, by name, and the list items, by index, whose places are noted; none by default. */
  readonly noted?: ReadonlySet<string>;
}

/** Where a member stands: the offsets of its name and of its value. An item of a list has no name of its own. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

/** By the map or list that was read. */
export type Places = ReadonlyMap<unknown, ReadonlyMap<string, Place>>;

export interface PlainYaml {
  readonly value: unknown;
  readonly start: number;
  readonly places: Places;
}

/** A value that is read from the text again whenever it is asked for. */
export class DeferredValue {
  readonly read: () => unknown;

  constructor(read: () => unknown) {
    this.read = read;
  }
}
