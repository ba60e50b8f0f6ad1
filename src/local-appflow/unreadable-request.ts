import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { AppflowError, type AppflowErrorCode } from './errors.ts';
import { toErrorAnswer } from './rest-json.ts';

const codes: Readonly<Record<string, AppflowErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeoutException',
  HPE_HEADER_OVERFLOW: 'RequestHeaderFieldsTooLargeException',
};

/** Answers bytes that are no HTTP request, as JSON like everything else, and ends the connection. For Node's `clientError`. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code = codes[error.code ?? ''] ?? 'SerializationException';
  const refusal = new AppflowError(code, 'The request could not be read as HTTP, in time and within limits.');
  const { status, headers, body } = toErrorAnswer(refusal, randomUUID());
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${code}\r\n${lines.join('')}\r\n${body}`);
}
