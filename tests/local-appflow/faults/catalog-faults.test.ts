import { readFile, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { startLocalAppflow } from '../../../src/local-appflow/server.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { writeCatalog } from '../../support/run-gateway.ts';
import { signedForAppflow } from '../../support/start-local-appflow.ts';

const catalog = `
faults:
  rules:
    - { fault: error, name: ConflictException, operations: [ListConnectors] }
profiles:
  crm: { connector: Salesforce }
`;

it('come into force with the catalogue, and anew when they change in it', async () => {
  const { control, status, edit } = await start(true);
  expect(await status()).toBe(409);
  await edit('ConflictException', 'ThrottlingException');
  expect(await status()).toBe(429);

  await control('DELETE');
  await edit('crm:', 'erp:');
  expect(await status()).toBe(200);

  await edit('ThrottlingException', 'ConflictException');
  expect(await status()).toBe(409);
  await edit('faults:', 'definitions:');
  expect(await status()).toBe(200);
});

it('are ignored where they are not enabled, with a warning once', async () => {
  const { lines, status, edit } = await start(false);
  expect(await status()).toBe(200);
  await edit('crm:', 'erp:');
  const warnings = lines.filter(({ msg }) => String(msg).includes('faults'));
  expect(warnings).toMatchObject([
    { level: 'warn', rules: 1, msg: 'the faults in the catalogue are ignored: they are not enabled' },
  ]);
});

async function start(faults: boolean) {
  const catalogPath = await writeCatalog(catalog);
  const { log, lines } = createLogLines();
  const { url, close } = await startLocalAppflow({ catalogPath, faults, port: 0, clock: systemClock, log });
  onTestFinished(close);
  return {
    lines,
    control: (method: string) => fetch(`${url}/_faults`, { method }),
    status: async () => {
      const headers = { authorization: signedForAppflow };
      return (await fetch(`${url}/list-connectors`, { method: 'POST', headers })).status;
    },
    edit: async (before: string, after: string) => {
      const reloads = () => lines.filter(({ msg }) => String(msg).startsWith('catalogue reloaded')).length;
      const seen = reloads();
      const text = await readFile(catalogPath, 'utf8');
      expect(text).toContain(before);
      await writeFile(catalogPath, text.replace(before, after));
      await vi.waitUntil(() => reloads() > seen, { timeout: 5000, interval: 5 });
    },
  };
}
