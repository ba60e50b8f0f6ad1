import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The path of a file that is not there yet, in a directory of a test's own that is removed after it. */
export async function temporaryFile(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'appflow-gateway-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, name);
}
