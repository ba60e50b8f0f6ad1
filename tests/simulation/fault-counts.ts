/** How often what went wrong, by kind. */
export class FaultCounts {
  readonly byKind: Record<string, number> = {};

  count(kind: string): void {
    this.byKind[kind] = (this.byKind[kind] ?? 0) + 1;
  }
}
