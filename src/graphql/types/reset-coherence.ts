import { registerEnumType } from 'type-graphql';
import type { ResetCoherence as DomainResetCoherence } from '../../metadata/source.ts';

/** The GraphQL enum `ResetCoherence`. */
export const ResetCoherence = {
  PROCESS: 'PROCESS',
  ALL_REPLICAS: 'ALL_REPLICAS',
  LEASES_EXPIRED: 'LEASES_EXPIRED',
} as const satisfies { [Coherence in DomainResetCoherence]: Coherence };

registerEnumType(ResetCoherence, {
  name: 'ResetCoherence',
  description: 'Why nobody can read metadata from before a reset.',
  valuesConfig: {
    PROCESS: { description: 'This gateway is one process, and it has forgotten.' },
    ALL_REPLICAS: { description: 'Every replica has confirmed that it has forgotten.' },
    LEASES_EXPIRED: {
      description: 'Some replica has not confirmed, but its right to serve from memory has run out since.',
    },
  },
});
