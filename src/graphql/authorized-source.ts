import type { Caller, Scope } from '../base/caller.ts';
import { resetChannel } from '../base/channels.ts';
import { requestScope } from '../base/request-scope.ts';
import { MetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import { type ResetRequest, scopeOf } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';

/**
 * The source as a caller may use it: every way to metadata goes through it (fields, references, the payload of a reset), so that no
 * resolver can forget to ask. Methods of what is out of scope reject with `FORBIDDEN`.
 */
export function authorizeSource(source: MetadataSource, caller: Caller): MetadataSource {
  const may = { read: caller.scopes.has('appflow:read'), reset: caller.scopes.has('appflow:reset') };
  if (may.read && may.reset) return source;
  const refuse = async (scope: Scope) => {
    throw toForbidden(scope);
  };
  return {
    listConnectors: () => (may.read ? source.listConnectors() : refuse('appflow:read')),
    describeConnector: ref => (may.read ? source.describeConnector(ref) : refuse('appflow:read')),
    listProfiles: () => (may.read ? source.listProfiles() : refuse('appflow:read')),
    listEntities: ref => (may.read ? source.listEntities(ref) : refuse('appflow:read')),
    describeEntity: ref => (may.read ? source.describeEntity(ref) : refuse('appflow:read')),
    reset: request => {
      if (may.reset) return source.reset(request);
      publishRefusedReset(request, 'FORBIDDEN');
      return refuse('appflow:reset');
    },
  };
}

/** Tells the reset channel of a reset that was not even begun: who asks for what they may not is worth knowing. */
function publishRefusedReset(request: ResetRequest, outcome: MetadataErrorCode): void {
  resetChannel.publish(() => ({
    request: requestScope.getStore(),
    scope: scopeOf(request),
    coordinates: { ...request },
    outcome,
    clearedEntries: 0,
    durationMs: null,
  }));
}

/** @throws MetadataError `FORBIDDEN` when the caller may not look at how the gateway does. */
export function requireOperator({ scopes }: Caller): void {
  if (!scopes.has('appflow:operate')) throw toForbidden('appflow:operate');
}

function toForbidden(scope: Scope): MetadataError {
  return new MetadataError('FORBIDDEN', `This needs the scope ${scope}, which the caller does not have.`);
}
