import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { arbitraryCatalog } from '../support/arbitrary-catalog.ts';
import { answersAbout } from './answers-about.ts';
import { recordFrom } from './record-from.ts';
import { serving } from './serving.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'appflow-gateway-record-'));
});
afterAll(() => rm(directory, { recursive: true }));

it('a recording is served as what was recorded, and recorded again as itself', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCatalog(), async ({ profile, catalog }) => {
      const [original, first, second] = ['original.yaml', 'first.yaml', 'second.yaml'].map(name =>
        join(directory, name),
      );
      if (!original || !first || !second) throw new Error('expected three paths');
      await writeFile(original, JSON.stringify(catalog));
      const answers = await serving(original, async url => {
        expect(await recordFrom(url, { profiles: [profile], out: first, force: true })).toEqual(nothingLost);
        return answersAbout(url, profile);
      });
      await serving(first, async url => {
        expect(await answersAbout(url, profile)).toEqual(answers);
        expect(await recordFrom(url, { profiles: [profile], out: second, force: true })).toEqual(nothingLost);
      });
      expect(await readFile(second, 'utf8')).toBe(await readFile(first, 'utf8'));
      expect(await readFile(first, 'utf8')).not.toMatch(/secretsmanager|credentialsArn/);
    }),
    { numRuns: Number(process.env['RECORD_RUNS'] ?? 15), endOnFailure: true },
  );
}, 120_000);

const nothingLost = { unread: [], unstated: [], complaint: undefined };
