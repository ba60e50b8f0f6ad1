import { CachedSource } from '../../src/cache/cached-source.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { LeaseCoherence } from '../../src/cache/lease-coherence.ts';
import { Machine } from './machine.ts';
import type { Network } from './network.ts';
import { AppflowConnection, type SimulatedAppflow } from './simulated-appflow.ts';
import type { SimulatedRedis } from './simulated-redis.ts';
import { SimulatedResetLog } from './simulated-reset-log.ts';
import type { World } from './world.ts';

export const leaseMs = 1_000;

export interface SimulatedReplicaOptions {
  readonly world: World;
  readonly number: number;
  readonly network: Network;
  readonly redis: SimulatedRedis;
  readonly appflow: SimulatedAppflow;
  readonly extremeDrift: boolean;
  readonly ttlMs: number;
  readonly maxBytes: number;
  /** How long past their time answers are served when AppFlow fails; 0: never. */
  readonly staleIfErrorMs: number;
  /** Told when the record of a reset made here was added to the log. */
  readonly onAppended: (replica: number) => void;
}

/** One process: the real cache and the real protocol on a simulated machine. */
interface Process {
  readonly machine: Machine;
  readonly log: SimulatedResetLog;
  readonly coherence: LeaseCoherence;
  readonly source: CachedSource;
}

/** A replica of the gateway: a process, and after a crash or a restart the next one, which remembers nothing. */
export class SimulatedReplica {
  readonly number: number;
  readonly #options: SimulatedReplicaOptions;
  #process: Process;
  #starts = 0;
  #isDown = false;
  #isClosing = false;

  constructor(options: SimulatedReplicaOptions) {
    this.number = options.number;
    this.#options = options;
    this.#process = this.#start();
  }

  /** Whether the load balancer sends it anything. */
  get isServing(): boolean {
    return !this.#isDown && this.#process.machine.isRunning;
  }

  get source(): CachedSource {
    return this.#process.source;
  }

  get machine(): Machine {
    return this.#process.machine;
  }

  /** Dies between two of its steps, and starts again after a while. */
  crash(forMs: number): void {
    if (this.#isDown) return;
    const { world } = this.#options;
    world.faults.count('replica crashed');
    world.trace(() => `replica ${this.number} crashes for ${Math.round(forMs)} ms`);
    this.#end(forMs);
  }

  /** Stops as it is asked to: it leaves the others while the last reads still come, and starts again after a while. */
  async restart(forMs: number): Promise<void> {
    if (!this.isServing || this.#isClosing) return;
    const { world } = this.#options;
    const { coherence } = this.#process;
    const starts = this.#starts;
    world.faults.count('replica restarted');
    world.trace(() => `replica ${this.number} stops for ${Math.round(forMs)} ms`);
    this.#isClosing = true;
    await coherence.close();
    if (this.#starts === starts) this.#end(forMs);
  }

  /** Starts again at once, if it is not running or about to stop. */
  recover(): void {
    if (!this.#isDown && !this.#isClosing) return;
    this.#process.machine.die();
    this.#process = this.#start();
  }

  #end(forMs: number): void {
    const { machine, log } = this.#process;
    machine.die();
    void log.close();
    this.#isDown = true;
    const starts = this.#starts;
    this.#options.world.time.after(forMs, () => {
      if (this.#starts === starts) this.recover();
    });
  }

  #start(): Process {
    const { world, network, redis, appflow, extremeDrift, ttlMs, maxBytes, staleIfErrorMs, onAppended, number } =
      this.#options;
    this.#starts += 1;
    this.#isDown = false;
    this.#isClosing = false;
    const member = `replica${number}.${this.#starts}`;
    world.trace(() => `${member} starts`);
    const machine = new Machine({ time: world.time, random: world.random, extremeDrift });
    const { clock } = machine;
    const log = new SimulatedResetLog({
      world,
      replica: number,
      machine,
      network,
      redis,
      onAppended: () => onAppended(number),
    });
    const cache = new CoherentCache({ clock, maxBytes, staleIfErrorMs });
    const coherence = new LeaseCoherence({ log, cache, clock, member, leaseMs });
    const connection = new AppflowConnection(appflow, machine);
    const source = new CachedSource({ source: connection, cache, coherence, clock, ttlMs, directoryTtlMs: ttlMs });
    coherence.start();
    return { machine, log, coherence, source };
  }
}
