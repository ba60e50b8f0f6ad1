import type { Caller } from '../base/caller.ts';
import type { MetadataCacheStatus } from '../metadata/cache-status.ts';
import type { MetadataSource } from '../metadata/source.ts';
import type { SurrogateTags } from './tagged-source.ts';

/** Everything a resolver may reach, made once per request. Closed on purpose: a resolver that needs more belongs elsewhere. */
export interface GatewayContext {
  /** What the caller may use of it: see `authorizeSource`. */
  readonly metadata: MetadataSource;
  readonly caller: Caller;
  /** The shared cache of this process as it is now. */
  readonly cacheStatus: () => MetadataCacheStatus;
  /** Names the request in the log and in masked errors. */
  readonly requestId: string;
  /** What `metadata` notes of this request, where tags are wanted. */
  readonly surrogateTags?: SurrogateTags | undefined;
}
