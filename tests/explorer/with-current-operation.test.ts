import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, getIntrospectionQuery, parse } from 'graphql';
import { expect, test } from 'vitest';
import { withCurrentOperation } from '../../src/explorer/with-current-operation.ts';

const lastTab = parse('query Last { __typename }');

test.each([
  ['the last tab had another operation', 'query Now { a }', 'Last', 'Now'],
  ['the last tab had none', 'query Now { a }', null, 'Now'],
  ['the operation has no name', '{ a }', 'Last', null],
  ['one of several was chosen', 'query A { a } query B { b }', 'B', 'B'],
  ['none of several was chosen', 'query A { a } query B { b }', 'Last', null],
  ['there is no operation', 'fragment F on Query { a }', 'Last', null],
  ['it is the introspection', getIntrospectionQuery(), 'IntrospectionQuery', 'IntrospectionQuery'],
])('names the operation that the text holds when %s', (_when, query, operationName, expected) => {
  const { params, document } = send({ query, operationName, variables: { first: 1 } });
  expect(params).toEqual({ query, operationName: expected, variables: { first: 1 } });
  expect(document).toEqual(parse(query));
});

test('leaves it to the server to say what is wrong with a text', () => {
  const written = { query: 'query {', operationName: 'Last' };
  expect(send(written)).toEqual({ params: written, document: lastTab });
});

/** What goes out when GraphiQL asks for this with the document of the last tab still in hand. */
function send(asked: FetcherParams): { params: FetcherParams; document: DocumentNode | undefined } {
  const sent: { params: FetcherParams; document: DocumentNode | undefined }[] = [];
  const record: Fetcher = (params, options) => {
    sent.push({ params, document: options?.documentAST });
    return {};
  };
  withCurrentOperation(record)(asked, { documentAST: lastTab });
  expect(sent).toHaveLength(1);
  return sent[0] ?? expect.unreachable();
}
