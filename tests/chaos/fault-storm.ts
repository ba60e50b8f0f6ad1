import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, type FaultName, type FaultScene, faults, type Victim } from './faults.ts';
import type { Replica } from './rig.ts';

export type FaultCounts = Partial<Record<FaultName, number>>;

/** Faults that may be under way at the same time. */
const faultsAtOnce = 3;

/** After so many faults everything heals for a while, so that resets that nothing stops are in the run, too. */
const faultsPerStorm = 20;
const calmLeases = 2;

/** Strikes with every kind of fault in turn, in an order and at moments that the scene's random numbers choose. */
export class FaultStorm {
  readonly #scene: FaultScene;
  readonly #tell: (line: string) => void;
  readonly #startedAt = performance.now();
  readonly #broken = new Set<Victim | 'redis'>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #counts: FaultCounts = {};
  #left: FaultName[] = [];

  /** @param tell Told of every fault as it strikes. */
  constructor(scene: FaultScene, tell: (line: string) => void) {
    this.#scene = scene;
    this.#tell = tell;
  }

  /** Goes on for a time and ends with everything whole. Says how often each fault struck; rejects when something did not heal. */
  async rage(durationMs: number): Promise<FaultCounts> {
    const { random, leaseMs } = this.#scene.rig;
    for (let count = 1; performance.now() < this.#startedAt + durationMs; count += 1) {
      this.#strikeNext();
      if (this.#underWay.size >= faultsAtOnce) await Promise.race(this.#underWay);
      await Promise.race([pause(random.between(0, 0.35) * leaseMs), ...this.#underWay]);
      if (count % faultsPerStorm === 0) await this.#calmDown();
    }
    await this.#calmDown();
    return this.#counts;
  }

  async #calmDown(): Promise<void> {
    await Promise.all(this.#underWay);
    await pause(calmLeases * this.#scene.rig.leaseMs);
  }

  #strikeNext(): void {
    if (this.#left.length === 0) this.#left = this.#scene.rig.random.shuffle(Object.keys(faults) as FaultName[]);
    const name = this.#left.pop();
    if (name === undefined) return;
    const target = this.#pickWhole(faults[name]);
    if (target) this.#strike(name, faults[name], target);
  }

  /** Something of the kind the fault breaks that is not broken already. */
  #pickWhole({ breaks }: Fault): Victim | 'redis' | undefined {
    if (breaks === 'redis') return this.#broken.has('redis') ? undefined : 'redis';
    const { replicas, random } = this.#scene.rig;
    const whole = replicas.filter(isVictim).filter(replica => !this.#broken.has(replica));
    return whole.length > 0 ? random.pick(whole) : undefined;
  }

  #strike(name: FaultName, fault: Fault, target: Victim | 'redis'): void {
    this.#tell(
      `${Math.round(performance.now() - this.#startedAt)} ms: ${name} ${target === 'redis' ? '' : target.name}`,
    );
    this.#broken.add(target);
    const strike = strikeOne(fault, target, this.#scene).then(() => {
      this.#counts[name] = (this.#counts[name] ?? 0) + 1;
      this.#broken.delete(target);
      this.#underWay.delete(strike);
    });
    this.#underWay.add(strike);
  }
}

function isVictim(replica: Replica): replica is Victim {
  return replica.proxy !== undefined;
}

async function strikeOne(fault: Fault, target: Victim | 'redis', scene: FaultScene): Promise<void> {
  if (fault.breaks === 'redis') await fault.strike(scene);
  else if (target !== 'redis') await fault.strike(target, scene);
}
