import { calm } from './conditions.ts';
import { type Emphasis, emphases, emphasisNames } from './emphases.ts';
import { FaultCounts } from './fault-counts.ts';
import { type Incident, incidents, type Site } from './incidents.ts';
import { Network } from './network.ts';
import { Oracle, type StaleRead } from './oracle.ts';
import { Random } from './random.ts';
import { checkRecovery } from './recovery-check.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { SimulatedAppflow } from './simulated-appflow.ts';
import { SimulatedRedis } from './simulated-redis.ts';
import { SimulatedReplica, type SimulatedReplicaOptions } from './simulated-replica.ts';
import { subjectNames } from './subjects.ts';
import { Traffic } from './traffic.ts';
import { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

/** How long things go wrong, in milliseconds of the simulated world. */
const stormMs = 12_000;

/** By then everything has to work again, or does not any more. */
const endMs = stormMs + 20_000;

/** Longer than a run: whatever was read before may come up again in every second run, unless a reset forbids it. */
const staleIfErrorMs = 60_000;

/** How many runs of the mixture are of a certain kind. */
const emphasisedShare = 0.3;

export interface SimulateOptions {
  /** Decides everything that happens. */
  readonly seed: number;
  /** What kind of run it is; `mixed` by default. */
  readonly emphasis?: Emphasis | undefined;
  /** Takes the log of the run, line by line. */
  readonly print?: (line: string) => void;
}

/** What came of one run. */
export interface SimulationOutcome {
  readonly seed: number;
  readonly reads: number;
  readonly fetches: number;
  readonly resets: number;
  readonly confirmed: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly stale: readonly StaleRead[];
  /** What else was wrong: failures nobody injected, reads without an answer, a gateway that does not recover. */
  readonly complaints: readonly string[];
  /** Equal for equal runs. */
  readonly digest: number;
}

/**
 * Runs the real cache and protocol in a simulated world for some seconds of its time: first a storm, then calm, in which everything has to work
 * again. Ends with the first stale read.
 */
export async function simulate({ seed, emphasis = 'mixed', print }: SimulateOptions): Promise<SimulationOutcome> {
  const random = new Random(seed);
  const scenario = emphasise(createScenario(random), emphasis, random);
  const world = createWorld(random, scenario, print);
  world.trace(() => `seed ${seed}: ${JSON.stringify(scenario)}`);
  const appflow = new SimulatedAppflow(world);
  const oracle = new Oracle(world, requestId => appflow.versionAtReset(requestId));
  const site = createSite(
    world,
    { ...scenario, staleIfErrorMs: seed % 2 === 0 ? staleIfErrorMs : 0 },
    appflow,
    replica => traffic.visit(replica, subjectNames),
  );
  const { replicas } = site;
  const traffic = new Traffic({ world, oracle, replicas, ...scenario });
  startIncidents(site, scenario);
  world.time.after(stormMs, () => {
    calmDown(site);
    traffic.close();
    checkRecovery({ world, appflow, replicas, traffic }).then(complaints => {
      traffic.complaints.push(...complaints);
      world.time.stop();
    });
  });
  world.time.after(endMs, () => {
    traffic.complaints.push('the run did not come to its end');
    world.time.stop();
  });
  await world.time.run();
  const { reads, stale, digest, confirmedResets: confirmed } = oracle;
  const { resets, outcomes, complaints } = traffic;
  const { fetches } = appflow;
  return { seed, reads, fetches, resets, confirmed, outcomes, faults: world.faults.byKind, stale, complaints, digest };
}

/** In the mixture, too, some runs are of a certain kind. */
function emphasise(scenario: Scenario, emphasis: Emphasis, random: Random): Scenario {
  if (emphasis !== 'mixed') return { ...scenario, ...emphases[emphasis] };
  return random.chance(emphasisedShare) ? { ...scenario, ...emphases[random.pick(emphasisNames)] } : scenario;
}

function createWorld(random: Random, { conditions }: Scenario, print?: (line: string) => void): World {
  const time = new VirtualTime();
  return {
    time,
    random,
    conditions,
    faults: new FaultCounts(),
    trace: describe => print?.(`${time.now.toFixed(3).padStart(11)}  ${describe()}`),
  };
}

function createSite(
  world: World,
  scenario: Scenario & Pick<SimulatedReplicaOptions, 'staleIfErrorMs'>,
  appflow: SimulatedAppflow,
  onWake: (replica: SimulatedReplica) => void,
): Site {
  const network = new Network(world);
  const redis = new SimulatedRedis(world);
  const replicas: SimulatedReplica[] = [];
  const site = { world, network, redis, replicas, onWake };
  const onAppended = (origin: number) => ambush(site, scenario, origin);
  for (let number = 0; number < scenario.replicaCount; number += 1) {
    replicas.push(new SimulatedReplica({ world, number, network, redis, appflow, onAppended, ...scenario }));
  }
  return site;
}

function startIncidents(site: Site, { incidentEveryMs }: Scenario): void {
  const { time, random } = site.world;
  const strikeLater = (incident: Incident, everyMs: number): void => {
    time.after(random.exponential(everyMs), () => {
      if (time.now >= stormMs) return;
      incidents[incident](site, random.pick(site.replicas));
      strikeLater(incident, everyMs);
    });
  };
  for (const [incident, everyMs] of Object.entries(incidentEveryMs)) strikeLater(incident as Incident, everyMs);
}

/** A reset has been added to the log: the moment at which it matters most who misses it. */
function ambush(site: Site, { ambushes, ambushChance }: Scenario, origin: number): void {
  const { time, random } = site.world;
  if (time.now >= stormMs || ambushes.length === 0 || !random.chance(ambushChance)) return;
  const incident = random.pick(ambushes);
  const victims = site.replicas.filter(({ number }) => (number === origin) === random.chance(0.15));
  // Not in the middle of the command that was the occasion.
  if (victims.length > 0) time.after(0, () => incidents[incident](site, random.pick(victims)));
}

function calmDown({ world, network, redis, replicas }: Site): void {
  world.trace(() => 'calm');
  world.conditions = calm;
  network.heal();
  redis.recover();
  for (const replica of replicas) {
    replica.machine.wake();
    replica.recover();
  }
}
