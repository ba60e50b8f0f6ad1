import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { AppflowError, type AppflowErrorCode } from './errors.ts';
import { toErrorAnswer } from './rest-json.ts';

/** How long a client that was refused may go on sending: cut off at once, it might never read why. */
const lingerMs = 2_000;

const codes: Readonly<Record<string, AppflowErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeoutException',
  HPE_HEADER_OVERFLOW: 'RequestHeaderFieldsTooLargeException',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'RequestEntityTooLargeException',
};

/**
 * The requests under way and the connections they came on. It answers, as JSON like everything else, what never becomes a
 * request: bytes that are no HTTP, and CONNECT. Such an answer waits for its turn and is the connection's last.
 */
export class Exchanges {
  readonly #clock: Clock;
  readonly #underWay = new Set<ServerResponse>();
  readonly #latest = new WeakMap<Duplex, ServerResponse>();
  readonly #refused = new Set<Duplex>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of a request, until its answer is out or its connection gone. */
  begin({ socket }: IncomingMessage, response: ServerResponse): void {
    this.#latest.set(socket, response);
    this.#underWay.add(response);
    response.once('close', () => this.#underWay.delete(response));
  }

  /** Fulfils once nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all([...this.#underWay].map(untilClosed));
  }

  /** Refuses what Node could not read; for its `clientError`, which comes again with every further chunk. */
  async refuse(error: NodeJS.ErrnoException | AppflowError, socket: Duplex): Promise<void> {
    if (this.#refused.has(socket)) return;
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    this.#refused.add(socket);
    socket.once('close', () => this.#refused.delete(socket));
    socket.on('error', () => socket.destroy());
    await this.#turnOf(socket);
    if (this.#wasAnswered(socket)) socket.destroy();
    else this.#answer(error, socket);
  }

  /** Cuts the connections of those who were refused and have not gone by themselves. */
  cutRefused(): void {
    for (const socket of this.#refused) socket.destroy();
  }

  /** Requests that were pipelined before the unreadable one are answered before it. */
  async #turnOf(socket: Duplex): Promise<void> {
    const earlier = [...this.#underWay].filter(({ req }) => req.socket === socket && req.complete);
    await Promise.all(earlier.map(untilClosed));
  }

  /** Whether what cannot be read is the rest of a request that has its answer: a second one would be taken for the next's. */
  #wasAnswered(socket: Duplex): boolean {
    const latest = this.#latest.get(socket);
    return latest !== undefined && !latest.req.complete && latest.headersSent;
  }

  #answer(error: NodeJS.ErrnoException | AppflowError, socket: Duplex): void {
    const { status, headers, body } = toErrorAnswer(toRefusal(error), randomUUID());
    const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${headers['x-amzn-errortype']}\r\n${lines.join('')}\r\n${body}`);
    socket.resume();
    socket.once(
      'close',
      this.#clock.setTimer(lingerMs, () => socket.destroy()),
    );
  }
}

function untilClosed(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    response.once('close', resolve);
  });
}

function toRefusal(error: NodeJS.ErrnoException | AppflowError): AppflowError {
  if (error instanceof AppflowError) return error;
  const code = codes[error.code ?? ''] ?? 'SerializationException';
  return new AppflowError(code, 'The request could not be read as HTTP, in time and within limits.');
}
