import { channel } from 'node:diagnostics_channel';

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

/** One logical call to AppFlow, its retries included. */
export interface UpstreamCallEvent {
  /** AppFlow's name of the operation: `ListConnectorEntities`. */
  readonly operation: string;
  readonly durationMs: number;
  /** 1 when the first attempt settled it. */
  readonly attempts: number;
  /** `OK`, or the code of the error. */
  readonly outcome: string;
  readonly upstreamRequestId: string | null;
}

/** One `resetConnectorMetadataCache`, as its caller saw it. */
export interface ResetEvent {
  readonly scope: 'ENTITY_NAMES' | 'ENTITY_DETAILS';
  /** The members the caller gave, by AppFlow's names; those left out are undefined. */
  readonly coordinates: Readonly<Record<string, string | undefined>>;
  /** `OK`, or the code of the error. */
  readonly outcome: string;
  /** Answers dropped by this process. */
  readonly clearedEntries: number;
  readonly durationMs: number;
}

/** One HTTP request, once its answer has left. */
export interface RequestEvent {
  readonly requestId: string;
  readonly method: string;
  /** Without the query string, which may hold variables. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

/** One attempt to renew the lease on serving from memory. */
export interface RenewalEvent {
  /** Why the reset log could not be read; `null` when it was. */
  readonly error: string | null;
}

export const upstreamCallChannel = createChannel<UpstreamCallEvent>('appflow-gateway:upstream-call');
export const resetChannel = createChannel<ResetEvent>('appflow-gateway:reset');
export const renewalChannel = createChannel<RenewalEvent>('appflow-gateway:renewal');
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
