import type { ResetReceipt } from '../../src/metadata/source.ts';
import { type PossibleReset, possibleResets, type Subject, subjectNames } from './subjects.ts';
import type { World } from './world.ts';

/** A read that returned what an answered reset had forbidden. */
export interface StaleRead {
  readonly subject: Subject;
  readonly replica: number;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly version: number;
  /** The read had to return something newer than this. */
  readonly forbidden: number;
}

/** A read from its beginning on. */
export interface BegunRead {
  readonly subject: Subject;
  readonly replica: number;
  readonly beganAt: number;
  readonly forbidden: number;
}

/**
 * Judges reads by what can be seen from outside: which versions AppFlow had when a reset took effect, when that reset was answered, when a read
 * began and what it returned. It knows nothing of caches, leases and logs.
 */
export class Oracle {
  readonly #world: World;
  readonly #versionAtReset: (requestId: string) => number | undefined;
  readonly #forbidden = new Map<Subject, number>(subjectNames.map(name => [name, -1]));
  readonly stale: StaleRead[] = [];
  reads = 0;
  confirmedResets = 0;
  /** Of everything that was read, in the order in which it came: equal for equal runs. */
  digest = 0;

  constructor(world: World, versionAtReset: (requestId: string) => number | undefined) {
    this.#world = world;
    this.#versionAtReset = versionAtReset;
  }

  /** A reset has been answered: from now on nothing may be read that AppFlow had before it took effect. */
  answer({ reaches }: PossibleReset, { upstreamRequestId }: ResetReceipt): void {
    const version = this.#versionAtReset(upstreamRequestId ?? '');
    if (version === undefined) throw new Error(`the reset ${upstreamRequestId} was answered and never took effect`);
    this.confirmedResets += 1;
    for (const subject of reaches) this.#forbidden.set(subject, Math.max(version, this.#forbidden.get(subject) ?? -1));
  }

  beginRead(subject: Subject, replica: number): BegunRead {
    this.reads += 1;
    return { subject, replica, beganAt: this.#world.time.now, forbidden: this.#forbidden.get(subject) ?? -1 };
  }

  endRead(read: BegunRead, version: number): void {
    this.digest = Math.imul(this.digest ^ version ^ (read.replica << 24), 16_777_619);
    if (version > read.forbidden) return;
    const stale = { ...read, version, endedAt: this.#world.time.now };
    this.stale.push(stale);
    this.#world.trace(() => `STALE ${JSON.stringify(stale)}`);
    this.#world.time.stop();
  }
}

/** The reset that somebody may ask for with these words, for a story that needs a certain one. */
export function resetOf(subject: Subject): PossibleReset {
  const reset = possibleResets.find(({ reaches }) => reaches.includes(subject));
  if (!reset) throw new Error(`expected a subject that can be reset, got ${subject}`);
  return reset;
}
