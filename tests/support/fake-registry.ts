/** Connectors, profiles and source applications for local AppFlow that a test writes down and changes as it goes. */
import { createDeferred } from '../../src/base/deferred.ts';
import type {
  RegisteredConnector,
  RegisteredFlow,
  RegisteredProfile,
  Registry,
} from '../../src/local-appflow/connectors/registry.ts';
import {
  type DescribeEntityRequest,
  type ListEntitiesRequest,
  type SourceApplication,
  type SourceEntityDetails,
  type SourceEntityList,
  UnknownEntityError,
} from '../../src/local-appflow/connectors/source-application.ts';
import type {
  ConnectorConfiguration,
  ConnectorEntity,
  ConnectorEntityField,
  ConnectorProfile,
} from '../../src/local-appflow/wire.ts';

export class FakeRegistry implements Registry {
  readonly #connectors: RegisteredConnector[] = [];
  readonly #profiles: RegisteredProfile[] = [];
  readonly #flows: RegisteredFlow[] = [];

  connectors(): readonly RegisteredConnector[] {
    return this.#connectors;
  }

  profiles(): readonly RegisteredProfile[] {
    return this.#profiles;
  }

  flows(): readonly RegisteredFlow[] {
    return this.#flows;
  }

  addFlow(flow: RegisteredFlow): void {
    this.#flows.push(flow);
  }

  removeFlow(flowName: string): void {
    const index = this.#flows.findIndex(({ description }) => description.flowName === flowName);
    this.#flows.splice(index, 1);
  }

  /** One of AWS's own; with an application when it needs no profile. */
  addConnector(
    connectorType: string,
    given: { configuration?: Partial<ConnectorConfiguration>; application?: SourceApplication } = {},
  ): void {
    this.#add({ connectorType }, given);
  }

  /** A custom connector with its versions. */
  addCustomConnector(connectorLabel: string, supportedApiVersions: readonly string[] = []): void {
    this.#add({ connectorType: 'CustomConnector', connectorLabel }, { configuration: { supportedApiVersions } });
  }

  addProfile(
    connectorProfileName: string,
    application: SourceApplication,
    given: Partial<ConnectorProfile> = {},
  ): void {
    this.#profiles.push({ profile: aWireProfile(connectorProfileName, given), application });
  }

  removeProfile(connectorProfileName: string): void {
    const index = this.#profiles.findIndex(({ profile }) => profile.connectorProfileName === connectorProfileName);
    this.#profiles.splice(index, 1);
  }

  #add(
    named: { connectorType: string; connectorLabel?: string },
    given: { configuration?: Partial<ConnectorConfiguration>; application?: SourceApplication },
  ): void {
    this.#connectors.push({
      ...named,
      detail: { ...named, connectorName: named.connectorLabel ?? named.connectorType, registeredAt: 1_767_225_600 },
      configuration: { ...aWireConfiguration(), ...named, ...given.configuration },
      application: given.application,
    });
  }
}

/**
 * An application in memory. It answers as of now, records what it was asked (`list "path"`, `describe name`, with ` @version`
 * when there is one), and fails or holds calls on demand.
 */
export class FakeApplication implements SourceApplication {
  readonly calls: string[] = [];
  timeToLiveSeconds: number | undefined;
  readonly #lists = new Map<string, Readonly<Record<string, readonly ConnectorEntity[]>>>();
  readonly #fields = new Map<string, readonly ConnectorEntityField[]>();
  #failure: Error | undefined;
  #gate: Promise<void> | undefined;

  /** Names of entities by group; `path` is `""` for the top level. */
  setEntities(path: string, groups: Readonly<Record<string, readonly string[]>>): this {
    const entries = Object.entries(groups).map(([group, names]) => [group, names.map(name => aWireEntity(name))]);
    return this.setList(path, Object.fromEntries(entries));
  }

  /** The same with whole entities, such as those that have nested ones. */
  setList(path: string, groups: Readonly<Record<string, readonly ConnectorEntity[]>>): this {
    this.#lists.set(path, groups);
    return this;
  }

  setFields(entity: string, identifiers: readonly string[]): this {
    this.#fields.set(
      entity,
      identifiers.map(identifier => aWireField(identifier)),
    );
    return this;
  }

  /** The next call rejects with this. */
  failNext(error: Error): void {
    this.#failure = error;
  }

  /** Holds every call after it has read its answer, as a slow reply would, until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = createDeferred<void>();
    this.#gate = promise;
    return () => {
      this.#gate = undefined;
      resolve();
    };
  }

  async listEntities({ entitiesPath = '', apiVersion }: ListEntitiesRequest): Promise<SourceEntityList> {
    const groups = await this.#answer(`list "${entitiesPath}"`, apiVersion, this.#lists.get(entitiesPath));
    if (groups === undefined) throw new UnknownEntityError(entitiesPath);
    return { groups, timeToLiveSeconds: this.timeToLiveSeconds };
  }

  async describeEntity({ connectorEntityName, apiVersion }: DescribeEntityRequest): Promise<SourceEntityDetails> {
    const fields = await this.#answer(
      `describe ${connectorEntityName}`,
      apiVersion,
      this.#fields.get(connectorEntityName),
    );
    if (fields === undefined) throw new UnknownEntityError(connectorEntityName);
    return { fields, timeToLiveSeconds: this.timeToLiveSeconds };
  }

  async close(): Promise<void> {
    this.calls.push('close');
  }

  async #answer<T>(call: string, apiVersion: string | undefined, answer: T): Promise<T> {
    this.calls.push(apiVersion === undefined ? call : `${call} @${apiVersion}`);
    const failure = this.#failure;
    this.#failure = undefined;
    await this.#gate;
    if (failure !== undefined) throw failure;
    return answer;
  }
}

export function aWireProfile(connectorProfileName: string, given: Partial<ConnectorProfile> = {}): ConnectorProfile {
  return {
    connectorProfileArn: `arn:aws:appflow:eu-west-1:123456789012:connectorprofile/${connectorProfileName}`,
    connectorProfileName,
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    createdAt: 1_767_225_600,
    lastUpdatedAt: 1_767_225_600.5,
    ...given,
  };
}

export function aWireConfiguration(given: Partial<ConnectorConfiguration> = {}): ConnectorConfiguration {
  return {
    canUseAsSource: true,
    canUseAsDestination: false,
    isPrivateLinkEnabled: false,
    isPrivateLinkEndpointUrlRequired: false,
    ...given,
  };
}

export function aWireEntity(name: string, given: Partial<ConnectorEntity> = {}): ConnectorEntity {
  return { name, label: name, hasNestedEntities: false, ...given };
}

export function aWireField(identifier: string, given: Partial<ConnectorEntityField> = {}): ConnectorEntityField {
  return {
    identifier,
    isPrimaryKey: false,
    isDeprecated: false,
    supportedFieldTypeDetails: { v1: { fieldType: 'String', filterOperators: ['EQUAL_TO'], supportedValues: [] } },
    ...given,
  };
}
