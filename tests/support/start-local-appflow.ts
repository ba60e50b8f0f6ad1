import { AppflowClient } from '@aws-sdk/client-appflow';
import { onTestFinished } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { faultPlanSchema } from '../../src/local-appflow/faults/fault-plan.ts';
import { Faults } from '../../src/local-appflow/faults/faults.ts';
import { createLocalAppflow, type LocalAppflowOptions } from '../../src/local-appflow/server.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeRegistry } from './fake-registry.ts';

/** An Authorization header as AppFlow's clients send it, for requests written by hand. */
export const signedForAppflow = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/appflow/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`;

export interface StartedLocalAppflow {
  readonly url: string;
  readonly registry: FakeRegistry;
  readonly clock: FakeClock;
  /** Present when they were enabled. */
  readonly faults: Faults | undefined;
  /** The real AWS SDK, pointed at it; one attempt per call. */
  readonly client: AppflowClient;
  /** Sends a body by `fetch`, signed, as it is. */
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

interface StartedFaults {
  /** A fault plan as people write it; absent: faults are not enabled. */
  readonly faults?: { readonly seed?: number; readonly rules?: readonly object[] };
}

/** Starts local AppFlow on a free port with a fake registry and a standing clock; everything is closed after the test. */
export async function startLocalAppflow(
  given: Partial<Omit<LocalAppflowOptions, 'registry' | 'clock' | 'faults'>> & StartedFaults = {},
): Promise<StartedLocalAppflow> {
  const registry = new FakeRegistry();
  const clock = new FakeClock();
  const log = createLog('silent');
  const faults = given.faults && new Faults({ clock, log });
  faults?.replace(faultPlanSchema.parse(given.faults));
  const server = await createLocalAppflow({ registry, clock, log, port: 0, ...given, faults });
  const client = new AppflowClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { url: server.url, registry, clock, faults, client, post: createPost(server.url), close: server.close };
}

function createPost(url: string): StartedLocalAppflow['post'] {
  return (path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: signedForAppflow, ...headers },
    });
}
