import { AppflowClient, AppflowServiceException } from '@aws-sdk/client-appflow';
import type { UnderTest, WireRequest } from './wire-case.ts';

/** What the SDK made of an answer. */
export interface SdkAnswer {
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: string | undefined;
  /** Of a success, without `$metadata`, and with dates in seconds as the wire has them. */
  readonly output: unknown;
  readonly thrown: unknown;
}

/** The real AWS SDK, which sends what a case says. */
export interface SdkCaller {
  call(operation: UnderTest, request: WireRequest): Promise<SdkAnswer>;
  close(): void;
}

/** Points an SDK client at a server. What cannot be said by an input is laid over the signed request, just before it leaves. */
export function createSdkCaller(url: string): SdkCaller {
  const client = new AppflowClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  let current: WireRequest = {};
  client.middlewareStack.add(
    next => args => {
      overlay(args.request as OutgoingRequest, current);
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  return {
    async call(operation, request) {
      current = request;
      try {
        const { $metadata, ...output } = await operation.send(client, request.input ?? {});
        return {
          ...readMetadata($metadata),
          error: undefined,
          message: undefined,
          retryAfter: undefined,
          output: toWire(output),
          thrown: undefined,
        };
      } catch (thrown) {
        if (!(thrown instanceof AppflowServiceException)) throw thrown;
        const { name, message, $metadata, $response } = thrown;
        const retryAfter = $response?.headers['retry-after'];
        return { ...readMetadata($metadata), error: name, message, retryAfter, output: undefined, thrown };
      }
    },
    close: () => client.destroy(),
  };
}

interface OutgoingRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

function overlay(request: OutgoingRequest, { method, path, body, headers = {} }: WireRequest): void {
  if (method !== undefined) request.method = method;
  if (path !== undefined) request.path = path;
  if (body !== undefined) {
    request.body = body;
    request.headers['content-length'] = String(Buffer.byteLength(body));
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) delete request.headers[name];
    else request.headers[name] = value;
  }
}

function readMetadata({ httpStatusCode, requestId }: { httpStatusCode?: number; requestId?: string }) {
  return { status: httpStatusCode, requestId };
}

function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toWire(each)]));
}
