import { AppflowServiceException } from '@aws-sdk/client-appflow';
import {
  isMetadataError,
  MetadataError,
  type MetadataErrorCode,
  type MetadataErrorDetails,
} from '../metadata/errors.ts';

/**
 * What AppFlow's and AWS's error names mean to us. The first block is the AppFlow API model's, the others are names any AWS service answers
 * with; throttling is not modelled for the metadata operations, yet happens.
 */
const codesByName = new Map<string, MetadataErrorCode>(
  Object.entries({
    ValidationException: 'BAD_USER_INPUT',
    ResourceNotFoundException: 'NOT_FOUND',
    ConflictException: 'CONFLICT',
    ConnectorAuthenticationException: 'CONNECTOR_AUTHENTICATION_FAILED',
    ConnectorServerException: 'CONNECTOR_FAILED',
    AccessDeniedException: 'UPSTREAM_ACCESS_DENIED',
    ThrottlingException: 'UPSTREAM_THROTTLED',
    InternalServerException: 'UPSTREAM_UNAVAILABLE',

    Throttling: 'UPSTREAM_THROTTLED',
    TooManyRequestsException: 'UPSTREAM_THROTTLED',
    RequestLimitExceeded: 'UPSTREAM_THROTTLED',
    SlowDown: 'UPSTREAM_THROTTLED',

    CredentialsProviderError: 'UPSTREAM_ACCESS_DENIED',
    TokenProviderError: 'UPSTREAM_ACCESS_DENIED',
    ExpiredToken: 'UPSTREAM_ACCESS_DENIED',
    ExpiredTokenException: 'UPSTREAM_ACCESS_DENIED',
    IncompleteSignature: 'UPSTREAM_ACCESS_DENIED',
    IncompleteSignatureException: 'UPSTREAM_ACCESS_DENIED',
    InvalidSignatureException: 'UPSTREAM_ACCESS_DENIED',
    MissingAuthenticationTokenException: 'UPSTREAM_ACCESS_DENIED',
    UnrecognizedClientException: 'UPSTREAM_ACCESS_DENIED',
  } satisfies Record<string, MetadataErrorCode>),
);

/** Errors that AppFlow writes for its caller; everything else is described in our own words. */
const messagesForCallers: ReadonlySet<MetadataErrorCode> = new Set<MetadataErrorCode>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'CONNECTOR_AUTHENTICATION_FAILED',
  'CONNECTOR_FAILED',
]);

const ownMessages = {
  UPSTREAM_ACCESS_DENIED:
    'AppFlow refused the gateway: its credentials are missing, expired or not allowed to do this.',
  UPSTREAM_THROTTLED: 'AppFlow is throttling the gateway.',
  UPSTREAM_UNAVAILABLE: 'AppFlow is away or answered with something that could not be understood.',
} as const;

/**
 * Translates whatever the SDK threw; the SDK's own error stays the `cause`, for the log.
 *
 * @param operation AppFlow's name of the operation, for the message.
 */
export function toMetadataError(operation: string, error: unknown): MetadataError {
  if (isMetadataError(error)) return error;
  const code = toCode(error);
  return new MetadataError(code, toMessage(operation, code, error), { ...toDetails(error), cause: error });
}

/**
 * Translates an answer into the domain's shapes. One that has not the shape AppFlow's model promises is AppFlow's failure (or a
 * proxy's that answers in its name), never an empty list and never a fault of the gateway.
 */
export function understand<T>(operation: string, translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    throw toMetadataError(operation, error);
  }
}

/** How long an error asks to wait before the next try, in milliseconds; `undefined` when it does not say. */
export function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof AppflowServiceException)) return undefined;
  const seconds = Number(error.$response?.headers['retry-after']);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function toCode(error: unknown): MetadataErrorCode {
  const named = error instanceof Error ? codesByName.get(error.name) : undefined;
  if (named) return named;
  const status = error instanceof AppflowServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 429) return 'UPSTREAM_THROTTLED';
  return status === 401 || status === 403 ? 'UPSTREAM_ACCESS_DENIED' : 'UPSTREAM_UNAVAILABLE';
}

function toMessage(operation: string, code: MetadataErrorCode, error: unknown): string {
  const known: Readonly<Record<string, string>> = ownMessages;
  const message = error instanceof Error && messagesForCallers.has(code) ? error.message : known[code];
  return `${operation}: ${message}`;
}

function toDetails(error: unknown): MetadataErrorDetails {
  if (!(error instanceof AppflowServiceException)) return {};
  return {
    upstreamCalls: error.$metadata.attempts,
    upstreamRequestId: error.$metadata.requestId,
    retryAfterMs: retryAfterMsOf(error),
  };
}
