import { Field, InputType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import type { ConnectorProfile } from '../../metadata/model.ts';
import { containsIgnoringCase, createSelection, type Selection } from '../selection.ts';
import { ConnectorType } from '../types/connector-type.ts';

@InputType({ description: 'Keeps the profiles that meet every condition given. An empty list is met by none.' })
export class ConnectorProfileFilter {
  @Field(() => [ConnectorType], { nullable: true, description: 'Of one of these connector types.' })
  connectorTypes?: readonly DomainConnectorType[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of the custom connectors with these labels.' })
  connectorLabels?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Whose name or connector label contains this, ignoring case.' })
  nameContains?: string | null;
}

/** What the filter keeps of the account's profiles. */
export function selectProfiles(filter: ConnectorProfileFilter | null | undefined): Selection<ConnectorProfile> {
  const { connectorTypes, connectorLabels, nameContains } = filter ?? {};
  return createSelection(filter, [
    connectorTypes != null && (({ connectorType }) => connectorTypes.includes(connectorType)),
    connectorLabels != null && (({ connectorLabel: label }) => label !== null && connectorLabels.includes(label)),
    nameContains != null && (({ name, connectorLabel }) => containsIgnoringCase([name, connectorLabel], nameContains)),
  ]);
}
