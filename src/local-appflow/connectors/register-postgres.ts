import type { AwsAccount } from './appflow-arns.ts';
import { credentialsArn, profileArn } from './appflow-arns.ts';
import type { ReservedNames } from './check-catalog-references.ts';
import { defaultCreatedAt, registerCustomConnector } from './custom-connector.ts';
import type { Registration } from './register-catalog.ts';
import type { SourceApplication } from './source-application.ts';

const connectorLabel = 'PostgreSQL';
const profileName = 'postgres';

/** The names the PostgreSQL application goes by; a catalogue beside it may not use them. */
export const postgresNames: ReservedNames = { profiles: [profileName], connectorLabels: [connectorLabel] };

/** Registers a PostgreSQL database as a custom connector `PostgreSQL` with API version v1 and a profile `postgres`. */
export function registerPostgres(application: SourceApplication, account: AwsAccount): Registration {
  const written = {
    description: 'Schemas, tables and columns of a PostgreSQL database.',
    apiVersions: ['v1'] as [string],
  };
  const profile = {
    connectorProfileArn: profileArn(account, profileName),
    connectorProfileName: profileName,
    connectorType: 'CustomConnector',
    connectorLabel,
    connectionMode: 'Public',
    credentialsArn: credentialsArn(account, profileName),
    createdAt: defaultCreatedAt,
    lastUpdatedAt: defaultCreatedAt,
  } as const;
  return {
    connectors: [registerCustomConnector(connectorLabel, written, account)],
    profiles: [{ profile, application }],
  };
}
