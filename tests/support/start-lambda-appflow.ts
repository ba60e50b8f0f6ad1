import { AppflowClient } from '@aws-sdk/client-appflow';
import { onTestFinished } from 'vitest';
import { LambdaConnectors } from '../../src/local-appflow/connectors/lambda-connectors.ts';
import { parseCatalog } from '../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../src/local-appflow/connectors/register-catalog.ts';
import { createLocalAppflow } from '../../src/local-appflow/server.ts';
import { FakeClock } from './fake-clock.ts';
import { createLogLines } from './log-lines.ts';

const account = { region: 'eu-west-1', accountId: '123456789012' };

/** A catalogue with the profile `ledger` of a custom connector `Ledger` at a URL, and a profile `crm` that needs no connector. */
export function ledgerCatalog(url: string, { connector = '', profile = '' } = {}): string {
  return `customConnectors:
  Ledger: { invocationUrl: "${url}"${connector && `, ${connector}`} }
profiles:
  ledger: { connector: Ledger${profile && `, ${profile}`} }
  crm: { connector: Salesforce, entities: { Account: } }
`;
}

/** Starts local AppFlow over a catalogue's text, on a standing clock, with the real AWS SDK in front; all closed after the test. */
export async function startLambdaAppflow(catalog: string) {
  const clock = new FakeClock();
  const { log, lines } = createLogLines();
  const lambdas = new LambdaConnectors({ clock, log });
  let registered = registerCatalog(parseCatalog(catalog), account, lambdas);
  const registry = { connectors: () => registered.connectors, profiles: () => registered.profiles, flows: () => [] };
  const server = await createLocalAppflow({ registry, clock, log, port: 0 });
  const client = new AppflowClient({
    endpoint: server.url,
    region: account.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    lambdas.close();
    await server.close();
  });
  const reload = (text: string): void => {
    registered = registerCatalog(parseCatalog(text), account, lambdas);
  };
  return { client, clock, lines, registry, reload };
}
