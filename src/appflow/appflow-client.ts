import { Appflow, type AppflowClientConfig } from '@aws-sdk/client-appflow';
import { resetConcurrency } from './appflow-calls.ts';
import { limitRetryPauses } from './limit-retry-pauses.ts';

/** Attempts of one call, the first included. The only retries there are: nothing above the SDK repeats a call. */
const maxAttempts = 3;

/** Where AppFlow is, when it is not where the SDK's own configuration says. */
export interface AppflowEndpoint {
  readonly url: string;
  readonly region: string;
}

export interface AppflowClientOptions {
  /** Local AppFlow; absent: region, endpoint and credentials come from the SDK's own chain. */
  readonly endpoint?: AppflowEndpoint | undefined;
  /** Reads under way at any one time; with those of resets the sockets worth having. */
  readonly concurrency: number;
  /** Deadline of one call, retries included, in milliseconds: no pause between them is longer than it leaves room for. */
  readonly timeoutMs: number;
  /** Headers that every call carries beside AppFlow's own, asked for once a call and within it. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined;
}

/** Creates the SDK's client, with everything explicit whose default has changed before or does not suit a server. */
export function createAppflowClient({ endpoint, concurrency, timeoutMs, headers }: AppflowClientOptions): Appflow {
  const agent = { keepAlive: true, maxSockets: concurrency + resetConcurrency };
  const appflow = new Appflow({
    maxAttempts,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 2_000, httpAgent: agent, httpsAgent: agent },
    ...(endpoint ? toLocalConfig(endpoint) : {}),
  });
  limitRetryPauses(appflow, timeoutMs / (maxAttempts - 1));
  if (headers) addHeaders(appflow, headers);
  return appflow;
}

/** In the step before the retries and the signature: every attempt has the same, signed. */
function addHeaders(appflow: Appflow, headers: () => Readonly<Record<string, string>>): void {
  appflow.middlewareStack.add(
    next => args => {
      if (hasHeaders(args.request)) Object.assign(args.request.headers, headers());
      return next(args);
    },
    { step: 'build', name: 'gatewayHeaders' },
  );
}

function hasHeaders(request: unknown): request is { readonly headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}

/** Local AppFlow wants a signature like the real one, by no key in particular. */
function toLocalConfig({ url, region }: AppflowEndpoint): AppflowClientConfig {
  return { endpoint: url, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
