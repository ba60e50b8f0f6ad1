import { ListConnectorsCommand } from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { type StartedLocalAppflow, startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('ListConnectors', () => {
  it("lists the account's custom connectors, not AWS's own, with real dates", async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce');
    registry.addCustomConnector('Acme');
    const { connectors, nextToken } = await client.send(new ListConnectorsCommand({}));
    expect(connectors).toEqual([
      {
        connectorType: 'CustomConnector',
        connectorLabel: 'Acme',
        connectorName: 'Acme',
        registeredAt: new Date('2026-01-01T00:00:00Z'),
      },
    ]);
    expect(nextToken).toBeUndefined();
  });

  it('gives twenty a page unless asked otherwise, and every one once', async () => {
    const started = await startLocalAppflow();
    for (let index = 0; index < 45; index += 1) started.registry.addCustomConnector(`Custom${index}`);
    expect((await walk(started)).map(page => page.length)).toEqual([20, 20, 5]);
    const pages = await walk(started, 30);
    expect(pages.map(page => page.length)).toEqual([30, 15]);
    expect(pages.flat()).toEqual(Array.from({ length: 45 }, (_, index) => `Custom${index}`));
  });

  it('refuses page sizes beyond 1 to 100', async () => {
    const { client } = await startLocalAppflow();
    for (const maxResults of [0, 101]) {
      await expect(client.send(new ListConnectorsCommand({ maxResults }))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(`Value '${maxResults}' at 'maxResults'`),
      });
    }
  });
});

async function walk({ client }: StartedLocalAppflow, maxResults?: number): Promise<(string | undefined)[][]> {
  const pages: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListConnectorsCommand({ maxResults, nextToken }));
    pages.push((page.connectors ?? []).map(({ connectorLabel }) => connectorLabel));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}
