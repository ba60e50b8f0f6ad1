import { type DocumentNode, GraphQLError, type ValidationRule } from 'graphql';
import { type DocumentShape, measureDocument } from './document-shape.ts';
import type { GraphQLErrorCode } from './errors.ts';
import { documentLimits } from './limits.ts';

const wherever = ', fragments counted wherever they are spread';

/** What each limit counts, to complete "The document may have 3 ...". */
const nouns = {
  operations: 'operations',
  fragments: 'fragments',
  variables: 'variables in one operation',
  depth: `levels of nesting${wherever}`,
  topLevelFields: `fields at the top level${wherever}`,
  aliases: `aliases${wherever}`,
  directives: `directives${wherever}`,
  fields: `fields${wherever}`,
  namesakes: 'pairs of fields with the same name',
} as const satisfies Record<keyof DocumentShape, string>;

/**
 * Refuses a document that passes one of `documentLimits`, with `QUERY_TOO_COMPLEX`, instead of everything that GraphQL's own rules
 * would say about it: the answer `null` takes the document out of the visit that all rules share, before any of them has seen more than its top.
 */
export const documentLimitsRule: ValidationRule = context => ({
  Document(document) {
    const excess = findExcess(document);
    if (excess === undefined) return undefined;
    context.reportError(excess);
    return null;
  },
});

function findExcess(document: DocumentNode): GraphQLError | undefined {
  const shape = measureDocument(document, documentLimits.fragments);
  const names = Object.keys(documentLimits) as (keyof DocumentShape)[];
  const name = names.find(limited => shape[limited] > documentLimits[limited]);
  return name && toError(name, shape[name], documentLimits[name]);
}

function toError(name: keyof DocumentShape, got: number, limit: number): GraphQLError {
  const code: GraphQLErrorCode = 'QUERY_TOO_COMPLEX';
  const count = got === Number.MAX_SAFE_INTEGER ? 'more than can be counted' : got.toLocaleString('en');
  const message = `The document may have ${limit.toLocaleString('en')} ${nouns[name]}; got ${count}.`;
  return new GraphQLError(message, { extensions: { code, got, limit } });
}
