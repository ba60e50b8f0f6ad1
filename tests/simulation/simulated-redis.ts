import { type ResetLogContent, ResetLogServer } from './reset-log-server.ts';
import type { World } from './world.ts';

/** A command that has arrived, and where its outcome goes. */
interface Arrived {
  readonly execute: (server: ResetLogServer) => void;
  readonly refuse: () => void;
}

/** How a server starts again: with all it had, with nothing, or with what it had had some time before. */
export type Restart = 'kept' | 'lost' | 'older';

/** How far back copies are kept, and how often one is made, in milliseconds. */
const copiedMs = 2_000;
const copyEveryMs = 100;

/** The server of the reset log: it can be stopped for a while, crash, lose its data, or be replaced by a copy that lags behind. */
export class SimulatedRedis {
  readonly #world: World;
  readonly #subscribers = new Set<() => void>();
  readonly #waiting: Arrived[] = [];
  readonly #copies: (ResetLogContent | undefined)[] = [];
  #server: ResetLogServer;
  #runId = '';
  #previousRunId: string | undefined;
  #state: 'up' | 'stalled' | 'down' = 'up';
  #names = 0;

  constructor(world: World) {
    this.#world = world;
    this.#server = this.#createServer(undefined);
    this.#copyRegularly();
  }

  /** Takes a command: runs it now, later, or not at all. */
  take(command: Arrived): void {
    if (this.#state === 'stalled') this.#waiting.push(command);
    else if (this.#state === 'up') command.execute(this.#server);
    else if (this.#world.random.chance(0.7)) command.refuse();
  }

  /** Calls back with every nudge that is published, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  }

  publish(): void {
    for (const listener of this.#subscribers) listener();
  }

  /** Does nothing for a while, and then everything that was asked meanwhile. */
  stall(forMs: number): void {
    if (this.#state !== 'up') return;
    this.#world.faults.count('redis stalled');
    this.#world.trace(() => `redis is stopped for ${Math.round(forMs)} ms`);
    this.#state = 'stalled';
    this.#world.time.after(forMs, () => this.recover());
  }

  /** A copy that lags behind takes over at once. */
  failOver(): void {
    if (this.#state !== 'up') return;
    this.#world.faults.count('redis failed over to a lagging copy');
    this.#world.trace(() => 'redis fails over to a lagging copy');
    this.#previousRunId = this.#runId;
    this.#server = this.#createServer(this.#contentAfter('older'));
  }

  /** The server that was the primary before the last failover takes over again, with all that has happened since. */
  failBack(): void {
    if (this.#state !== 'up' || this.#previousRunId === undefined) return;
    this.#world.faults.count('redis failed back');
    this.#world.trace(() => 'redis fails back');
    this.#server = this.#createServer(this.#server.copy(), this.#previousRunId);
    this.#previousRunId = undefined;
  }

  /** Crashes, and starts again after a while. */
  crash(restart: Restart, forMs: number): void {
    if (this.#state !== 'up') return;
    const content = this.#contentAfter(restart);
    this.#world.faults.count(`redis crashed, data ${restart}`);
    this.#world.trace(() => `redis crashes for ${Math.round(forMs)} ms, data ${restart}`);
    this.#previousRunId = undefined;
    this.#server = this.#createServer(content);
    this.#state = 'down';
    this.#world.time.after(forMs, () => this.recover());
  }

  flush(): void {
    this.#world.faults.count('redis flushed');
    this.#world.trace(() => 'redis is flushed');
    this.#server.flush();
  }

  /** Runs again, if it does not. */
  recover(): void {
    if (this.#state === 'up') return;
    this.#state = 'up';
    this.#world.trace(() => 'redis is back');
    for (const command of this.#waiting.splice(0)) command.execute(this.#server);
  }

  #contentAfter(restart: Restart): ResetLogContent | undefined {
    if (restart === 'kept') return this.#server.copy();
    return restart === 'older'
      ? this.#world.random.pick([{ of: undefined }, ...this.#copies.map(of => ({ of }))]).of
      : undefined;
  }

  #createServer(content: ResetLogContent | undefined, runId = this.#createName('run')): ResetLogServer {
    this.#runId = runId;
    return new ResetLogServer({
      runId,
      replicationId: this.#createName('replication'),
      createIncarnation: () => this.#createName('log'),
      content,
    });
  }

  #createName(kind: string): string {
    this.#names += 1;
    return `${kind}${this.#names}`;
  }

  #copyRegularly(): void {
    this.#copies.push(this.#server.copy());
    if (this.#copies.length > copiedMs / copyEveryMs) this.#copies.shift();
    this.#world.time.after(copyEveryMs, () => this.#copyRegularly());
  }
}
