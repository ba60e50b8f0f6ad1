import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { SimulatedRedis } from './simulated-redis.ts';
import type { SimulatedReplica } from './simulated-replica.ts';
import type { World } from './world.ts';

/** What incidents happen to. */
export interface Site {
  readonly world: World;
  readonly network: Network;
  readonly redis: SimulatedRedis;
  readonly replicas: readonly SimulatedReplica[];
  /** Told when a replica runs again after a pause, before it does anything else. */
  readonly onWake: (replica: SimulatedReplica) => void;
}

/** Everything that can go wrong at once and for a while; what concerns a replica happens to the one given. */
export const incidents = {
  partition: ({ world, network }, { number }) => network.cut(number, someTime(world.random)),
  redisStall: ({ world, redis }) => redis.stall(someTime(world.random)),
  redisRestart: ({ world, redis }) => redis.crash('kept', someTime(world.random)),
  redisLoss: ({ world, redis }) => redis.crash('lost', someTime(world.random)),
  redisSnapshot: ({ world, redis }) => redis.crash('older', someTime(world.random)),
  redisFailover: ({ redis }) => redis.failOver(),
  redisFailback: ({ redis }) => redis.failBack(),
  redisFlush: ({ redis }) => redis.flush(),
  replicaCrash: ({ world }, replica) => replica.crash(someTime(world.random)),
  replicaRestart: ({ world }, replica) => {
    void replica.restart(someTime(world.random));
  },
  replicaStall: (site, replica) => pauseReplica(site, replica, false),
  replicaFreeze: (site, replica) => {
    if (mayFreeze(replica)) pauseReplica(site, replica, true);
  },
  wallJump: (site, replica) => {
    if (!mayFreeze(replica)) jumpWall(site, replica);
  },
} as const satisfies Record<string, (site: Site, replica: SimulatedReplica) => void>;

export type Incident = keyof typeof incidents;

/** As often short as long, measured by a lease. */
function someTime(random: Random): number {
  return random.chance(0.5) ? random.between(10, 600) : random.between(900, 2_600);
}

/**
 * The protocol assumes that a machine does not fool both of its clocks at a time: that while the monotonic one stands still nobody
 * sets the wall clock back. So each machine has one clock that can be fooled.
 */
function mayFreeze({ number }: SimulatedReplica): boolean {
  return number % 2 === 0;
}

function pauseReplica({ world, onWake }: Site, replica: SimulatedReplica, freezesMonotonic: boolean): void {
  const { machine } = replica;
  if (!machine.isRunning) return;
  const forMs = someTime(world.random);
  world.faults.count(freezesMonotonic ? 'replica frozen' : 'replica stopped');
  world.trace(() => `replica ${replica.number} is paused for ${Math.round(forMs)} ms, frozen: ${freezesMonotonic}`);
  const wake = machine.pause({ freezesMonotonic });
  world.time.after(forMs, () => {
    if (!wake()) return;
    world.trace(() => `replica ${replica.number} wakes up`);
    onWake(replica);
  });
}

function jumpWall({ world }: Site, { number, machine }: SimulatedReplica): void {
  const byMs = world.random.between(-5_000, 5_000);
  world.faults.count('wall clock set');
  world.trace(() => `the wall clock of replica ${number} is set by ${Math.round(byMs)} ms`);
  machine.clock.jumpWall(byMs);
}
