import { describeConnector } from './operations/describe-connector.ts';
import { describeConnectorEntity } from './operations/describe-connector-entity.ts';
import { describeConnectorProfiles } from './operations/describe-connector-profiles.ts';
import { describeConnectors } from './operations/describe-connectors.ts';
import { describeFlow } from './operations/describe-flow.ts';
import { listConnectorEntities } from './operations/list-connector-entities.ts';
import { listConnectors } from './operations/list-connectors.ts';
import { listFlows } from './operations/list-flows.ts';
import { resetConnectorMetadataCache } from './operations/reset-connector-metadata-cache.ts';
import type { Conformance } from './wire-case.ts';

/** Every operation local AppFlow has: a new one is a file beside the others and a line here. */
export const operationsUnderTest: readonly Conformance[] = [
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
