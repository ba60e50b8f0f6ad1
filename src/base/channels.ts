import { channel } from 'node:diagnostics_channel';
import type { RequestScope } from './request-scope.ts';
import type { UpstreamCall } from './upstream-call.ts';

/**
 * What the parts tell whoever measures them. Parts publish, only `telemetry/` subscribes, and neither knows the other.
 * No event carries variables of a query, credentials or metadata.
 */
export interface Channel<Event> {
  /** Tells the subscribers, if there are any: without them `describe` is not even called. */
  publish(describe: () => Event): void;
  /** Listens until the returned function is called. A listener must not throw: Node would end the process. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** One logical call to AppFlow, once it has ended. */
export interface UpstreamCallEvent {
  /** The same object as at its beginning. */
  readonly call: UpstreamCall;
  readonly durationMs: number;
  /** 1 when the first attempt settled it. */
  readonly attempts: number;
  /** `OK`, or the code of the error. */
  readonly outcome: string;
  readonly upstreamRequestId: string | null;
}

/** One `resetConnectorMetadataCache`, as its caller saw it. */
export interface ResetEvent {
  /** Who asked for it; absent outside of a request. */
  readonly request: RequestScope | undefined;
  readonly scope: 'ENTITY_NAMES' | 'ENTITY_DETAILS';
  /** The members the caller gave, by AppFlow's names; those left out are undefined. */
  readonly coordinates: Readonly<Record<string, string | undefined>>;
  /** `OK`, or the code of the error. */
  readonly outcome: string;
  /** Answers dropped by this process. */
  readonly clearedEntries: number;
  /** `null` when it was refused before it began. */
  readonly durationMs: number | null;
}

/** One HTTP request that has begun to arrive. */
export interface RequestBegunEvent {
  readonly request: RequestScope;
  /** The header of W3C Trace Context as it came. */
  readonly traceparent: string | undefined;
}

/** One HTTP request, once its answer has left. */
export interface RequestEvent {
  /** The same object as at its beginning. */
  readonly request: RequestScope;
  readonly method: string;
  /** The route that took it, such as `/graphiql/*`; `null` where none did. One of a few, whatever clients ask for. */
  readonly route: string | null;
  /** Without the query string, which may hold variables. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

/** One GraphQL operation, once its answer is there. A document that cannot be parsed has neither name nor type. */
export interface OperationEvent {
  readonly request: RequestScope | undefined;
  readonly name: string | null;
  readonly type: 'query' | 'mutation' | 'subscription' | null;
  /** Names the document: the beginning of the SHA-256 of its text, in hex. */
  readonly hash: string | null;
  /** Codes of the errors in the answer, each once. */
  readonly errorCodes: readonly string[];
  readonly durationMs: number;
}

/** One request that was refused because there is more to do than can be done. */
export interface ShedEvent {
  readonly requestId: string;
}

/** One attempt to renew the lease on serving from memory. */
export interface RenewalEvent {
  /** Why the reset log could not be read; `null` when it was. */
  readonly error: string | null;
}

export const upstreamCallBegunChannel = createChannel<UpstreamCall>('appflow-gateway:upstream-call-begun');
export const upstreamCallChannel = createChannel<UpstreamCallEvent>('appflow-gateway:upstream-call');
export const resetChannel = createChannel<ResetEvent>('appflow-gateway:reset');
export const renewalChannel = createChannel<RenewalEvent>('appflow-gateway:renewal');
export const operationBegunChannel = createChannel<RequestScope>('appflow-gateway:operation-begun');
export const operationChannel = createChannel<OperationEvent>('appflow-gateway:operation');
export const shedChannel = createChannel<ShedEvent>('appflow-gateway:shed');
export const requestBegunChannel = createChannel<RequestBegunEvent>('appflow-gateway:request-begun');
export const requestChannel = createChannel<RequestEvent>('appflow-gateway:request');

function createChannel<Event>(name: string): Channel<Event> {
  const subject = channel(name);
  return {
    publish(describe) {
      if (subject.hasSubscribers) subject.publish(describe());
    },
    subscribe(listener) {
      const onMessage = (event: unknown) => listener(event as Event);
      subject.subscribe(onMessage);
      return () => subject.unsubscribe(onMessage);
    },
  };
}
