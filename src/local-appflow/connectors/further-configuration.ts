import { z } from 'zod';
import type { ConnectorConfiguration } from '../wire.ts';
import { operators } from './appflow-values.ts';
import { builtInConnectors } from './built-in-connectors.ts';
import { expected } from './expected.ts';
import { mapOf, oneOf } from './schema-parts.ts';

/** Every connector type there is. */
export const destinationTypes: readonly string[] = [...builtInConnectors.keys(), 'CustomConnector'];

const asAppflowHasIt = z.record(z.string(), z.unknown(), expected('a map, as AppFlow has it'));

/** Members of DescribeConnector that a catalogue has no words of its own for: under AppFlow's names, served as they stand. */
export const furtherConfigurationSchema = mapOf('a map of members of DescribeConnector', {
  authenticationConfig: asAppflowHasIt.optional(),
  connectorMetadata: asAppflowHasIt.optional(),
  connectorRuntimeSettings: z.array(asAppflowHasIt, expected('a list of settings')).optional(),
  supportedDataTransferApis: z.array(asAppflowHasIt, expected('a list of APIs')).optional(),
  supportedOperators: z.array(oneOf(operators), expected('a list of operators')).optional(),
});

export type FurtherConfiguration = z.infer<typeof furtherConfigurationSchema>;

/** What DescribeConnector answers of it. That the maps are AppFlow's, inside too, is taken on trust. */
export function toFurtherConfiguration(further: FurtherConfiguration | undefined): Partial<ConnectorConfiguration> {
  return { ...further } as unknown as Partial<ConnectorConfiguration>;
}
