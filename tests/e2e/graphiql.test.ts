import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page, Response, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { type Gateway, startGateway } from '../../src/main.ts';
import { launchBrowser } from '../support/browser.ts';
import { ensureExplorerBuilt } from '../support/explorer-build.ts';
import { runGateway } from '../support/run-gateway.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';

const chromium = await ensureSystemProgram('chromium');
const reason = 'missing' in chromium ? ` (${chromium.missing})` : '';

/** Of one step in the browser, which shares a small machine with the other suites; a test takes several. */
const stepTimeoutMs = 20_000;

describe.skipIf('missing' in chromium)(`GraphiQL in a real browser${reason}`, { timeout: 90_000 }, () => {
  let gateway: Gateway;
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    if ('missing' in chromium) return;
    await ensureExplorerBuilt();
    gateway = await startGateway(loadConfig({ PORT: '0', LOCAL_APPFLOW_PORT: '0' }), createLog('silent'));
    browser = await launchBrowser(chromium.path);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  beforeEach(async () => {
    visit = await createVisit(browser, gateway.url);
  });
  /** Whatever a test did: nothing left the machine, broke the policy or was complained of. */
  afterEach(async () => {
    await visit.page.close();
    expect(visit.urls.length).toBeGreaterThan(5);
    const elsewhere = visit.urls.filter(url => !url.startsWith(`${gateway.url}/`) && !/^(data|blob):/.test(url));
    expect(elsewhere).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('a first visit finds the example operations as tabs, in the order of their files', async () => {
    await openGraphiql(visit.page);
    expect(await tabTitles(visit.page)).toEqual(exampleNames());
    expect(await visit.page.title()).toBe('GraphiQL · AppFlow gateway');
  });

  test('each example runs as it is and shows its answer', async () => {
    await openGraphiql(visit.page);
    for (const name of exampleNames()) {
      const { shown, answered } = await runExample(visit.page, name);
      expect(answered, name).toMatchObject({ data: expect.anything() });
      expect(answered, name).not.toHaveProperty('errors');
      expect(shown, name).toEqual(answered);
    }
  });

  test('Execute runs what is in sight, even in the moment of a change of tabs', async () => {
    const { page } = visit;
    await openGraphiql(page);
    const execute = await executeButton(page).elementHandle();
    const clickBoth = () =>
      tabButton(page, 'ListProfiles').evaluate((tab, other) => {
        tab.click();
        other?.click();
      }, execute);
    const answered = await answerTo(page, 'ListProfiles', clickBoth);
    expect(answered).toMatchObject({ data: { connectorProfiles: expect.anything() } });
  });

  test('no tab can be chosen before there is an editor to show it', async () => {
    const { page } = visit;
    const editorRequested = new Promise<Route>(resolve => page.route(/\/monaco-editor-[^/]*\.js$/, resolve));
    await page.goto('/graphiql');
    const editorRequest = await editorRequested;
    await page.locator('.graphiql-spinner').waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);

    await editorRequest.continue();

    const { answered } = await runExample(page, 'ListEntities');
    expect(answered).toMatchObject({ data: { connectorEntities: expect.anything() } });
  });

  test('a second visit finds the tabs as they were left, also when only the first was touched', async () => {
    const { page } = visit;
    await openGraphiql(page);
    const first = await changeAndReturn(page);
    expect(first.found).toEqual(first.left);
    expect(first.found.query).toMatch(/^# mine .*\bExploreConnectors\b/s);

    await tabButton(page, 'DescribeEntity').click();
    const second = await changeAndReturn(page);
    expect(second.found).toEqual(second.left);
    expect(second.found.query).toMatch(/^# mine .*\bDescribeEntity\b/s);
  });

  test('a reload in the midst of a change of tabs opens none twice', async () => {
    await openGraphiql(visit.page);
    for (const name of ['DescribeEntity', 'ResetNames']) {
      await tabButton(visit.page, name).click();
      await openGraphiql(visit.page);
      expect(await tabTitles(visit.page), name).toEqual(exampleNames());
    }
  });
});

test('with GRAPHIQL=false there is no page, and the answer is JSON', async () => {
  const { gateway } = await runGateway({ GRAPHIQL: 'false' });
  for (const path of ['/graphiql', '/graphiql/', '/graphiql/assets/graphiql.js']) {
    const answer = await fetch(gateway.url + path, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'PATH_NOT_FOUND' } }] });
  }
});

interface Visit {
  readonly page: Page;
  /** Everything the page and its workers asked for. */
  readonly urls: readonly string[];
  /** Errors and warnings of the console, uncaught errors, violations of the policy. */
  readonly complaints: readonly string[];
}

/** A browser that was never here before. */
async function createVisit(browser: Browser, baseURL: string): Promise<Visit> {
  const page = await browser.newPage({ baseURL, viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(stepTimeoutMs);
  const urls: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => urls.push(request.url()));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  return { page, urls, complaints };
}

/** Opens the page, or again, and waits until its editors are there. */
async function openGraphiql(page: Page): Promise<void> {
  await page.goto('/graphiql');
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
}

function tabTitles(page: Page): Promise<string[]> {
  return page.locator('.graphiql-tab-button').allInnerTexts();
}

function tabButton(page: Page, name: string): Locator {
  return page.getByRole('tab', { name }).locator('.graphiql-tab-button');
}

function executeButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Execute query/ });
}

/** Runs the example and waits until the page shows what the server answered. */
async function runExample(page: Page, name: string): Promise<{ shown: unknown; answered: unknown }> {
  await tabButton(page, name).click();
  const answered = await answerTo(page, name, () => executeButton(page).click());
  await page.locator('.result-window .view-line', { hasText: '"data"' }).first().waitFor();
  return { shown: JSON.parse(await editorText(page, 'response.json')), answered };
}

/** What the server answers to the example that this makes the page send. */
async function answerTo(page: Page, name: string, act: () => Promise<void>): Promise<unknown> {
  const [response] = await Promise.all([page.waitForResponse(response => answersExample(response, name)), act()]);
  return response.json();
}

/** By the document that was sent: the page asks for the schema at the same address. */
function answersExample(response: Response, name: string): boolean {
  if (!response.url().endsWith('/graphql')) return false;
  const { query } = response.request().postDataJSON();
  return new RegExp(`^(query|mutation) ${name}\\b`, 'm').test(query);
}

interface Sight {
  readonly tabs: readonly string[];
  readonly query: string;
  readonly variables: string;
}

/** Writes into the open tab, waits until that is kept, and comes back. */
async function changeAndReturn(page: Page): Promise<{ left: Sight; found: Sight }> {
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# mine ');
  const left = await lookAt(page);
  await expect.poll(() => keptQuery(page), { timeout: stepTimeoutMs }).toBe(left.query);
  await openGraphiql(page);
  return { left, found: await lookAt(page) };
}

async function lookAt(page: Page): Promise<Sight> {
  const [query, variables] = [await editorText(page, 'operation.graphql'), await editorText(page, 'variables.json')];
  return { tabs: await tabTitles(page), query, variables };
}

/** The text of the open tab as the next visit will find it. */
async function keptQuery(page: Page): Promise<string | undefined> {
  const { origins } = await page.context().storageState();
  const kept = origins.flatMap(({ localStorage }) => localStorage).find(({ name }) => name === 'graphiql:tabState');
  const { tabs, activeTabIndex } = JSON.parse(kept?.value ?? '{"tabs":[]}');
  return tabs[activeTabIndex]?.query;
}

/** The whole text: an editor draws only the lines in sight. */
function editorText(page: Page, file: 'operation.graphql' | 'variables.json' | 'response.json'): Promise<string> {
  return page.evaluate(name => {
    const { editor } = (globalThis as unknown as { __MONACO: { editor: { getModels(): Model[] } } }).__MONACO;
    interface Model {
      readonly uri: { readonly path: string };
      getValue(): string;
    }
    return (
      editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith(name))
        ?.getValue() ?? ''
    );
  }, file);
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
