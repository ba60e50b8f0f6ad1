import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../base/log.ts';
import { MetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import type { GatewayContext } from './context.ts';
import { limits } from './limits.ts';

/**
 * Every `extensions.code` an answer of this API can carry, and what it means. Codes are API: clients branch on them. The README's
 * table is this one.
 */
export const graphqlErrorCodes = {
  BAD_USER_INPUT:
    "An argument breaks AppFlow's rules or the API's. With `argumentPath` the gateway saw it and called nobody; without, AppFlow did.",
  NOT_FOUND:
    'A list or a reset names a profile, connector or entity that does not exist. A lookup of one thing answers null instead.',
  CONFLICT: 'AppFlow refused because of a conflicting request under way.',
  CONNECTOR_AUTHENTICATION_FAILED: 'The source application did not accept the credentials of the profile.',
  CONNECTOR_FAILED: 'The source application, or the connector to it, failed.',
  UPSTREAM_ACCESS_DENIED: 'AppFlow did not accept the credentials of the gateway, or their policy lacks the action.',
  UPSTREAM_THROTTLED: 'AppFlow asked for fewer requests; `retryAfterMs` says how long to wait where AppFlow said so.',
  UPSTREAM_TIMEOUT: 'AppFlow did not answer in time, or the request had none left to wait.',
  UPSTREAM_UNAVAILABLE: 'AppFlow could not be reached or failed.',
  RESET_NOT_PROPAGATED:
    'AppFlow was reset, but the other replicas could not be told. They may serve older metadata; send the reset again.',
  UPSTREAM_RESET_UNCERTAIN:
    "AppFlow's answer to a reset was lost, and the gateway's caches are clear; or the request had no time left to wait for it. Send the reset again.",
  RESET_THROTTLED:
    'The reset budget of the profile is spent; `retryAfterMs` says when there is more. AppFlow was not asked, and nothing was forgotten.',
  FORBIDDEN: 'The caller is known, and its token lacks the scope that the message names.',
  OVERLOADED: 'The gateway has more to do than it can; try again later.',
  QUERY_TOO_COMPLEX: `The document passes a limit, the answer could hold more than ${inWords(limits.answerCost)} values, every page full (\`cost\`), or the operation could take more calls to AppFlow than it may (\`upstreamCalls\`). \`limit\` says what is allowed. Nothing has run.`,
  GRAPHQL_PARSE_FAILED: `The document is not GraphQL, nests too deeply, or has more than ${inWords(limits.documentTokens)} tokens.`,
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The document has no such operation, or one of a kind that is not served here.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'The request names a persisted query; send the document itself.',
  PERSISTED_QUERY_NOT_FOUND: 'The request names a document by a hash that is not in the manifest of trusted documents.',
  UNTRUSTED_DOCUMENT: 'The document is not in the manifest of trusted documents, and `TRUSTED_DOCUMENTS` is `enforce`.',
  BAD_REQUEST:
    'The body is not JSON, the request is not valid HTTP or no GraphQL request, or it may be a cross-site one. With 406: `accept` names nothing that is served; with 415: a GET names a content type that is not.',
  METHOD_NOT_ALLOWED: 'The path does not answer this method, or no mutation by it; `Allow` says which it does.',
  INTERNAL_SERVER_ERROR: 'Anything else. The detail is in the log, under the `requestId` of the error.',
} as const satisfies Record<MetadataErrorCode, string> & Record<string, string>;

export type GraphQLErrorCode = keyof typeof graphqlErrorCodes;

function inWords(count: number): string {
  return count.toLocaleString('en');
}

/** The two hooks of Apollo Server that make errors fit for the caller. */
export interface ErrorTranslation {
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Tells `formatError`, which sees no context, which request an error belongs to. */
  readonly plugin: ApolloServerPlugin<GatewayContext>;
}

/**
 * Creates the one place where errors become GraphQL errors: a `MetadataError` speaks to the caller, so do GraphQL's own; anything
 * else is a fault of the gateway, masked here and told to the log only.
 *
 * @param suggest Whether GraphQL's complaints may suggest names of the schema.
 */
export function createErrorTranslation(log: Log, { suggest }: { readonly suggest: boolean }): ErrorTranslation {
  const requestIds = new WeakMap<object, string>();
  return {
    formatError(formatted, error) {
      const cause = causeOf(error);
      if (cause instanceof MetadataError) return { ...located(formatted), extensions: toExtensions(cause) };
      if (isTooDeep(formatted, cause)) return toOwnError({ ...formatted, message: tooDeep }, cause, suggest);
      if (isOfGraphQL(formatted, error, cause)) return toOwnError(formatted, cause, suggest);
      const requestId = (error instanceof Error ? requestIds.get(error) : undefined) ?? randomUUID();
      log.error({ requestId, path: formatted.path, err: cause }, 'a request failed unexpectedly');
      return mask(formatted, requestId);
    },
    plugin: {
      async requestDidStart({ contextValue: { requestId } }) {
        return {
          async didEncounterErrors({ errors }) {
            for (const error of errors) requestIds.set(error, requestId);
          },
        };
      },
    },
  };
}

/** What was thrown, without the GraphQL errors around it that say where. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? causeOf(error.originalError) : error;
}

const tooDeep = 'Syntax Error: the document nests too deeply.';

/** The parser is recursive: lists within lists use up its stack before they use up the tokens allowed. */
function isTooDeep({ extensions }: GraphQLFormattedError, cause: unknown): boolean {
  return cause instanceof RangeError && extensions?.['code'] === ('GRAPHQL_PARSE_FAILED' satisfies GraphQLErrorCode);
}

/**
 * Whether GraphQL itself complains about the request. Within a field (there is a path) only a bad argument is such a complaint;
 * that one points into the document, while a value that a resolver should not have answered does not.
 */
function isOfGraphQL({ extensions }: GraphQLFormattedError, error: unknown, cause: unknown): boolean {
  if (!(cause instanceof GraphQLError)) return false;
  const inField = error instanceof GraphQLError && error.path !== undefined;
  const { code } = extensions ?? {};
  return inField ? cause.nodes !== undefined : code !== 'INTERNAL_SERVER_ERROR';
}

// Apollo removes suggestions from validation errors only; those about variables have them too.
const suggestion = / ?Did you mean .+\?$/;

/** What our own refusals say beside their code. */
const ownExtensions = ['validationErrorCode', 'cost', 'upstreamCalls', 'got', 'limit'] as const;

function toOwnError(formatted: GraphQLFormattedError, cause: unknown, suggest: boolean): GraphQLFormattedError {
  const given = formatted.extensions ?? {};
  const kept = ownExtensions.flatMap(name => (given[name] === undefined ? [] : [[name, given[name]]]));
  return {
    ...formatted,
    message: suggest ? formatted.message : formatted.message.replace(suggestion, ''),
    extensions: { code: toOwnCode(given['code'], cause), retryable: false, ...Object.fromEntries(kept) },
  };
}

/**
 * GraphQL gives some complaints no code, which Apollo takes for internal; a mutation by GET it tells apart by the status only. To our own
 * validation rules' it gives the code of all validation.
 */
function toOwnCode(code: unknown, cause: unknown): unknown {
  if (statusOf(cause) === 405) return 'METHOD_NOT_ALLOWED' satisfies GraphQLErrorCode;
  if (code === ('GRAPHQL_VALIDATION_FAILED' satisfies GraphQLErrorCode)) return codeIn(cause) ?? code;
  return code === 'INTERNAL_SERVER_ERROR' ? ('BAD_USER_INPUT' satisfies GraphQLErrorCode) : code;
}

function codeIn(error: unknown): unknown {
  return error instanceof GraphQLError ? error.extensions['code'] : undefined;
}

/** The HTTP status that Apollo attached to an error. */
function statusOf(error: unknown): unknown {
  const { http } = error instanceof GraphQLError ? error.extensions : {};
  return typeof http === 'object' && http !== null && 'status' in http ? http.status : undefined;
}

function toExtensions(error: MetadataError): Record<string, unknown> {
  const { code, retryable, retryAfterMs, upstreamRequestId, argumentPath } = error;
  return {
    code,
    retryable,
    ...(retryAfterMs !== null && { retryAfterMs }),
    ...(upstreamRequestId !== null && { upstreamRequestId }),
    ...(argumentPath !== null && { argumentPath }),
  };
}

function mask(formatted: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return {
    ...located(formatted),
    message: `The gateway failed to answer this; its log says why, under request ${requestId}.`,
    extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies GraphQLErrorCode, retryable: false, requestId },
  };
}

function located({ message, locations, path }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }) };
}
