import type { Connector } from '../metadata/model.ts';
import type { ConnectorRef } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';

/** The connector of this type and label in AppFlow's list; without a label one that has none. `null` when there is none. */
export async function lookupConnector(
  source: MetadataSource,
  { connectorType, connectorLabel }: ConnectorRef,
): Promise<Connector | null> {
  const connectors = await source.listConnectors();
  return connectors.find(c => c.rawType === connectorType && c.label === (connectorLabel ?? null)) ?? null;
}
