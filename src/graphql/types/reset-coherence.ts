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
  description: 'Why no read through this gateway returns, of what was reset, metadata from before it.',
  valuesConfig: {
    PROCESS: { description: 'This gateway is run as one process, and it has forgotten.' },
    ALL_REPLICAS: { description: 'Every replica has confirmed that it has forgotten, or none keeps anything.' },
    LEASES_EXPIRED: {
      description:
        'Some replica has not confirmed in time; its right to serve from memory has run out since, and it reads the log of resets before it serves again.',
    },
  },
});
