import type { ConnectorConfiguration, ConnectorDetail, ConnectorProfile } from '../wire.ts';
import type { FlowDefinition, FlowDescription } from '../wire-flow.ts';
import type { SourceApplication } from './source-application.ts';

/**
 * Port: which connectors, profiles and flows exist right now, and which application stands behind each. Synchronous, because it is
 * always in memory; a changed catalogue shows as different answers from one call to the next.
 */
export interface Registry {
  connectors(): readonly RegisteredConnector[];
  profiles(): readonly RegisteredProfile[];
  flows(): readonly RegisteredFlow[];
}

export interface RegisteredConnector {
  readonly connectorType: string;
  /** Only custom connectors have one. */
  readonly connectorLabel?: string | undefined;
  /** The line DescribeConnectors and ListConnectors show. */
  readonly detail: ConnectorDetail;
  /** What DescribeConnector answers. */
  readonly configuration: ConnectorConfiguration;
  /**
   * Present for a connector that describes itself: asks it, where it is time to, after which `detail` and `configuration` say what it
   * answered. Never rejects and takes two seconds at most, so that one silent connector does not hide the others.
   */
  readonly refresh?: (() => Promise<void>) | undefined;
  /** Present for a connector that needs no profile: its entities are listed by type alone. */
  readonly application?: SourceApplication | undefined;
}

export interface RegisteredProfile {
  readonly profile: ConnectorProfile;
  readonly application: SourceApplication;
}

export interface RegisteredFlow {
  /** The line ListFlows shows. */
  readonly definition: FlowDefinition;
  /** What DescribeFlow answers. */
  readonly description: FlowDescription;
}
