import type { Announcement, Coherence } from './coherence.ts';

const delivered: Announcement = { delivered: async () => 'PROCESS' };

/** Coherence of a single process: there is nobody to tell, and memory may always be served. */
export const processCoherence: Coherence = {
  start: () => undefined,
  status: () => ({ coherence: 'PROCESS', servesFromMemory: true }),
  admit: () => 'SERVE',
  announce: async () => delivered,
  close: async () => undefined,
};
