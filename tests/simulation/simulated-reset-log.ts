import type { Appended, Member, MemberList, Renewal, RenewalAnswer, ResetLog } from '../../src/cache/reset-log.ts';
import type { ResetRequest } from '../../src/metadata/refs.ts';
import type { Machine } from './machine.ts';
import type { Network } from './network.ts';
import type { ResetLogServer } from './reset-log-server.ts';
import type { SimulatedRedis } from './simulated-redis.ts';
import type { World } from './world.ts';

/** After this long the real client gives a command up. It may be carried out all the same. */
const commandTimeoutMs = 150;

export interface SimulatedResetLogOptions {
  readonly world: World;
  /** Number of the replica whose client this is. */
  readonly replica: number;
  readonly machine: Machine;
  readonly network: Network;
  readonly redis: SimulatedRedis;
  /** Told when a record of this replica was added, whether or not it ever hears of that. */
  readonly onAppended: () => void;
}

/** A replica's client of the reset log, which speaks through the simulated network and gives up as early as the real one. */
export class SimulatedResetLog implements ResetLog {
  readonly #options: SimulatedResetLogOptions;
  readonly #unsubscribes: (() => void)[] = [];
  #isClosed = false;

  constructor(options: SimulatedResetLogOptions) {
    this.#options = options;
  }

  renew(renewal: Renewal): Promise<RenewalAnswer> {
    return this.#send('renew', renewal, server => server.renew(renewal));
  }

  append(reset: ResetRequest, origin: string): Promise<Appended> {
    return this.#send('append', { reset, origin }, server => {
      const appended = server.append(reset, origin);
      this.#options.redis.publish();
      this.#options.onAppended();
      return appended;
    });
  }

  members(): Promise<MemberList> {
    return this.#send('members', {}, server => server.members());
  }

  removeMembers(members: readonly Member[]): Promise<void> {
    return this.#send('removeMembers', members, server => server.removeMembers(members));
  }

  onNudge(listener: () => void): void {
    const { replica, network, machine, redis } = this.#options;
    const nudge = () => network.carry(replica, 'nudge', () => machine.receive(listener));
    this.#unsubscribes.push(redis.subscribe(nudge));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
  }

  /** Sends a command; what it answers at the server comes back the same way, if it does within the client's patience. */
  #send<T>(name: string, args: object, command: (server: ResetLogServer) => T): Promise<T> {
    const { world, replica, machine, network, redis } = this.#options;
    if (this.#isClosed) return Promise.reject(new Error('Connection is closed.'));
    return new Promise((resolve, reject) => {
      const cancel = machine.clock.setTimer(commandTimeoutMs, () => reject(new Error('Command timed out')));
      const reply = (settle: () => void) =>
        network.carry(replica, 'reply', () =>
          machine.receive(() => {
            cancel();
            settle();
          }),
        );
      const execute = (server: ResetLogServer) => {
        const answer = command(server);
        world.trace(() => `log: ${replica} ${name} ${JSON.stringify(args)} -> ${JSON.stringify(answer)}`);
        reply(() => resolve(answer));
      };
      const refuse = () => reply(() => reject(new Error('connect ECONNREFUSED')));
      network.carry(replica, 'request', () => redis.take({ execute, refuse }));
    });
  }
}
