import type { Announcement, Coherence } from './coherence.ts';

const delivered: Announcement = { delivered: async () => 'ALL_REPLICAS' };

/**
 * Coherence of replicas that cannot talk to each other: none of them keeps anything, so there is nothing to clear. Reads of the same thing
 * at the same time still share a call.
 */
export const coalescingCoherence: Coherence = {
  start: () => undefined,
  status: () => ({ coherence: 'ALL_REPLICAS', servesFromMemory: false }),
  admit: () => 'FETCH',
  announce: async () => delivered,
  close: async () => undefined,
};
