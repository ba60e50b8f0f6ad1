/**
 * Port: so many units a minute for each key. A key that has been idle may spend a whole minute's units at once; what is spent comes
 * back evenly, one unit after another.
 */
export interface Budget {
  /** Units a minute. */
  readonly perMinute: number;
  /**
   * Spends one unit of the key. 0 when there was one; else nothing is spent, and the answer is after how many milliseconds, at least 1, there will be.
   * Never rejects.
   */
  spend(key: string): Promise<number>;
}
