import { findConnectedApplication } from '../connected-application.ts';
import { AppflowError } from '../errors.ts';
import { inputShapes } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  connectorProfileName: inputShapes.connectorProfileName,
  connectorType: inputShapes.connectorType,
  connectorEntityName: inputShapes.connectorEntityName,
  entitiesPath: inputShapes.entitiesPath,
  apiVersion: inputShapes.apiVersion,
};

/**
 * Makes AppFlow's cache forget names of entities, or the details of one. It never calls the source application (the model gives
 * it no connector errors), so an entity or a path that does not exist is no error: there is nothing to forget.
 */
export const resetConnectorMetadataCache = createOperation({
  name: 'ResetConnectorMetadataCache',
  path: '/reset-connector-metadata-cache',
  constraints,
  answer({ connectorEntityName, entitiesPath, ...coordinates }, { registry, cache }) {
    const { owner, apiVersion, resetNeedsApiVersion } = findConnectedApplication(registry, coordinates);
    if (resetNeedsApiVersion && coordinates.apiVersion === undefined) {
      throw new AppflowError(
        'ValidationException',
        'apiVersion is required for a custom connector and for one with several API versions.',
      );
    }
    cache.reset({ owner, apiVersion, connectorEntityName, entitiesPath });
    return {};
  },
});
