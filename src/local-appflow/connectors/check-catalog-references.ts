import { metadataMembersOf } from './built-in-abilities.ts';
import { builtInConnectors, needsNoProfile } from './built-in-connectors.ts';
import { checkEntities } from './check-catalog-entities.ts';
import { checkFlows } from './check-catalog-flows.ts';
import { checkLambdaProfile } from './check-lambda-profile.ts';
import { checkProfileProperties } from './check-profile-properties.ts';
import { inWords } from './expected.ts';
import { type Path, problem, toMap, type UnlocatedProblem, type Written } from './unlocated-problem.ts';

/** Names that belong to somebody else, such as the PostgreSQL application: a catalogue may not use them. */
export interface ReservedNames {
  readonly profiles: readonly string[];
  readonly connectorLabels: readonly string[];
}

/**
 * What a schema cannot say: which names refer to which, and which occur once. It reads what was written before anything is known
 * about its shape, so that these problems are reported together with those of the shape, and it skips what has the wrong shape.
 */
export function checkCatalogReferences(written: unknown, reserved: ReservedNames): readonly UnlocatedProblem[] {
  const { connectors, customConnectors, profiles, flows } = toMap(written);
  return [
    ...Object.entries(toMap(connectors)).flatMap(([type, connector]) => checkBuiltIn(type, toMap(connector))),
    ...Object.keys(toMap(customConnectors)).flatMap(label => checkLabel(label, reserved)),
    ...Object.entries(toMap(profiles)).flatMap(([name, profile]) =>
      checkProfile(name, toMap(profile), toMap(customConnectors), reserved),
    ),
    ...checkFlows(flows, {
      profiles: toMap(profiles),
      customConnectors: toMap(customConnectors),
      reservedProfiles: reserved.profiles,
    }),
  ];
}

function checkBuiltIn(type: string, connector: Written): UnlocatedProblem[] {
  const path = ['connectors', type];
  if (!builtInConnectors.has(type)) {
    return [problem(path, 'key', `expected one of AWS's own connector types, got ${inWords(type)}${similar(type)}`)];
  }
  const { entities, metadata } = connector;
  return [...checkOwnEntities(path, type, entities), ...checkMetadata([...path, 'metadata'], type, metadata)];
}

function checkOwnEntities(path: Path, type: string, entities: unknown): UnlocatedProblem[] {
  if (entities === undefined) return [];
  if (needsNoProfile(type)) return checkEntities([...path, 'entities'], entities, { grouped: true });
  return [problem([...path, 'entities'], 'key', `expected no entities here: those of ${type} belong to its profiles`)];
}

function checkMetadata(path: Path, type: string, metadata: unknown): UnlocatedProblem[] {
  const own = metadataMembersOf(type);
  const strangers = Object.keys(toMap(metadata)).filter(name => !own.includes(name));
  const what = own.length > 0 ? `only ${own.join(' and ')}` : 'nothing';
  return strangers.map(name => problem([...path, name], 'key', `expected ${what} of ${type}, got ${inWords(name)}`));
}

function checkLabel(label: string, reserved: ReservedNames): UnlocatedProblem[] {
  const path = ['customConnectors', label];
  if (reserved.connectorLabels.includes(label)) return [problem(path, 'key', takenByPostgres(label))];
  if (!isConnectorType(label)) return [];
  return [problem(path, 'key', `expected a label other than a connector type, got ${inWords(label)}`)];
}

function checkProfile(name: string, profile: Written, custom: Written, reserved: ReservedNames): UnlocatedProblem[] {
  const path = ['profiles', name];
  const { connector, properties, entities, versions } = profile;
  const isCustom = typeof connector === 'string' && Object.hasOwn(custom, connector);
  return [
    ...(reserved.profiles.includes(name) ? [problem(path, 'key', takenByPostgres(name))] : []),
    ...checkConnector([...path, 'connector'], connector, custom),
    ...checkProfileProperties([...path, 'properties'], isCustom ? 'CustomConnector' : connector, properties),
    ...checkEntities([...path, 'entities'], entities, { grouped: !isCustom }),
    ...checkLambdaProfile(path, profile, isCustom ? custom[connector] : undefined),
    ...checkVersions(path, profile, isCustom ? toMap(custom[String(connector)]) : undefined),
    ...Object.entries(toMap(versions)).flatMap(([version, found]) =>
      checkEntities([...path, 'versions', version], found, { grouped: !isCustom }),
    ),
  ];
}

function checkConnector(path: Path, connector: unknown, custom: Written): UnlocatedProblem[] {
  if (typeof connector !== 'string' || Object.hasOwn(custom, connector)) return [];
  if (needsNoProfile(connector)) {
    const message = `expected a connector that has profiles: ${connector} has none, list its entities under connectors.${connector}`;
    return [problem(path, 'value', message)];
  }
  if (builtInConnectors.has(connector)) return [];
  const what = 'expected a connector type or the label of one under customConnectors';
  return [problem(path, 'value', `${what}, got ${inWords(connector)}${similar(connector, Object.keys(custom))}`)];
}

function checkVersions(path: Path, profile: Written, custom: Written | undefined): UnlocatedProblem[] {
  const { entities, versions } = profile;
  if (versions === undefined) return [];
  const at = [...path, 'versions'];
  if (entities !== undefined) return [problem(at, 'key', 'expected either entities or versions, got both')];
  if (!custom) return [problem(at, 'key', 'expected entities: only a custom connector has versions')];
  const { apiVersions } = custom;
  const declared = toVersions(apiVersions);
  const given = Object.keys(toMap(versions));
  const what = `expected the API versions of the connector (${declared.join(', ')})`;
  return [
    ...given
      .filter(version => !declared.includes(version))
      .map(odd => problem([...at, odd], 'key', `${what}, got ${inWords(odd)}`)),
    ...declared
      .filter(version => !given.includes(version))
      .map(absent => problem(at, 'key', `${what}, ${absent} is missing`)),
  ];
}

function isConnectorType(text: string): boolean {
  return text === 'CustomConnector' || builtInConnectors.has(text);
}

/** The connector's API versions as written; `v1` when it states none. */
function toVersions(written: unknown): readonly string[] {
  return Array.isArray(written) ? written.map(String) : ['v1'];
}

function takenByPostgres(name: string): string {
  return `expected another name: ${inWords(name)} is that of the PostgreSQL database local AppFlow was given`;
}

/** The name that was perhaps meant: one that differs in letter case or shares the beginning. */
function similar(written: string, labels: readonly string[] = []): string {
  const key = written.toLowerCase();
  const meant = [...builtInConnectors.keys(), ...labels].find(name => {
    const other = name.toLowerCase();
    return key.length >= 3 && (other.startsWith(key.slice(0, 5)) || key.startsWith(other.slice(0, 5)));
  });
  return meant ? ` (perhaps ${meant})` : '';
}
