import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { type OperationEvent, operationBegunChannel, operationChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { createRequestScope, type RequestScope, requestScope } from '../base/request-scope.ts';
import type { GatewayContext } from './context.ts';

/** Names are the client's to choose: a log line bears so much of one. */
const longestName = 100;

/** Hexadecimal digits of a document's hash: enough to tell documents apart. */
const hashLength = 16;

/** Creates the plugin that tells the operation channels of every operation, whatever becomes of it. */
export function createOperationReport(clock: Clock): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue: { requestId } }) {
      const startedAt = clock.monotonicNow();
      const scope = requestScope.getStore() ?? createRequestScope(requestId);
      operationBegunChannel.publish(() => scope);
      return {
        async willSendResponse(answered) {
          operationChannel.publish(() => toEvent(answered, scope, clock.monotonicNow() - startedAt));
        },
      };
    },
  };
}

function toEvent(
  answered: GraphQLRequestContextWillSendResponse<GatewayContext>,
  request: RequestScope,
  durationMs: number,
): OperationEvent {
  const { operation, operationName, queryHash, response } = answered;
  const { body } = response;
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return {
    request,
    name: operationName?.slice(0, longestName) ?? null,
    type: operation?.operation ?? null,
    hash: queryHash?.slice(0, hashLength) ?? null,
    errorCodes: [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))],
    durationMs,
  };
}
