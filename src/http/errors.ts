/**
 * What the HTTP layer answers when a request never becomes a GraphQL operation. The shape is GraphQL's, so that a client needs
 * one way of reading errors. Codes are API: the README's table is tested against this one.
 *
 * A code that GraphQL answers with, too, is described in its words, which may go on: one code, one meaning.
 *
 * An unknown path is not NOT_FOUND: that code says that a profile or connector is gone, and a client must not conclude so from
 * a mistyped URL.
 */
export const httpErrorCodes = {
  BAD_REQUEST: {
    status: 400,
    when: 'The body is not JSON, the request is not valid HTTP or no GraphQL request, or it may be a cross-site one.',
  },
  UNAUTHENTICATED: {
    status: 401,
    when: 'There is no valid token, or the router secret is not right. The log says why, under the `x-request-id` of the answer.',
  },
  AUTHENTICATION_UNAVAILABLE: {
    status: 503,
    when: 'No token can be checked, because the keys of `JWT_JWKS` could not be loaded yet; `Retry-After` says when to try again.',
  },
  FORBIDDEN: {
    status: 403,
    when: 'The caller is known, and its token lacks the scope that the message names.',
  },
  HOST_NOT_ALLOWED: {
    status: 403,
    when: 'The gateway listens on a loopback address, and `Host` names another machine: a page of the web may be behind it.',
  },
  PATH_NOT_FOUND: { status: 404, when: 'Nothing answers at this path.' },
  METHOD_NOT_ALLOWED: { status: 405, when: 'The path does not answer this method; `Allow` says which it does.' },
  REQUEST_TIMEOUT: { status: 408, when: 'The request did not arrive in time.' },
  PAYLOAD_TOO_LARGE: { status: 413, when: 'The body is larger than the limit.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, when: 'The body is not `application/json`, or it is compressed.' },
  RATE_LIMITED: {
    status: 429,
    when: 'The caller has sent more requests than `REQUESTS_PER_MINUTE`; `Retry-After` says when to send the next.',
  },
  REQUEST_HEADERS_TOO_LARGE: { status: 431, when: 'URL and headers together are larger than 16 KiB.' },
  OVERLOADED: {
    status: 503,
    when: 'The gateway has more to do than it can; try again later.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    when: 'Anything else. The detail is in the log, under the `requestId` of the error.',
  },
} as const satisfies Record<string, { status: number; when: string }>;

export type HttpErrorCode = keyof typeof httpErrorCodes;

/** An answer other than the one hoped for. Its message is written for the caller: what was expected, what came, no internals. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'HttpError';
    this.code = code;
    this.headers = headers;
  }
}

/** The body of every error answer, as text. Only an internal error carries its request id inside: that is what to look up. */
export function toErrorBody(code: HttpErrorCode, message: string, requestId?: string): string {
  const extensions = requestId === undefined ? { code } : { code, requestId };
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/**
 * Turns whatever was thrown into an answer. Only our own messages reach the caller: a library's may name files of this machine.
 *
 * @param bodyLimitBytes To tell by how much a body was too large.
 */
export function toHttpError(error: unknown, contentType: string | undefined, bodyLimitBytes: number): HttpError {
  if (error instanceof HttpError) return error;
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new HttpError('BAD_REQUEST', 'The body must be JSON, but it cannot be parsed.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new HttpError('BAD_REQUEST', 'The body must be JSON, but it is empty.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new HttpError('BAD_REQUEST', 'The body is not as long as Content-Length says.');
    case 'FST_ERR_BAD_URL':
      return new HttpError('BAD_REQUEST', 'The URL is not valid.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new HttpError('PAYLOAD_TOO_LARGE', `The body must not be larger than ${bodyLimitBytes} bytes.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new HttpError('UNSUPPORTED_MEDIA_TYPE', mediaTypeMessage(contentType));
    default:
      return fromStatus(error);
  }
}

function mediaTypeMessage(contentType: string | undefined): string {
  const came = contentType === undefined ? 'none' : JSON.stringify(contentType.slice(0, 100));
  return `The content type must be application/json, got ${came}.`;
}

/** Libraries blame the caller by a 4xx status: the static files do for a path that climbs out, Node for a body that breaks off. */
function fromStatus(error: unknown): HttpError {
  const status = statusOf(error);
  if (status === 404) return new HttpError('PATH_NOT_FOUND', 'Nothing answers at this path.');
  if (status !== undefined && status >= 400 && status < 500) {
    return new HttpError('BAD_REQUEST', 'The request is not valid.');
  }
  return new HttpError(
    'INTERNAL_SERVER_ERROR',
    'Something went wrong on our side; the request id names it in the log.',
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
