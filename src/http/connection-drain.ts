import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, pause } from '../base/clock.ts';

/**
 * How long kept-alive connections are listened to once more, before nobody is let in any more: their next request is answered, and told that it
 * was the last one. Ending them at once would reset the connections of the busiest clients.
 */
const lingerMs = 1_000;

/** How long a request that has not arrived in full may then take to: answers are worth waiting for, stalled uploads are not. */
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
   * Begins, and resolves when `close` has, which is called after a second, or at once where nobody is connected. A second later requests that
   * have not arrived in full are cut off, and after `graceMs` what is still open.
   */
  async end(graceMs: number, close: () => Promise<void>): Promise<void> {
    this.begin();
    const cancels = [
      this.#clock.setTimer(Math.min(graceMs, lingerMs + arrivalGraceMs), () => this.#cutUnarrived()),
      this.#clock.setTimer(graceMs, () => this.#server.closeAllConnections()),
    ];
    if (this.#sockets.size > 0 && graceMs > 0) await pause(this.#clock, Math.min(graceMs, lingerMs));
    await close().finally(() => {
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
