import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { withArgumentPrefix } from '../argument-path.ts';
import { ResetConnectorMetadataCacheInput, toResetRequest } from '../arguments/reset-connector-metadata-cache-input.ts';
import type { GatewayContext } from '../context.ts';
import { ResetConnectorMetadataCachePayload } from '../types/reset-connector-metadata-cache-payload.ts';

@Resolver()
export class MutationResolver {
  // Nullable, so that one operation with several resets says of each whether it was done.
  @Mutation(() => ResetConnectorMetadataCachePayload, {
    nullable: true,
    description:
      'Forget cached connector metadata, in AppFlow and on every replica of this gateway. Without `connectorEntityName` entity NAMES are reset, with it the DETAILS of that entity. When this has answered, no read through this gateway returns, of what it resets, metadata from before it. AppFlow does not say whether its own lists below a parent survive a reset of names without `entitiesPath`: to be certain of such a list, reset with it. Retrying is always safe.',
  })
  resetConnectorMetadataCache(
    @Arg('input', () => ResetConnectorMetadataCacheInput) input: ResetConnectorMetadataCacheInput,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<ResetConnectorMetadataCachePayload> {
    return withArgumentPrefix('input', async () => {
      const request = toResetRequest(input);
      return { ...(await metadata.reset(request)), request };
    });
  }
}
