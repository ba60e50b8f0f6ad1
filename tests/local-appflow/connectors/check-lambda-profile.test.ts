import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ledger';

describe('a catalogue with a custom connector that is called', () => {
  it('keeps what it says', () => {
    const text = `customConnectors: { Ledger: { invocationUrl: "http://127.0.0.1:9000" } }
profiles:
  ledger:
    connector: Ledger
    credentials: { secretArn: "${secretArn}", authenticationType: BasicAuth }
    runtimeSettings: { tenant: acme, limit: 7, sandbox: true }
`;
    const { customConnectors, profiles } = parseCatalog(text);
    expect(customConnectors).toEqual({ Ledger: { invocationUrl: 'http://127.0.0.1:9000' } });
    expect(profiles['ledger']).toEqual({
      connector: 'Ledger',
      credentials: { secretArn, authenticationType: 'BasicAuth' },
      runtimeSettings: { tenant: 'acme', limit: '7', sandbox: 'true' },
    });
  });

  it('says everything that is wrong, in the order of the lines', () => {
    const text = `customConnectors:
  Ledger: { invocationUrl: "http://127.0.0.1:9000" }
  Listed: {}
  Odd: { invocationUrl: "127.0.0.1:9000" }
  Number: { invocationUrl: 9000 }
profiles:
  listing: { connector: Ledger, entities: { Account: } }
  versioned: { connector: Ledger, versions: { v1: {} } }
  signing: { connector: Listed, credentials: { secretArn: "${secretArn}", authenticationType: OAuth2 } }
  setting: { connector: Salesforce, runtimeSettings: { a: b } }
  strange:
    connector: Ledger
    credentials: { secretArn: mine, authenticationType: oauth, password: x }
    runtimeSettings: { "a b": c, d: "e f" }
`;
    expect(problemsOf(text)).toEqual([
      '4:25 customConnectors.Odd.invocationUrl: expected a http or https URL without user name and password, such as http://127.0.0.1:9000',
      '5:28 customConnectors.Number.invocationUrl: expected a http or https URL without user name and password, such as http://127.0.0.1:9000',
      '7:33 profiles.listing.entities: expected none: the connector is called at its invocationUrl for what it has',
      '8:35 profiles.versioned.versions: expected none: the connector is called at its invocationUrl for what it has',
      '9:33 profiles.signing.credentials: expected this only where the connector is a custom one with an invocationUrl',
      '10:37 profiles.setting.runtimeSettings: expected this only where the connector is a custom one with an invocationUrl',
      '13:31 profiles.strange.credentials.secretArn: expected an ARN such as arn:aws:service:region:123456789012:name, got "mine"',
      '13:57 profiles.strange.credentials.authenticationType: expected one of BasicAuth, CustomAuth, OAuth2, ApiKey, got "oauth"',
      '13:64 profiles.strange.credentials.password: expected only secretArn, authenticationType, got "password"',
      '14:24 profiles.strange.runtimeSettings.a b: expected letters, digits and _, got "a b"',
      '14:37 profiles.strange.runtimeSettings.d: expected text without whitespace, got "e f"',
    ]);
  });

  it('does not repeat a URL that holds a password', () => {
    const text = 'customConnectors: { Ledger: { invocationUrl: "http://me:hunter2@127.0.0.1:9000" } }';
    expect(problemsOf(text)).toHaveLength(1);
    expect(problemsOf(text).join()).not.toContain('hunter2');
  });
});

function problemsOf(text: string): string[] {
  try {
    parseCatalog(text);
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    }
    throw error;
  }
  return [];
}
