import { AppflowError } from './errors.ts';
import type { Operation } from './operation.ts';
import { describeConnector } from './operations/describe-connector.ts';
import { describeConnectorEntity } from './operations/describe-connector-entity.ts';
import { describeConnectorProfiles } from './operations/describe-connector-profiles.ts';
import { describeConnectors } from './operations/describe-connectors.ts';
import { describeFlow } from './operations/describe-flow.ts';
import { listConnectorEntities } from './operations/list-connector-entities.ts';
import { listConnectors } from './operations/list-connectors.ts';
import { listFlows } from './operations/list-flows.ts';
import { resetConnectorMetadataCache } from './operations/reset-connector-metadata-cache.ts';
import { findTagOperation, unsupportedOperations } from './unsupported-operations.ts';

/** The operations local AppFlow has. */
export const operations: readonly Operation[] = [
  listConnectors,
  describeConnector,
  describeConnectors,
  describeConnectorProfiles,
  listConnectorEntities,
  describeConnectorEntity,
  resetConnectorMetadataCache,
  listFlows,
  describeFlow,
];

const byPath = new Map([...operations, ...unsupportedOperations].map(operation => [operation.path, operation]));

/**
 * Finds the operation a request means; a query string or a whole URL, as proxies get, makes no difference. Throws an UnknownOperationException (what restJson1
 * servers say; nobody has published what AppFlow does) or, for another method than POST, a MethodNotAllowedException.
 */
export function findOperation(method: string, url: string): Operation {
  const [path = ''] = url.replace(/^http:\/\/[^/?]*/i, '').split('?', 1);
  const tagOperation = findTagOperation(method, path);
  if (tagOperation !== undefined) return tagOperation;
  const operation = byPath.get(path);
  if (operation === undefined) {
    throw new AppflowError('UnknownOperationException', `No operation has the path ${path}.`);
  }
  if (method !== 'POST') {
    throw new AppflowError('MethodNotAllowedException', `${operation.name} takes POST, got ${method}.`);
  }
  return operation;
}
