import { AppflowError } from '../errors.ts';
import { inputShapes } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  connectorType: { ...inputShapes.connectorType, required: true },
  connectorLabel: inputShapes.connectorLabel,
} as const;

/** Describes one connector: AWS's own by its type, a custom one by its label as well. */
export const describeConnector = createOperation({
  name: 'DescribeConnector',
  path: '/describe-connector',
  constraints,
  async answer({ connectorType, connectorLabel }, { registry }) {
    if (connectorType === 'CustomConnector' && connectorLabel === undefined) {
      throw new AppflowError(
        'ValidationException',
        'connectorLabel is required when connectorType is CustomConnector.',
      );
    }
    const connector = registry
      .connectors()
      .find(candidate => candidate.connectorType === connectorType && candidate.connectorLabel === connectorLabel);
    if (connector === undefined) {
      throw new AppflowError(
        'ResourceNotFoundException',
        `Connector:${connectorLabel ?? connectorType} is not registered.`,
      );
    }
    await connector.refresh?.();
    return { connectorConfiguration: connector.configuration };
  },
});
