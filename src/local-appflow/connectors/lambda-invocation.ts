import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Clock } from '../../base/clock.ts';
import { SourceApplicationError } from './source-application.ts';

/** AppFlow gives a custom connector ten seconds to list, describe or configure (AWS's connector SDK). */
const patienceMs = 10_000;
/** What a function may answer at most (AWS Lambda: 6 MB). */
const maxAnswerBytes = 6 * 1024 * 1024;

/** What stood in the HTTP answer to an invocation. */
export interface InvocationAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends one event to a function, by a connection of its own, and follows no redirect. The signal ends it early.
 *
 * @throws SourceApplicationError after ten seconds, for an answer of more than 6 MB, and when there is none.
 */
export async function invokeLambda(
  url: URL,
  event: object,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<InvocationAnswer> {
  const tooLate = new AbortController();
  const stopTimer = clock.setTimer(patienceMs, () => tooLate.abort());
  const request = createRequest(url, AbortSignal.any([signal, tooLate.signal]));
  try {
    const response = await send(request, JSON.stringify(event));
    return { status: response.statusCode ?? 0, body: await readText(response) };
  } catch (cause) {
    if (cause instanceof SourceApplicationError) throw cause;
    throw new SourceApplicationError(describeFailure(cause, tooLate.signal, signal), { cause });
  } finally {
    stopTimer();
    request.destroy();
  }
}

/** Without an agent's pool: a kept connection that the emulator has closed meanwhile would look like a failure. */
function createRequest(url: URL, signal: AbortSignal): ClientRequest {
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return request(url, { method: 'POST', agent: false, headers, signal });
}

function send(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // The listener for errors stays: cutting the connection later may raise one that nobody waits for.
    request.on('response', resolve).on('error', reject).end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw new SourceApplicationError("The connector's answer is larger than 6 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's own sentences name addresses, so only the code is told. */
function describeFailure(error: unknown, tooLate: AbortSignal, closing: AbortSignal): string {
  if (closing.aborted) return 'Local AppFlow is being closed.';
  if (tooLate.aborted) return `The connector did not answer within ${patienceMs / 1000} seconds.`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return `The function of the connector cannot be reached or broke off (${code}).`;
}
