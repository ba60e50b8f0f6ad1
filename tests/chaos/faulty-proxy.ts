import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * How a network treats what passes through it. In a black hole nothing passes in either direction, and no connection ends; `deaf` lets
 * commands through and withholds the answers. What was withheld arrives when that is over, late, as TCP would have it.
 */
export type NetworkMode =
  | { readonly kind: 'pass' }
  | { readonly kind: 'delay'; readonly ms: () => number }
  | { readonly kind: 'black-hole' }
  | { readonly kind: 'deaf' };

type Direction = 'to-server' | 'to-client';

interface Pipe {
  readonly direction: Direction;
  readonly target: Socket;
  readonly queue: { readonly chunk: Buffer; readonly due: number }[];
  hasEnded: boolean;
}

/** A TCP proxy in front of a Redis, one for each replica, that can be told to misbehave. */
export class FaultyProxy {
  readonly #server: Server;
  #targetPort: number;
  readonly #pipes = new Set<Pipe>();
  readonly #sockets = new Set<Socket>();
  #mode: NetworkMode = { kind: 'pass' };
  #dropsNudges = false;
  #onAppend: () => void = () => undefined;

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.#targetPort = targetPort;
    server.on('connection', client => this.#link(client));
  }

  /** Listens on a free port of loopback. */
  static async start(targetPort: number): Promise<FaultyProxy> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultyProxy(server, targetPort);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where connections lead that are made from now on; those that are there stay. */
  redirect(port: number): void {
    this.#targetPort = port;
  }

  setMode(mode: NetworkMode): void {
    this.#mode = mode;
    for (const pipe of this.#pipes) this.#flush(pipe);
  }

  /** Whether what a server says to a subscriber is lost. */
  dropNudges(drops: boolean): void {
    this.#dropsNudges = drops;
  }

  /** Calls back, once, when a reset is about to be appended to the log, before the command has left for the server. */
  onNextAppend(listener: () => void): void {
    this.#onAppend = listener;
  }

  /** Breaks every connection. */
  resetConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#pipes.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#pipes.clear();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #link(client: Socket): void {
    const server = connect({ port: this.#targetPort, host: '127.0.0.1', noDelay: true });
    const toServer = this.#open('to-server', client, server);
    const toClient = this.#open('to-client', server, client);
    let isSubscriber = false;
    client.on('data', chunk => {
      if (chunk.includes('subscribe')) isSubscriber = true;
      if (chunk.includes('"origin"')) this.#tellAppend();
      this.#forward(toServer, chunk);
    });
    server.on('data', chunk => {
      if (!(isSubscriber && this.#dropsNudges)) this.#forward(toClient, chunk);
    });
  }

  #open(direction: Direction, source: Socket, target: Socket): Pipe {
    const pipe: Pipe = { direction, target, queue: [], hasEnded: false };
    this.#pipes.add(pipe);
    this.#sockets.add(source);
    // A reset is a way to end; `close` follows it.
    source.on('error', () => undefined);
    source.on('close', () => {
      this.#sockets.delete(source);
      pipe.hasEnded = true;
      this.#flush(pipe);
    });
    return pipe;
  }

  #tellAppend(): void {
    const listener = this.#onAppend;
    this.#onAppend = () => undefined;
    listener();
  }

  #forward(pipe: Pipe, chunk: Buffer): void {
    const delayMs = this.#mode.kind === 'delay' ? this.#mode.ms() : 0;
    const lastDue = pipe.queue.at(-1)?.due ?? 0;
    pipe.queue.push({ chunk, due: Math.max(lastDue, performance.now() + delayMs) });
    this.#flush(pipe);
  }

  /** Sends what is due, in order, then waits for the next or passes on the end. */
  #flush(pipe: Pipe): void {
    if (this.#withholds(pipe.direction) || !this.#pipes.has(pipe)) return;
    for (let head = pipe.queue[0]; head !== undefined; head = pipe.queue[0]) {
      const waitMs = head.due - performance.now();
      if (waitMs > 0) {
        setTimeout(() => this.#flush(pipe), waitMs);
        return;
      }
      pipe.queue.shift();
      if (!pipe.target.destroyed) pipe.target.write(head.chunk);
    }
    if (!pipe.hasEnded) return;
    this.#pipes.delete(pipe);
    pipe.target.end();
  }

  #withholds(direction: Direction): boolean {
    if (this.#mode.kind === 'black-hole') return true;
    return this.#mode.kind === 'deaf' && direction === 'to-client';
  }
}
