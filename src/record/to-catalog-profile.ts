import type { ConnectorProfile } from '@aws-sdk/client-appflow';
import { fits } from './catalog-limits.ts';
import type { CatalogMap } from './catalog-value.ts';
import { isSecretProperty } from './secret-property.ts';
import type { Lose } from './to-catalog-field.ts';

/** What a profile says of itself, without its entities, its credentials and the ARN of the secret that holds them. */
export function toCatalogProfile(profile: ConnectorProfile, lose: Lose): CatalogMap {
  const { connectorProfileArn: arn, connectionMode, createdAt, lastUpdatedAt } = profile;
  if (profile.privateConnectionProvisioningState) lose('privateConnectionProvisioningState');
  if (arn && !fits(arn, 'profileArn')) lose("connectorProfileArn, which is outside AppFlow's own limits");
  return {
    connector: profile.connectorLabel ?? profile.connectorType,
    connectionMode,
    properties: toProperties(profile, lose),
    arn: arn && fits(arn, 'profileArn') ? arn : undefined,
    createdAt: createdAt?.toISOString(),
    lastUpdatedAt: lastUpdatedAt?.toISOString(),
  };
}

/** AppFlow keeps them under a key for the connector: the only one that is there. */
function toProperties({ connectorProfileProperties, connectorType }: ConnectorProfile, lose: Lose) {
  const [found] = Object.values(connectorProfileProperties ?? {}).filter(value => value !== undefined);
  if (found === undefined) return undefined;
  if (connectorType !== 'CustomConnector') return carried(found, 'profileProperty', lose);
  const { profileProperties, ...rest } = found;
  for (const name of stated(rest).map(([name]) => name)) lose(`property ${name}`);
  return profileProperties && carried(profileProperties, 'customProfileProperty', lose);
}

function carried(properties: object, limit: 'profileProperty' | 'customProfileProperty', lose: Lose): CatalogMap {
  const kept = stated(properties).filter(([name, value]) => {
    const isKept =
      isPlain(value) && !isSecretProperty(name, value) && (typeof value !== 'string' || fits(value, limit));
    if (!isKept) lose(`property ${name}`);
    return isKept;
  });
  return Object.fromEntries(kept) as CatalogMap;
}

function stated(properties: object): [string, unknown][] {
  return Object.entries(properties).filter(([, value]) => value !== undefined);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
