import { SourceApplicationError } from './source-application.ts';

/**
 * Translates what `pg` rejects with. PostgreSQL's own sentences name users and hosts, so only the code goes into the message;
 * codes of class 28 (PostgreSQL: invalid authorization specification) mean that it refused the credentials.
 */
export function toSourceApplicationError(cause: unknown): SourceApplicationError {
  // A server that wants a password where the URL has none: the driver gives up with a plain error.
  const refusedCredentials = codeOf(cause).startsWith('28') || messageOf(cause).startsWith('SASL');
  return new SourceApplicationError(describe(cause, refusedCredentials), { refusedCredentials, cause });
}

/** SQLSTATE or the system's error code; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * Whether an established connection was lost (PostgreSQL: 08xxx connection exceptions, 57P0x shutdown): a pooled one is noticed to
 * be dead only when it is used, so a new one may do.
 */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08...|57P0.|ECONNRESET|EPIPE)$/.test(code)) return true;
  return code === '' && /^Connection terminated( unexpectedly)?$/.test(messageOf(error));
}

function describe(cause: unknown, refusedCredentials: boolean): string {
  const code = codeOf(cause);
  const message = messageOf(cause);
  const inBrackets = code ? ` (${code})` : '';
  if (refusedCredentials) return `PostgreSQL refused the credentials${inBrackets}.`;
  if (code === '3D000') return 'PostgreSQL has no database of that name (3D000).';
  if (code === '57014' || /timeout/i.test(message)) return `PostgreSQL did not answer in time${inBrackets}.`;
  if (/ SSL /.test(message)) return `PostgreSQL offers no encrypted connection as the URL asks for one${inBrackets}.`;
  if (isLostConnection(cause) || /^E[A-Z]+$/.test(code)) return `PostgreSQL is not reachable${inBrackets}.`;
  return `PostgreSQL could not answer${inBrackets}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
