import type {
  ConnectorConfiguration,
  ConnectorEntity,
  ConnectorEntityField,
  ConnectorProfile,
  DescribeFlowResponse,
  FlowDefinition,
} from '@aws-sdk/client-appflow';
import { readAllPages } from '../appflow/pages.ts';
import type { PatientCalls } from './patient-calls.ts';

/** Whose entities, and of which API version; absent: the one AppFlow takes by itself. */
export interface EntityPlace {
  readonly profile: string;
  readonly apiVersion: string | undefined;
}

export interface GroupedEntity {
  readonly group: string;
  readonly entity: ConnectorEntity;
}

/** The profiles of these names, in AppFlow's order; a name that does not exist is simply absent. */
export async function describeProfiles(calls: PatientCalls, names: readonly string[]): Promise<ConnectorProfile[]> {
  const input = { connectorProfileNames: [...names], maxResults: 100 };
  const pages = await readAllPages('DescribeConnectorProfiles', nextToken =>
    calls.call('DescribeConnectorProfiles', (appflow, options) =>
      appflow.describeConnectorProfiles({ ...input, nextToken }, options),
    ),
  );
  return pages.flatMap(({ connectorProfileDetails = [] }) => connectorProfileDetails);
}

/** What AppFlow says of the connector behind a profile. */
export async function describeConnectorOf(
  calls: PatientCalls,
  { connectorType, connectorLabel }: ConnectorProfile,
): Promise<ConnectorConfiguration> {
  const { connectorConfiguration = {} } = await calls.call('DescribeConnector', (appflow, options) =>
    appflow.describeConnector({ connectorType, connectorLabel }, options),
  );
  return connectorConfiguration;
}

/** All pages of a list, group by group. */
export async function listEntities(
  calls: PatientCalls,
  { profile, apiVersion }: EntityPlace,
  entitiesPath: string | undefined,
): Promise<GroupedEntity[]> {
  const input = { connectorProfileName: profile, apiVersion, entitiesPath, maxResults: 10_000 };
  const pages = await readAllPages('ListConnectorEntities', nextToken =>
    calls.call('ListConnectorEntities', (appflow, options) =>
      appflow.listConnectorEntities({ ...input, nextToken }, options),
    ),
  );
  return pages
    .flatMap(({ connectorEntityMap = {} }) => Object.entries(connectorEntityMap))
    .flatMap(([group, entities]) => entities.map(entity => ({ group, entity })));
}

/** The fields of an entity, wherever it is nested. */
export async function describeFields(
  calls: PatientCalls,
  { profile, apiVersion }: EntityPlace,
  connectorEntityName: string,
): Promise<ConnectorEntityField[]> {
  const input = { connectorProfileName: profile, apiVersion, connectorEntityName };
  const { connectorEntityFields = [] } = await calls.call('DescribeConnectorEntity', (appflow, options) =>
    appflow.describeConnectorEntity(input, options),
  );
  return connectorEntityFields;
}

/** A line for each flow of the account. */
export async function listFlows(calls: PatientCalls): Promise<FlowDefinition[]> {
  const pages = await readAllPages('ListFlows', nextToken =>
    calls.call('ListFlows', (appflow, options) => appflow.listFlows({ maxResults: 100, nextToken }, options)),
  );
  return pages.flatMap(({ flows = [] }) => flows);
}

/** Everything about a flow. */
export async function describeFlow(calls: PatientCalls, flowName: string): Promise<DescribeFlowResponse> {
  const { $metadata: _, ...flow } = await calls.call('DescribeFlow', (appflow, options) =>
    appflow.describeFlow({ flowName }, options),
  );
  return flow;
}
