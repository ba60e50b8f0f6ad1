import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { ConnectorPages } from './connector-pages.ts';
import { describeEntityAnswer, listEntitiesAnswer, readConnectorAnswer } from './connector-protocol.ts';
import { type ConnectorErrorDetails, toConnectorRefusal } from './connector-refusal.ts';
import { toDescribedField, toListedEntity, toTimeToLiveSeconds } from './from-connector.ts';
import type { LambdaConfiguration } from './lambda-configuration.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { breachOf, outputLimits, type TextLimit } from './output-limits.ts';
import {
  type DescribeEntityRequest,
  type ListEntitiesRequest,
  type SourceApplication,
  type SourceEntityDetails,
  type SourceEntityList,
  UnknownEntityError,
} from './source-application.ts';

/** What AWS's connector SDK lets a connector list at a time when nothing is said; said, because not every connector uses it. */
const pageSize = 1000;
/** For a whole list with all its pages, or for one description, the wait for other invocations included. */
const patienceMs = 60_000;

/** How a profile's calls are signed in: the connector reads the secret itself, nobody here does. */
export interface ConnectorCredentials {
  readonly secretArn: string;
  readonly authenticationType: string;
}

/** What a profile says about its connection to the application. */
export interface ProfileConnection {
  /** Absent: the connector is told of none. */
  readonly credentials?: ConnectorCredentials | undefined;
  readonly runtimeSettings: Readonly<Record<string, string>>;
  /** Seconds AppFlow may keep what the connector sends no `cacheControl` with. */
  readonly cacheControl?: number | undefined;
}

export interface LambdaApplicationOptions extends ProfileConnection {
  readonly lambda: LambdaFunction;
  readonly configuration: LambdaConfiguration;
  /** For the log. */
  readonly connectorLabel: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** A custom connector that is really called: its function is invoked with AppFlow's own request objects for every answer. */
export function createLambdaApplication(options: LambdaApplicationOptions): SourceApplication {
  return new LambdaApplication(options);
}

class LambdaApplication implements SourceApplication {
  readonly patienceMs = patienceMs;
  readonly #options: LambdaApplicationOptions;
  /** What was left out and said so: each name is worth one line of the log, not one for each listing. */
  readonly #leftOut = new Set<string>();

  constructor(options: LambdaApplicationOptions) {
    this.#options = options;
  }

  async listEntities({ entitiesPath, apiVersion }: ListEntitiesRequest): Promise<SourceEntityList> {
    const startBy = this.#startBy();
    const request = {
      ...(await this.#toRequest('ListEntitiesRequest', apiVersion)),
      entitiesPath,
      maxResult: pageSize,
    };
    const pages = new ConnectorPages();
    do {
      const answer = await this.#options.lambda.invoke({ ...request, nextToken: pages.nextToken }, startBy);
      const page = readConnectorAnswer(listEntitiesAnswer, answer, refusalOf(entitiesPath));
      const entities = (page.entities ?? []).map(toListedEntity).filter(({ name }) => this.#carriesEntity(name));
      pages.add(entities, { nextToken: page.nextToken, timeToLiveSeconds: toTimeToLiveSeconds(page.cacheControl) });
    } while (pages.nextToken !== undefined);
    return { groups: { Objects: pages.entities }, ...this.#timeToLive(pages.timeToLiveSeconds) };
  }

  async describeEntity({ connectorEntityName, apiVersion }: DescribeEntityRequest): Promise<SourceEntityDetails> {
    const startBy = this.#startBy();
    const request = await this.#toRequest('DescribeEntityRequest', apiVersion);
    const answer = await this.#options.lambda.invoke({ ...request, entityIdentifier: connectorEntityName }, startBy);
    const described = readConnectorAnswer(describeEntityAnswer, answer, refusalOf(connectorEntityName));
    const fields = described.entityDefinition.fields.map(toDescribedField);
    return {
      fields: fields.filter(({ identifier }) => this.#carries(identifier, outputLimits.identifier, 'field')),
      ...this.#timeToLive(toTimeToLiveSeconds(described.cacheControl)),
    };
  }

  /** The function belongs to all profiles of its connector, and to the next catalogue: it is not this one's to close. */
  async close(): Promise<void> {
    this.#leftOut.clear();
  }

  #startBy(): number {
    return this.#options.clock.monotonicNow() + patienceMs;
  }

  /** Members that are undefined are not sent: the Python SDK takes an explicit null for a value. */
  async #toRequest(type: string, apiVersion: string | undefined) {
    const { credentials, runtimeSettings } = this.#options;
    const version = apiVersion ?? (await this.#newestVersion());
    return { type, connectorContext: { apiVersion: version, connectorRuntimeSettings: runtimeSettings, credentials } };
  }

  /** A connector that says nothing about versions is told one all the same: its SDK cannot do without. */
  async #newestVersion(): Promise<string> {
    const { configuration } = this.#options;
    await configuration.refresh();
    return configuration.known?.supportedApiVersions?.at(-1) ?? 'v1';
  }

  #timeToLive(timeToLiveSeconds: number | undefined = this.#options.cacheControl) {
    return timeToLiveSeconds === undefined ? {} : { timeToLiveSeconds };
  }

  #carriesEntity(name: string): boolean {
    return this.#carries(name, outputLimits.entityName, 'entity');
  }

  /** Leaves out what AppFlow could not name, and says so once. */
  #carries(name: string, limit: TextLimit, what: 'entity' | 'field'): boolean {
    const breach = breachOf(name, limit);
    if (breach === undefined) return true;
    const key = JSON.stringify([what, name]);
    const { connectorLabel, log } = this.#options;
    if (!this.#leftOut.has(key)) {
      log.warn({ connector: connectorLabel, [what]: name, breach }, `${what} of a custom connector is left out`);
    }
    this.#leftOut.add(key);
    return false;
  }
}

/**
 * AWS's SDK has one code for what is not there, and means secrets, too. Where an entity was asked for, it is taken to mean the
 * entity; the connector's own words are in the log.
 */
function refusalOf(entity: string | undefined): (details: ConnectorErrorDetails | null | undefined) => Error {
  return details => {
    const refusal = toConnectorRefusal(details);
    const isUnknown = entity !== undefined && details?.errorCode === 'ResourceNotFoundError';
    return isUnknown ? new UnknownEntityError(entity, { cause: refusal }) : refusal;
  };
}
