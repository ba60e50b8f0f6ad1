/** What can go wrong with metadata. Codes are API: clients branch on them, and the README's table is tested against this one. */
export const metadataErrorCodes = {
  BAD_USER_INPUT: { retryable: false },
  NOT_FOUND: { retryable: false },
  CONFLICT: { retryable: true },
  CONNECTOR_AUTHENTICATION_FAILED: { retryable: false },
  CONNECTOR_FAILED: { retryable: true },
  UPSTREAM_ACCESS_DENIED: { retryable: false },
  UPSTREAM_THROTTLED: { retryable: true },
  UPSTREAM_TIMEOUT: { retryable: true },
  UPSTREAM_UNAVAILABLE: { retryable: true },
  RESET_NOT_PROPAGATED: { retryable: true },
  UPSTREAM_RESET_UNCERTAIN: { retryable: true },
  RESET_THROTTLED: { retryable: true },
  FORBIDDEN: { retryable: false },
  OVERLOADED: { retryable: true },
} as const satisfies Record<string, { retryable: boolean }>;

export type MetadataErrorCode = keyof typeof metadataErrorCodes;

export interface MetadataErrorDetails {
  /** Defaults to what the code says. */
  readonly retryable?: boolean | undefined;
  /** How long to wait, in milliseconds, where AppFlow or a budget of ours says so. */
  readonly retryAfterMs?: number | undefined;
  /** How often AppFlow was called, where that is known. */
  readonly upstreamCalls?: number | undefined;
  /** AWS's request id. */
  readonly upstreamRequestId?: string | undefined;
  /** The argument at fault, from the outermost name inwards: `['connectorProfileName']`. */
  readonly argumentPath?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/** The one error that crosses the port. Its message is written for the caller: what was expected, what came, no secrets. */
export class MetadataError extends Error {
  readonly code: MetadataErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly upstreamRequestId: string | null;
  readonly upstreamCalls: number | null;
  readonly argumentPath: readonly string[] | null;

  constructor(code: MetadataErrorCode, message: string, details: MetadataErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'MetadataError';
    this.code = code;
    this.retryable = details.retryable ?? metadataErrorCodes[code].retryable;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.upstreamRequestId = details.upstreamRequestId ?? null;
    this.upstreamCalls = details.upstreamCalls ?? null;
    this.argumentPath = details.argumentPath ?? null;
  }
}

/** Whether this is a `MetadataError`, of that code when one is given. */
export function isMetadataError(error: unknown, code?: MetadataErrorCode): error is MetadataError {
  return error instanceof MetadataError && (code === undefined || error.code === code);
}
