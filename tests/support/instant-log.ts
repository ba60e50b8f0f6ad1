import type { ResetLog } from '../../src/cache/reset-log.ts';

/** A reset log of one member that answers at once, for what is not about the log. */
export function createInstantLog(): ResetLog {
  return {
    renew: async () => ({ identity: 'instant', seq: 0, leaseMs: 1000, records: [] }),
    append: async () => ({ identity: 'instant', seq: 1, leaseMs: 1000 }),
    members: async () => ({ identity: 'instant', members: [] }),
    removeMembers: async () => undefined,
    onNudge: () => undefined,
    close: async () => undefined,
  };
}
