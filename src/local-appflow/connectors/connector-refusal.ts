import { SourceApplicationError } from './source-application.ts';

/** Why a connector says it failed (AWS's connector SDK); every member may be missing. */
export interface ConnectorErrorDetails {
  readonly errorCode?: string | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly retryAfterSeconds?: number | null | undefined;
}

const credentialCodes: readonly unknown[] = ['InvalidCredentials', 'AccessDenied'];
/** Longer sentences of a connector are cut, so that no stack trace or page of HTML becomes an error message. */
const maxMessageLength = 1000;

/** An answer with `isSuccess: false` as the failure it stands for, in the connector's own words. */
export function toConnectorRefusal(details: ConnectorErrorDetails | null | undefined): SourceApplicationError {
  const { errorCode, errorMessage, retryAfterSeconds } = details ?? {};
  if (!errorCode && !errorMessage) return noUsableAnswer('It failed without saying why.');
  const said = [errorCode, errorMessage && shorten(errorMessage)].filter(Boolean).join(': ');
  const later = typeof retryAfterSeconds === 'number' ? ` (retry after ${retryAfterSeconds} seconds)` : '';
  return new SourceApplicationError(`${said}${later}`, { refusedCredentials: credentialCodes.includes(errorCode) });
}

/** An answer nobody can use: AppFlow's own sentence for it, as seen on AWS, and then what is wrong with it. */
export function noUsableAnswer(detail: string, cause?: unknown): SourceApplicationError {
  const seen = 'Got error from connector. No valid response and error details found in the connector response.';
  return new SourceApplicationError(`${seen} ${detail}`, cause === undefined ? {} : { cause });
}

function shorten(text: string): string {
  return text.length <= maxMessageLength ? text : `${text.slice(0, maxMessageLength - 1)}…`;
}
