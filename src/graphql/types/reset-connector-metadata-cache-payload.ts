import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ResetRequest, ResetScope } from '../../metadata/refs.ts';
import type { ResetCoherence as DomainResetCoherence, ResetReceipt } from '../../metadata/source.ts';
import { ConnectorMetadataScope } from './connector-metadata-scope.ts';
import { ResetCoherence } from './reset-coherence.ts';

@ObjectType({
  description:
    'What a reset did, and the way to the metadata after it. `profile`, `entities` and `entity` are read after the reset: what was reset comes fresh from the source application. They cost calls only when selected.',
})
export class ResetConnectorMetadataCachePayload implements ResetReceipt {
  @Field(() => ConnectorMetadataScope)
  scope!: ResetScope;

  @Field(() => Int, { description: 'Cached answers this process dropped; 0 is an answer too.' })
  clearedEntries!: number;

  @Field(() => ResetCoherence)
  coherence!: DomainResetCoherence;

  @Field(() => Int, { description: 'AppFlow calls this reset cost.' })
  upstreamCalls!: number;

  @Field(() => Float, { description: "How long AppFlow's own reset took, in milliseconds." })
  upstreamMs!: number;

  @Field(() => Float, {
    description: 'How long it then took until no replica could serve older metadata, in milliseconds.',
  })
  coherenceMs!: number;

  @Field(() => String, { nullable: true, description: "AWS's id of the last of these calls, for support cases." })
  upstreamRequestId!: string | null;

  /** Not in the schema: what was reset, so that the fields read afterwards ask for the same. */
  request!: ResetRequest;
}
