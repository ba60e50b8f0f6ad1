import { registerEnumType } from 'type-graphql';
import type { ConnectionMode as DomainConnectionMode } from '../../metadata/model.ts';

/** The GraphQL enum `ConnectionMode`; its internal values are the domain's. */
export const ConnectionMode = {
  PUBLIC: 'Public',
  PRIVATE: 'Private',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<string, DomainConnectionMode>;

registerEnumType(ConnectionMode, {
  name: 'ConnectionMode',
  description: 'How AppFlow reaches the application.',
  valuesConfig: {
    PUBLIC: { description: 'Over the internet.' },
    PRIVATE: { description: 'Over AWS PrivateLink.' },
    UNKNOWN: { description: 'A value that AppFlow added after this gateway was built; see `rawConnectionMode`.' },
  },
});
