import type { CachedSource } from '../../src/cache/cached-source.ts';
import { isMetadataError, type MetadataErrorCode } from '../../src/metadata/errors.ts';
import type { Oracle } from './oracle.ts';
import { readSubject } from './read-subject.ts';
import type { SimulatedReplica } from './simulated-replica.ts';
import { type PossibleReset, possibleResets, type Subject, subjectNames } from './subjects.ts';
import type { World } from './world.ts';

/** Mean time between two visits of readers to a replica, in milliseconds. */
const visitEveryMs = 20;

/** After an answered reset everybody looks at once, and so many times more within the next moments. */
const lookAgainTimes = 4;
const lookAgainMeanMs = 250;

/** How a read or a reset may fail here; any other failure is the gateway's own. */
const possibleFailures: ReadonlySet<MetadataErrorCode> = new Set<MetadataErrorCode>([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_THROTTLED',
  'CONFLICT',
  'NOT_FOUND',
  'RESET_NOT_PROPAGATED',
  'UPSTREAM_RESET_UNCERTAIN',
]);

export interface TrafficOptions {
  readonly world: World;
  readonly oracle: Oracle;
  readonly replicas: readonly SimulatedReplica[];
  readonly resetEveryMs: number;
  readonly resetsInARow: number;
}

/** A reset that was answered. */
export interface AnsweredReset {
  readonly coherence: string;
  readonly durationMs: number;
}

/** The clients of all replicas: they read all the time, reset now and then, and look closely when a reset has been answered. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #pendingReads = new Map<CachedSource, number>();
  readonly complaints: string[] = [];
  readonly outcomes: Record<string, number> = {};
  resets = 0;
  #isOpen = true;

  constructor(options: TrafficOptions) {
    this.#options = options;
    for (const replica of options.replicas) this.#visitLater(replica);
    this.#resetLater();
  }

  /** No more visits and resets but those that are asked for. */
  close(): void {
    this.#isOpen = false;
  }

  /** Reads that a process was asked for and has not answered. */
  pendingReads(source: CachedSource): number {
    return this.#pendingReads.get(source) ?? 0;
  }

  /** Reads subjects of a replica, all at the same moment. */
  visit(replica: SimulatedReplica, subjects: readonly Subject[]): void {
    if (!replica.isServing) return;
    for (const subject of subjects) void this.read(replica, subject);
  }

  /** Reads one subject and has it judged; says which version came, if any did. */
  read({ source, number }: SimulatedReplica, subject: Subject): Promise<number | undefined> {
    const read = this.#options.oracle.beginRead(subject, number);
    this.#countPending(source, 1);
    return readSubject(source, subject).then(
      version => {
        this.#countPending(source, -1);
        this.#options.oracle.endRead(read, version);
        return version;
      },
      error => {
        this.#countPending(source, -1);
        this.#judgeFailure(error);
        return undefined;
      },
    );
  }

  /** Resets at a replica; says how it was answered, if it was. */
  async reset(replica: SimulatedReplica, reset: PossibleReset): Promise<AnsweredReset | undefined> {
    const { world, oracle } = this.#options;
    const beganAt = world.time.now;
    this.resets += 1;
    world.trace(() => `replica ${replica.number} is asked to reset ${JSON.stringify(reset.request)}`);
    try {
      const receipt = await replica.source.reset({ ...reset.request });
      world.trace(() => `replica ${replica.number} answers ${receipt.upstreamRequestId}: ${receipt.coherence}`);
      oracle.answer(reset, receipt);
      this.#countOutcome(receipt.coherence);
      this.#lookClosely(replica, reset);
      return { coherence: receipt.coherence, durationMs: world.time.now - beganAt };
    } catch (error) {
      this.#judgeFailure(error);
      this.#countOutcome(isMetadataError(error) ? error.code : 'other');
      world.trace(() => `replica ${replica.number} cannot reset: ${error}`);
      return undefined;
    }
  }

  #visitLater(replica: SimulatedReplica): void {
    const { time, random } = this.#options.world;
    time.after(random.exponential(visitEveryMs), () => {
      if (!this.#isOpen) return;
      this.visit(replica, subjectNames);
      this.#visitLater(replica);
    });
  }

  #resetLater(): void {
    const { world, resetEveryMs } = this.#options;
    world.time.after(world.random.exponential(resetEveryMs), () => {
      if (!this.#isOpen) return;
      this.#resetSomewhere(this.#options.replicas);
      this.#resetLater();
    });
  }

  #resetSomewhere(replicas: readonly SimulatedReplica[]): void {
    const serving = replicas.filter(({ isServing }) => isServing);
    const { random } = this.#options.world;
    if (serving.length > 0) void this.reset(random.pick(serving), random.pick(possibleResets));
  }

  /** The moment a reset is answered is the one that counts. */
  #lookClosely(resetting: SimulatedReplica, { reaches }: PossibleReset): void {
    const { world, replicas, resetsInARow } = this.#options;
    const { time, random } = world;
    const look = () => {
      for (const replica of replicas) this.visit(replica, reaches);
    };
    look();
    if (!this.#isOpen) return;
    for (let times = 0; times < lookAgainTimes; times += 1) time.after(random.exponential(lookAgainMeanMs), look);
    if (!random.chance(resetsInARow)) return;
    const others = replicas.filter(replica => replica !== resetting || random.chance(0.3));
    time.after(random.between(0, 60), () => this.#resetSomewhere(others));
  }

  #judgeFailure(error: unknown): void {
    if (isMetadataError(error) && possibleFailures.has(error.code)) return;
    this.complaints.push(`somebody was told: ${error instanceof Error ? error.stack : String(error)}`);
  }

  #countPending(source: CachedSource, by: number): void {
    this.#pendingReads.set(source, (this.#pendingReads.get(source) ?? 0) + by);
  }

  #countOutcome(outcome: string): void {
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
  }
}
