import { registerEnumType } from 'type-graphql';
import type { ResetScope } from '../../metadata/refs.ts';

/** The GraphQL enum `ConnectorMetadataScope`. */
export const ConnectorMetadataScope = {
  ENTITY_NAMES: 'ENTITY_NAMES',
  ENTITY_DETAILS: 'ENTITY_DETAILS',
} as const satisfies { [Scope in ResetScope]: Scope };

registerEnumType(ConnectorMetadataScope, {
  name: 'ConnectorMetadataScope',
  description: 'What a reset makes AppFlow forget.',
  valuesConfig: {
    ENTITY_NAMES: { description: 'Which entities there are: the reset named no entity. Their fields stay cached.' },
    ENTITY_DETAILS: { description: 'The fields of the one entity that the reset named.' },
  },
});
