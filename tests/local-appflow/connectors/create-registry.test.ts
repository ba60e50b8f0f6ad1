import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createRegistry, type OpenRegistry } from '../../../src/local-appflow/connectors/create-registry.ts';
import { createLogLines } from '../../support/log-lines.ts';

const postgresUrl = 'postgres://somebody:secret@127.0.0.1:1/nothing';

describe('a registry', () => {
  let directory = '';
  let catalogPath = '';
  let registry: OpenRegistry | undefined;
  let { log, lines } = createLogLines();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'registry-'));
    catalogPath = join(directory, 'catalog.yaml');
    ({ log, lines } = createLogLines());
  });

  afterEach(async () => {
    await registry?.close();
    registry = undefined;
    await rm(directory, { recursive: true });
  });

  const open = async (text: string, url?: string): Promise<OpenRegistry> => {
    await writeFile(catalogPath, text);
    const account = { region: 'eu-west-1', accountId: '123456789012' };
    registry = await createRegistry({ catalogPath, postgresUrl: url, account, clock: systemClock, log });
    return registry;
  };
  const profiles = (): string[] => (registry?.profiles() ?? []).map(({ profile }) => profile.connectorProfileName);

  it('shows the catalogue, and what becomes of it', async () => {
    await open('profiles: { crm: { connector: Salesforce } }');
    expect(profiles()).toEqual(['crm']);
    await writeFile(catalogPath, 'profiles: { help: { connector: Zendesk } }');
    await vi.waitFor(() => expect(profiles()).toEqual(['help']));
  });

  it('adds PostgreSQL as a custom connector with a profile, and keeps it when the catalogue changes', async () => {
    const { connectors } = await open('profiles: { crm: { connector: Salesforce } }', postgresUrl);
    expect(profiles()).toEqual(['crm', 'postgres']);
    expect(connectors().at(-1)).toMatchObject({
      connectorType: 'CustomConnector',
      connectorLabel: 'PostgreSQL',
      configuration: {
        connectorArn: 'arn:aws:appflow:eu-west-1:123456789012:connector/PostgreSQL',
        supportedApiVersions: ['v1'],
      },
    });
    expect(registry?.profiles().at(-1)?.profile).toEqual({
      connectorProfileArn: 'arn:aws:appflow:eu-west-1:123456789012:connectorprofile/postgres',
      connectorProfileName: 'postgres',
      connectorType: 'CustomConnector',
      connectorLabel: 'PostgreSQL',
      connectionMode: 'Public',
      credentialsArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:appflow!123456789012-postgres',
      createdAt: expect.any(Number),
      lastUpdatedAt: expect.any(Number),
    });
    await writeFile(catalogPath, 'profiles:\n');
    await vi.waitFor(() => expect(profiles()).toEqual(['postgres']));
  });

  it('shows flows, of the PostgreSQL profile too, and what becomes of them', async () => {
    const flow = 'source: { profile: postgres, apiVersion: v1, entity: crm.account }';
    const { flows } = await open(`flows: { nightly: { ${flow} } }`, postgresUrl);
    expect(flows().map(({ definition }) => definition)).toMatchObject([
      { flowName: 'nightly', sourceConnectorType: 'CustomConnector', sourceConnectorLabel: 'PostgreSQL' },
    ]);
    await writeFile(catalogPath, 'profiles:\n');
    await vi.waitFor(() => expect(flows()).toEqual([]));
  });

  it('does not open when the catalogue uses the name of the PostgreSQL profile', async () => {
    const opening = open('profiles:\n  postgres: { connector: Slack }', postgresUrl);
    await expect(opening).rejects.toThrow(
      'line 2, column 3: profiles.postgres: expected another name: "postgres" is that of the PostgreSQL database',
    );
  });

  it('keeps the last good catalogue when it comes to use that name', async () => {
    await open('profiles: { crm: { connector: Salesforce } }', postgresUrl);
    await writeFile(catalogPath, 'profiles: { postgres: { connector: Slack } }');
    await vi.waitFor(() => expect(lines.at(-1)).toMatchObject({ msg: 'catalogue is broken; the last good one stays' }));
    expect(profiles()).toEqual(['crm', 'postgres']);
  });

  it('may be closed twice', async () => {
    const { close } = await open('profiles:\n', postgresUrl);
    await Promise.all([close(), close()]);
  });

  it('does not repeat a URL it cannot use', async () => {
    const opening = open('profiles:\n', 'mysql://somebody:secret@127.0.0.1/nothing');
    await expect(opening).rejects.toThrow(
      new Error('The PostgreSQL URL must look like postgres://user:password@host:5432/database.'),
    );
  });
});
