import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HttpError, httpErrorCodes, toErrorBody } from './errors.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * Answers what never became a request: bytes that are not HTTP, headers beyond Node's 16 KiB, a client that stalls. There is no
 * reply object at this level, so the answer is written to the socket as it is, and the connection ends.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(fromNodeCode(error.code)), () => socket.destroy());
}

function fromNodeCode(code: string | undefined): HttpError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HttpError('REQUEST_HEADERS_TOO_LARGE', 'URL and headers together must not be larger than 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpError('REQUEST_TIMEOUT', 'The request did not arrive in time.');
    default:
      return new HttpError('BAD_REQUEST', 'The request is not valid HTTP.');
  }
}

function rawAnswer({ code, message }: HttpError): string {
  const { status } = httpErrorCodes[code];
  const body = toErrorBody(code, message);
  const headers = {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
    'x-request-id': randomUUID(),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
