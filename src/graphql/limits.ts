import { entityPageLimits } from './page.ts';

/** What one operation may ask for at most. Each is checked before anything runs. */
export const limits = {
  /**
   * Parsing stops there. So many tokens parse in 1 to 2 ms and select a thousand fields and more; a router's document that selects every
   * field of every type has some 500. Twice as many could nest deeper than the parser's stack.
   */
  documentTokens: 5000,
  /** As `estimateAnswerCost` counts. Of cached metadata this much takes 0.2 to 1 s of one core. */
  answerCost: 100_000,
  /** Entities that a router may ask for at once: as many as the longest page holds. */
  representations: entityPageLimits.maxFirst,
} as const;
