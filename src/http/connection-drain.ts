import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';

/** How long a request that has not arrived in full may still take to: answers are worth waiting for, stalled uploads are not. */
const arrivalGraceMs = 1_000;

/**
 * Ends a server's connections without cutting off an answer. Node's own close ends the connections that are idle, but leaves
 * those that never sent a request (browsers open them ahead) or never finished one until their timeout.
 */
export class ConnectionDrain {
  #begun = false;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #sockets = new Set<Socket>();
  readonly #unanswered = new Set<IncomingMessage>();

  constructor(server: Server, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#unanswered.add(request);
      response.once('close', () => this.#unanswered.delete(request));
    });
  }

  /** Whether answers should ask their connection to close. */
  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }

  /**
   * Begins, and resolves when `close` has. Requests that have not arrived in full after a second, and what is still open after
   * `graceMs`, are cut off.
   */
  async end(graceMs: number, close: () => Promise<void>): Promise<void> {
    this.begin();
    const cancels = [
      this.#clock.setTimer(Math.min(graceMs, arrivalGraceMs), () => this.#cutUnarrived()),
      this.#clock.setTimer(graceMs, () => this.#server.closeAllConnections()),
    ];
    const closed = close();
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.end();
    await closed.finally(() => {
      for (const cancel of cancels) cancel();
    });
  }

  /** A connection stays only while an answer is owed on it. */
  #cutUnarrived(): void {
    const arrived = [...this.#unanswered].filter(({ complete }) => complete);
    const owing = new Set(arrived.map(({ socket }) => socket));
    for (const socket of this.#sockets) if (!owing.has(socket)) socket.destroy();
  }
}
