import { Field, InputType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import { checkReset } from '../../metadata/input-rules.ts';
import type { ResetRequest } from '../../metadata/refs.ts';
import { ConnectorType, toRawConnectorType } from '../types/connector-type.ts';

@InputType({
  description:
    "AppFlow's own input of ResetConnectorMetadataCache. `Connector.resetRequirements` says what a connector needs of it.",
})
export class ResetConnectorMetadataCacheInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Required, except for connectors that have no profile: CUSTOMER_PROFILES, EVENT_BRIDGE, LOOKOUT_METRICS, S3, UPSOLVER.',
  })
  connectorProfileName?: string | null;

  @Field(() => ConnectorType, {
    nullable: true,
    description:
      'Required for the connectors that have no profile; otherwise AppFlow knows it from the profile, and it has to be that.',
  })
  connectorType?: DomainConnectorType | null;

  @Field(() => String, {
    nullable: true,
    description: 'With it the fields of this entity are reset, without it the names of entities.',
  })
  connectorEntityName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of the parent whose list of children is reset. Without it the top level is reset, and the gateway forgets every list of the profile; AppFlow does not say whether it forgets nested ones, too.',
  })
  entitiesPath?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Required when `connectorType` is CUSTOM_CONNECTOR and for connectors with several API versions.',
  })
  apiVersion?: string | null;
}

/** The reset to make. Throws `BAD_USER_INPUT` when AppFlow would have to refuse it. */
export function toResetRequest(input: ResetConnectorMetadataCacheInput): ResetRequest {
  const request = {
    connectorProfileName: input.connectorProfileName ?? undefined,
    connectorType: toRawConnectorType(input.connectorType),
    connectorEntityName: input.connectorEntityName ?? undefined,
    entitiesPath: input.entitiesPath ?? undefined,
    apiVersion: input.apiVersion ?? undefined,
  };
  checkReset(request);
  return request;
}
