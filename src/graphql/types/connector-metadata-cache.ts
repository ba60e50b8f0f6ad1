import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { MetadataCacheStatus } from '../../metadata/cache-status.ts';
import type { ResetCoherence as DomainResetCoherence } from '../../metadata/source.ts';
import { ResetCoherence } from './reset-coherence.ts';

// Counters are Float because GraphQL's Int ends at 2^31 - 1, which a busy process passes in days.
@ObjectType({
  description:
    'What the metadata cache of the process that answers holds, and how well it does. Counters start with the process.',
})
export class ConnectorMetadataCache implements MetadataCacheStatus {
  @Field(() => Int, { description: 'Answers held, those being read included.' })
  entries!: number;

  @Field(() => Float, { description: 'Estimated size of the answers held.' })
  bytes!: number;

  @Field(() => Float, { description: 'The size at which the answers used longest ago are dropped.' })
  maxBytes!: number;

  @Field(() => Int, { description: 'How long an answer is kept at most, counted from the start of the read.' })
  ttlSeconds!: number;

  @Field(() => Float, { description: 'Reads answered from memory, `joined` included.' })
  hits!: number;

  @Field(() => Float, { description: 'Reads that joined a call to AppFlow already under way.' })
  joined!: number;

  @Field(() => Float, { description: 'Reads that went to AppFlow.' })
  misses!: number;

  @Field(() => Float, { description: 'Answers dropped because of `maxBytes`.' })
  evictions!: number;

  @Field(() => Float, { description: 'Answers dropped by resets.' })
  clearedEntries!: number;

  @Field(() => Float, { description: 'Resets completed.' })
  resets!: number;

  @Field(() => Float, {
    description: 'Reads that went to AppFlow and were not kept, because memory could not be served at the time.',
  })
  unkept!: number;

  @Field(() => ResetCoherence, {
    nullable: true,
    description: 'What a reset answered now would promise; null while the other replicas cannot be told of one.',
  })
  coherence!: DomainResetCoherence | null;

  @Field(() => Boolean, {
    description:
      'Whether a read that starts now is served from memory; false while resets of other replicas cannot be heard.',
  })
  servesFromMemory!: boolean;
}
