import type { Emphasis } from './emphases.ts';

/** A way to get the protocol wrong, as one change of its text, and how to tell. */
export interface Mutant {
  /** What is wrong. */
  readonly name: string;
  /** The file it is in, from the root of the project. */
  readonly file: string;
  /** A text that is there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What runs are like in which it shows soon. */
  readonly emphasis: Emphasis;
  /** It has to be caught within so many reads; the unchanged code must not fail in as many. */
  readonly budget: number;
}

/** The thirteen ways to get it wrong that were known, and those that were learnt here. */
export const mutants: readonly Mutant[] = [
  {
    name: 'flights are not detached',
    file: 'src/cache/coherent-cache.ts',
    find: 'return this.#removeWhere(({ ref }) => reaches(reset, ref));',
    replace: 'return this.#removeWhere(({ ref, settled }) => settled && reaches(reset, ref));',
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'the lease counts from the reply',
    file: 'src/cache/log-follower.ts',
    find: 'this.#lease.extend(start);',
    replace: 'this.#lease.extend(this.#lease.startRenewal());',
    emphasis: 'lateAnswers',
    budget: 1_500_000,
  },
  {
    name: 'no margin for drifting clocks',
    file: 'src/cache/lease.ts',
    find: 'const clockDrift = 0.01;',
    replace: 'const clockDrift = 0;',
    emphasis: 'driftingClocks',
    budget: 2_000_000,
  },
  {
    name: 'the identity leaves out the server',
    file: 'tests/simulation/reset-log-server.ts',
    find: '[incarnation, this.#runId, this.#replicationId]',
    replace: '[incarnation]',
    emphasis: 'replacedServers',
    budget: 700_000,
  },
  {
    name: 'entries are kept when the identity is new',
    file: 'src/cache/log-follower.ts',
    find: 'cache.clearAll();',
    replace: '',
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'acknowledgements count in a young log',
    file: 'src/cache/lease-coherence.ts',
    find: ' || !this.#follower.hasOutlivedLeases(identity)',
    replace: '',
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'acknowledged before it is applied',
    file: 'tests/simulation/reset-log-server.ts',
    find: 'applied: isSame ? Math.min(position, content.seq) : 0, nonce',
    replace: 'applied: isSame ? content.seq : 0, nonce',
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'a degraded read joins a running fetch',
    file: 'src/cache/cached-source.ts',
    find: 'const promise = this.#unkept.join(keyOf(ref), () => fetch(ref, abort.signal));',
    replace: `const running = ((this as any).running ??= new Map());
    const key = keyOf(ref);
    if (!running.has(key)) running.set(key, fetch(ref, abort.signal).finally(() => running.delete(key)));
    const promise = running.get(key);`,
    emphasis: 'degradedReads',
    budget: 1_000_000,
  },
  {
    name: 'memory is served when the log cannot be read',
    file: 'src/cache/lease-coherence.ts',
    find: "() => 'FETCH',",
    replace: "() => 'SERVE',",
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'a second tier without a fence',
    file: 'src/cache/cached-source.ts',
    find: 'this.#options = options;',
    replace: `const tiers = ((globalThis as any).secondTiers ??= new WeakMap());
    const { appflow } = options.source as any;
    if (!tiers.has(appflow)) tiers.set(appflow, new Map());
    const tier = tiers.get(appflow);
    const upstream = options.source as any;
    const through = (method: string) => async (ref?: object) => {
      const key = JSON.stringify([method, ref]);
      if (!tier.has(key)) tier.set(key, await upstream[method](ref));
      return tier.get(key);
    };
    const methods = ['listConnectors', 'describeConnector', 'listProfiles', 'listEntities', 'describeEntity'];
    const reads = Object.fromEntries(methods.map(method => [method, through(method)]));
    const reset = async (request: object) => {
      const receipt = await upstream.reset(request);
      tier.clear();
      return receipt;
    };
    this.#options = options = { ...options, source: { ...reads, reset } as any };`,
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'success although the log cannot be reached',
    file: 'src/cache/cached-source.ts',
    find: 'await coherence.announce(request);',
    replace: "await coherence.announce(request).catch(() => ({ delivered: async () => 'ALL_REPLICAS' as const }));",
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'cleared before upstream only',
    file: 'src/cache/cached-source.ts',
    find: 'const upstream = await this.#resetUpstream(request);',
    replace: `cache.clear(request);
    const early = await (await coherence.announce(request)).delivered();
    const upstream = await this.#resetUpstream(request);
    if (upstream instanceof MetadataError) throw toUncertainReset(upstream);
    if (upstream) return { ...upstream, clearedEntries: 0, coherence: early };`,
    emphasis: 'mixed',
    budget: 1_000_000,
  },
  {
    name: 'a read joins an older renewal',
    file: 'src/cache/log-follower.ts',
    find: "return this.#flights.join('renewal', () => this.#renew());",
    replace: `const self = this as any;
    self.running ??= this.#renew().finally(() => {
      self.running = undefined;
    });
    return self.running;`,
    emphasis: 'sleepingReplicas',
    budget: 700_000,
  },
  {
    name: 'a silent member is forgotten at once',
    file: 'src/cache/lease-coherence.ts',
    find: 'notBefore - clock.monotonicNow() + 1',
    replace: '0',
    emphasis: 'lostRequests',
    budget: 500_000,
  },
  {
    name: 'the identity leaves out that the server was replaced in between',
    file: 'tests/simulation/reset-log-server.ts',
    find: '[incarnation, this.#runId, this.#replicationId]',
    replace: '[incarnation, this.#runId]',
    emphasis: 'replacedServers',
    budget: 700_000,
  },
  {
    name: 'the monotonic clock alone ends a lease',
    file: 'src/cache/lease.ts',
    find: ' && this.#clock.wallNow() < this.#wallUntil',
    replace: '',
    emphasis: 'frozenReplicas',
    budget: 500_000,
  },
  {
    name: 'the wall clock alone ends a lease',
    file: 'src/cache/lease.ts',
    find: 'this.#clock.monotonicNow() < this.#until && ',
    replace: '',
    emphasis: 'jumpingWallClocks',
    budget: 500_000,
  },
  {
    name: 'a replica that has left serves from memory',
    file: 'src/cache/lease-coherence.ts',
    find: '!this.#isClosed && this.#follower.holdsLease()',
    replace: 'this.#follower.holdsLease()',
    emphasis: 'leavingReplicas',
    budget: 1_000_000,
  },
];
