import type { World } from './world.ts';

export type MessageKind = 'request' | 'reply' | 'nudge';

interface Cut {
  readonly until: number;
  /** Whether what is sent arrives after the cut, as over a connection that held, or never. */
  readonly holdsMessages: boolean;
  readonly kinds: readonly MessageKind[];
}

/** The network between the replicas and the reset log. Messages may be late, overtake each other, or be lost; cut off is one replica at a time. */
export class Network {
  readonly #world: World;
  readonly #cuts = new Map<number, Cut>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Cuts one replica off for a while. */
  cut(replica: number, forMs: number): void {
    const { time, random, faults } = this.#world;
    const kinds = random.pick<readonly MessageKind[]>([['request', 'reply', 'nudge'], ['request'], ['reply', 'nudge']]);
    const until = Math.max(time.now + forMs, this.#cuts.get(replica)?.until ?? 0);
    const cut = { until, holdsMessages: random.chance(0.4), kinds };
    this.#cuts.set(replica, cut);
    faults.count('partition');
    this.#world.trace(() => `replica ${replica} is cut off for ${Math.round(forMs)} ms: ${JSON.stringify(cut)}`);
  }

  heal(): void {
    this.#cuts.clear();
  }

  /** Carries one message between a replica and the log, whichever way. */
  carry(replica: number, kind: MessageKind, deliver: () => void): void {
    const delayMs = this.#delay(replica, kind);
    if (delayMs === undefined) return;
    const { time, random, conditions, faults } = this.#world;
    time.after(delayMs, deliver);
    if (kind !== 'nudge' || !random.chance(conditions.duplicatedNudges)) return;
    faults.count('nudge duplicated');
    time.after(delayMs + random.between(0, 1000), deliver);
  }

  /** How long a message that is sent now takes; `undefined` when it gets lost. */
  #delay(replica: number, kind: MessageKind): number | undefined {
    const { time, random, conditions, faults } = this.#world;
    const cut = this.#cuts.get(replica);
    if (cut && cut.until > time.now && cut.kinds.includes(kind)) {
      return cut.holdsMessages ? cut.until - time.now + random.between(0, 5) : undefined;
    }
    if (random.chance(this.#lossOf(kind))) {
      faults.count(`${kind} lost`);
      return undefined;
    }
    if (!this.#isSlow(replica, kind)) return 0.1 + random.exponential(0.4);
    faults.count(`${kind} slow`);
    return random.between(5, conditions.slowMessageMs);
  }

  #isSlow(replica: number, kind: MessageKind): boolean {
    const { slowLinks, slowRequests, slowReplies } = this.#world.conditions;
    if (slowLinks === 'even' && replica % 2 === 1) return false;
    return this.#world.random.chance(kind === 'request' ? slowRequests : slowReplies);
  }

  #lossOf(kind: MessageKind): number {
    const { lostRequests, lostReplies, lostNudges } = this.#world.conditions;
    return { request: lostRequests, reply: lostReplies, nudge: lostNudges }[kind];
  }
}
