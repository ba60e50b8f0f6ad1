import type { MetadataCacheStatus } from '../metadata/cache-status.ts';
import type { MetadataSource } from '../metadata/source.ts';

/** Everything a resolver may reach, made once per request. Closed on purpose: a resolver that needs more belongs elsewhere. */
export interface GatewayContext {
  readonly metadata: MetadataSource;
  /** The shared cache of this process as it is now. */
  readonly cacheStatus: () => MetadataCacheStatus;
  /** Names the request in the log and in masked errors. */
  readonly requestId: string;
}
