import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { type Gateway, startGateway } from '../../src/main.ts';
import { launchBrowser } from '../support/browser.ts';
import { ensureExplorerBuilt } from '../support/explorer-build.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';

const chromium = await ensureSystemProgram('chromium');
const reason = 'missing' in chromium ? ` (${chromium.missing})` : '';

describe.skipIf('missing' in chromium)(`GraphiQL in a real browser${reason}`, () => {
  let gateway: Gateway;
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    if ('missing' in chromium) return;
    await ensureExplorerBuilt();
    gateway = await startGateway(loadConfig({ PORT: '0', LOCAL_APPFLOW_PORT: '0' }), createLog('silent'));
    browser = await launchBrowser(chromium.path);
    visit = await visitGraphiql(browser, gateway.url);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  test('a first visit finds the example operations as tabs, in the order of their files', async () => {
    expect(await tabTitles(visit.page)).toEqual(exampleNames());
    expect(await visit.page.title()).toBe('GraphiQL · AppFlow gateway');
  });

  test('each example runs as it is and shows its answer', async () => {
    for (const name of exampleNames()) {
      const { shown, answered } = await runExample(visit.page, name);
      expect(answered, name).toMatchObject({ data: expect.anything() });
      expect(answered, name).not.toHaveProperty('errors');
      expect(shown, name).toEqual(answered);
    }
  });

  test('a second visit finds the tabs as they were left', async () => {
    await tabsAreKept(visit.page);
    await visit.page.reload();
    await visit.page.getByRole('tab').first().waitFor();
    expect(await tabTitles(visit.page)).toEqual(exampleNames());
  });

  test('nothing left the machine, broke the policy or was complained of', () => {
    expect(visit.urls.length).toBeGreaterThan(5);
    const elsewhere = visit.urls.filter(url => !url.startsWith(`${gateway.url}/`) && !/^(data|blob):/.test(url));
    expect(elsewhere).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });
});

interface Visit {
  readonly page: Page;
  /** Everything the page and its workers asked for. */
  readonly urls: readonly string[];
  /** Errors and warnings of the console, uncaught errors, violations of the policy. */
  readonly complaints: readonly string[];
}

async function visitGraphiql(browser: Browser, origin: string): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const urls: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => urls.push(request.url()));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${origin}/graphiql`);
  await page.getByRole('tab').first().waitFor();
  return { page, urls, complaints };
}

function tabTitles(page: Page): Promise<string[]> {
  return page.locator('.graphiql-tab-button').allInnerTexts();
}

/** Waits until the storage of the page agrees with itself on the last tab: GraphiQL writes each part of it a little later. */
async function tabsAreKept(page: Page): Promise<void> {
  await expect.poll(() => keptState(page), { timeout: 5_000 }).toEqual({ active: exampleNames().at(-1), agrees: true });
}

async function keptState(page: Page): Promise<{ active: string | undefined; agrees: boolean }> {
  const { origins } = await page.context().storageState();
  const kept = new Map(origins.flatMap(({ localStorage }) => localStorage.map(({ name, value }) => [name, value])));
  const { tabs, activeTabIndex } = JSON.parse(kept.get('graphiql:tabState') ?? '{"tabs":[]}');
  const tab = tabs[activeTabIndex] ?? {};
  const agrees = ['query', 'variables'].every(part => (kept.get(`graphiql:${part}`) ?? '') === (tab[part] ?? ''));
  return { active: tab.title, agrees };
}

/** Runs the example and waits until the page shows what the server answered. */
async function runExample(page: Page, name: string): Promise<{ shown: unknown; answered: unknown }> {
  await page.getByRole('tab', { name }).locator('.graphiql-tab-button').click();
  const response = page.waitForResponse(`**/graphql`);
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const answered = await (await response).json();
  await page.locator('.result-window .view-line', { hasText: '"data"' }).first().waitFor();
  return { shown: JSON.parse(await responseText(page)), answered };
}

/** The whole answer: the editor draws only the lines in sight. */
function responseText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { editor } = (globalThis as unknown as { __MONACO: { editor: { getModels(): Model[] } } }).__MONACO;
    interface Model {
      readonly uri: { readonly path: string };
      getValue(): string;
    }
    return (
      editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith('response.json'))
        ?.getValue() ?? ''
    );
  });
}

/** Of the operations that the page, the README and the other tests share. */
function exampleNames(): string[] {
  const directory = join(import.meta.dirname, '../../schema/operations');
  const files = readdirSync(directory).filter(file => file.endsWith('.graphql'));
  return files.sort().map(file => {
    const source = readFileSync(join(directory, file), 'utf8');
    return /^(?:query|mutation) (\w+)/m.exec(source)?.[1] ?? `${file} names no operation`;
  });
}
