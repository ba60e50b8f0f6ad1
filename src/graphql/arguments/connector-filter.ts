import { Field, InputType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import type { Connector } from '../../metadata/model.ts';
import { containsIgnoringCase, createSelection, type Selection } from '../selection.ts';
import { ConnectorType } from '../types/connector-type.ts';

@InputType({ description: 'Keeps the connectors that meet every condition given. An empty list is met by none.' })
export class ConnectorFilter {
  @Field(() => [ConnectorType], { nullable: true, description: 'Of one of these types.' })
  types?: readonly DomainConnectorType[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'With one of these labels, which only custom connectors have.',
  })
  labels?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Whose name, label or raw type contains this, ignoring case.' })
  nameContains?: string | null;

  @Field(() => [String], { nullable: true, description: 'With all of these modes: `SOURCE`, `DESTINATION`.' })
  modes?: readonly string[] | null;
}

/** What the filter keeps of AppFlow's connectors. */
export function selectConnectors(filter: ConnectorFilter | null | undefined): Selection<Connector> {
  const { types, labels, nameContains, modes } = filter ?? {};
  return createSelection(filter, [
    types != null && (({ type }) => types.includes(type)),
    labels != null && (({ label }) => label !== null && labels.includes(label)),
    nameContains != null && (({ name, label, rawType }) => containsIgnoringCase([name, label, rawType], nameContains)),
    modes != null && (connector => modes.every(mode => connector.modes.includes(mode))),
  ]);
}
