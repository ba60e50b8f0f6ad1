import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { startLocalAppflow } from '../../src/local-appflow/server.ts';

/** Serves a catalogue as long as somebody uses it. */
export async function serving<T>(catalogPath: string, use: (url: string) => Promise<T>): Promise<T> {
  const server = await startLocalAppflow({ catalogPath, port: 0, clock: systemClock, log: createLog('silent') });
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}
