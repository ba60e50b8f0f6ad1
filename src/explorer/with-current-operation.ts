import type { Fetcher } from '@graphiql/toolkit';
import { type DocumentNode, GraphQLError, getOperationAST, parse } from 'graphql';

/**
 * Names the operation by the text that is sent. GraphiQL reads the editor a moment after it changed: right after a change of tabs it would
 * send the name of the last tab's operation, which the server cannot find, and hand on that tab's document.
 */
export function withCurrentOperation(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const document = parseIfValid(params.query);
    if (!document) return fetcher(params, options);
    const operation = getOperationAST(document, params.operationName) ?? getOperationAST(document);
    return fetcher({ ...params, operationName: operation?.name?.value ?? null }, { ...options, documentAST: document });
  };
}

/** What cannot be parsed is sent all the same: the server says what is wrong with it. */
function parseIfValid(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
