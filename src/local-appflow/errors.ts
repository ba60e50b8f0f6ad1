import { SourceApplicationError, UnknownEntityError } from './connectors/source-application.ts';

/**
 * The errors local AppFlow answers with, and their HTTP status. The first ten are AppFlow's own (API model of 2020-08-23);
 * the others belong to AWS's protocol and appear in no model, so a client shows them by their name.
 */
export const appflowErrorStatuses = {
  ValidationException: 400,
  ConnectorServerException: 400,
  UnsupportedOperationException: 400,
  ConnectorAuthenticationException: 401,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ThrottlingException: 429,
  InternalServerException: 500,
  SerializationException: 400,
  IncompleteSignatureException: 400,
  MissingAuthenticationTokenException: 403,
  InvalidSignatureException: 403,
  UnknownOperationException: 404,
  MethodNotAllowedException: 405,
  RequestTimeoutException: 408,
  RequestEntityTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
  RequestHeaderFieldsTooLargeException: 431,
} as const satisfies Record<string, number>;

export type AppflowErrorCode = keyof typeof appflowErrorStatuses;

/** An answer that is an error. Code and message go to the caller as they are; the cause goes to the log only. */
export class AppflowError extends Error {
  readonly code: AppflowErrorCode;
  /** Of a MethodNotAllowedException: the methods that are taken, as `Allow` has them. Default `POST`. */
  readonly allow: string;

  constructor(
    code: AppflowErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly allow?: string } = {},
  ) {
    super(message, options);
    this.name = 'AppflowError';
    this.code = code;
    this.allow = options.allow ?? 'POST';
  }

  get status(): number {
    return appflowErrorStatuses[this.code];
  }
}

/**
 * Whatever was thrown, as the error its caller gets. A source application's failures keep their message, behind the words
 * AppFlow puts in front of one; anything unforeseen becomes an InternalServerException that tells nothing.
 */
export function toAppflowError(thrown: unknown): AppflowError {
  if (thrown instanceof AppflowError) return thrown;
  if (thrown instanceof UnknownEntityError) {
    return new AppflowError('ResourceNotFoundException', thrown.message, { cause: thrown });
  }
  if (thrown instanceof SourceApplicationError) return fromSourceApplication(thrown);
  return new AppflowError('InternalServerException', 'An internal error occurred.', { cause: thrown });
}

function fromSourceApplication(error: SourceApplicationError): AppflowError {
  const code = error.refusedCredentials ? 'ConnectorAuthenticationException' : 'ConnectorServerException';
  return new AppflowError(code, `Error while communicating to connector: ${error.message}`, { cause: error });
}
