import { findConnectedApplication } from '../connected-application.ts';
import { inputShapes } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  connectorEntityName: { ...inputShapes.connectorEntityName, required: true },
  connectorType: inputShapes.connectorType,
  connectorProfileName: inputShapes.connectorProfileName,
  apiVersion: inputShapes.apiVersion,
} as const;

/** Describes the fields of one entity through AppFlow's cache. The operation has no pages and no path to a parent. */
export const describeConnectorEntity = createOperation({
  name: 'DescribeConnectorEntity',
  path: '/describe-connector-entity',
  constraints,
  async answer({ connectorEntityName, ...coordinates }, { registry, cache }) {
    const connected = findConnectedApplication(registry, coordinates);
    return { connectorEntityFields: await cache.describeEntity(connected, connectorEntityName) };
  },
});
