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
  /** Items of any other list, in the document or in variables. */
  listItems: 2000,
  /** Characters of one text in variables; AppFlow's own names end at 1,024. */
  textLength: 10_000,
  /** Values in all variables together, lists and objects counted, too: enough for the longest list of representations. */
  variableValues: 10_000,
} as const;

/**
 * What a document may hold at most. `documentLimits` checks these before any rule of GraphQL's own looks at it, some of which take time by
 * the square of fields or of fragments. What fragments hold counts wherever they are spread.
 */
export const documentLimits = {
  operations: 50,
  fragments: 50,
  variables: 100,
  /** Selection sets and values within each other. The introspection of tools has 19. */
  depth: 30,
  topLevelFields: 100,
  aliases: 200,
  directives: 100,
  /** As many as a document without fragments could hold. */
  fields: 5000,
  /** Pairs of fields that answer under one name: validation compares those that meet. Reached by one name that stands 500 times. */
  namesakes: 125_000,
} as const;
