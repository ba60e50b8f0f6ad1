import { ApolloServer } from '@apollo/server';
import { expect, it, onTestFinished } from 'vitest';
import { type OperationEvent, operationChannel } from '../../src/base/channels.ts';
import { createRequestScope, requestScope } from '../../src/base/request-scope.ts';
import type { GatewayContext } from '../../src/graphql/context.ts';
import { createOperationReport } from '../../src/graphql/operation-report.ts';
import { FakeClock } from '../support/fake-clock.ts';

const name = 'A'.repeat(5000);

it.each<[string, string, Partial<OperationEvent>]>([
  ['a query', 'query Hello { greeting }', { name: 'Hello', type: 'query', errorCodes: [], durationMs: 5 }],
  ['one without a name', '{ greeting }', { name: null, type: 'query' }],
  ['one with a name that fills pages', `query ${name} { greeting }`, { name: name.slice(0, 100) }],
  ['a document that is none', '{', { name: null, type: null, errorCodes: ['GRAPHQL_PARSE_FAILED'] }],
  ['two failures of a kind', '{ a: failure b: failure }', { type: 'query', errorCodes: ['INTERNAL_SERVER_ERROR'] }],
])('%s is told once', async (_, query, expected) => {
  const { events, ask } = listen();
  await ask(query);
  expect(events).toMatchObject([{ ...expected, request: { requestId: 'r1' } }]);
});

it('a document has the same hash every time, another document another one, and neither is the document', async () => {
  const { events, ask } = listen();
  for (const query of ['{ greeting }', '{ greeting }', '{ greeting  }']) await ask(query);
  const [first, again, other] = events.map(({ hash }) => hash);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it('an operation belongs to the request it runs in', async () => {
  const { events, ask } = listen();
  const scope = createRequestScope('r2');
  await requestScope.run(scope, () => ask('{ greeting }'));
  expect(events[0]?.request).toBe(scope);
});

function listen() {
  const events: OperationEvent[] = [];
  onTestFinished(operationChannel.subscribe(event => events.push(event)));
  const clock = new FakeClock();
  const apollo = new ApolloServer<GatewayContext>({
    typeDefs: 'type Query { greeting: String, failure: String }',
    resolvers: {
      Query: {
        greeting: () => clock.advance(5),
        failure: () => {
          throw new Error('no');
        },
      },
    },
    plugins: [createOperationReport(clock)],
  });
  // What the report reads of it is the id.
  const contextValue = { requestId: 'r1' } as GatewayContext;
  return { events, ask: (query: string) => apollo.executeOperation({ query }, { contextValue }) };
}
