import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';

/**
 * Ends a server's connections without cutting off an answer. Node's own close ends the connections that are idle, but leaves
 * those that never sent a request (browsers open them ahead) until their timeout.
 */
export class ConnectionDrain {
  #begun = false;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #unused = new Set<Socket>();

  constructor(server: Server, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    server.on('connection', (socket: Socket) => {
      this.#unused.add(socket);
      socket.once('close', () => this.#unused.delete(socket));
    });
    server.on('request', request => this.#unused.delete(request.socket));
  }

  /** Whether answers should ask their connection to close. */
  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }

  /** Begins, and resolves when `close` has; what is still open after `graceMs` is cut off. */
  async end(graceMs: number, close: () => Promise<void>): Promise<void> {
    this.begin();
    const cancelGrace = this.#clock.setTimer(graceMs, () => this.#server.closeAllConnections());
    const closed = close();
    for (const socket of this.#unused) socket.end();
    await closed.finally(cancelGrace);
  }
}
