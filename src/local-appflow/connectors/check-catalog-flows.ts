import { builtInConnectors, needsNoProfile } from './built-in-connectors.ts';
import { inWords } from './expected.ts';
import { type FlowEnd, flowDestinations, flowSources } from './flow-ends.ts';
import { flowLimits } from './flow-limits.ts';
import { breachOf } from './output-limits.ts';
import { taskOperators } from './task-operators.ts';
import { type Path, problem, toMap, type UnlocatedProblem, type Written } from './unlocated-problem.ts';

/** What flows may be connected to beside AWS's own connectors. */
export interface FlowSurroundings {
  readonly profiles: Written;
  readonly customConnectors: Written;
  /** Profiles of the PostgreSQL application. */
  readonly reservedProfiles: readonly string[];
}

/**
 * What a schema cannot say of flows: to which connector each end leads, and which members that connector has there. Entities and
 * fields are not looked up: a flow that names some that are gone is a broken flow, and AppFlow shows those, too.
 */
export function checkFlows(flows: unknown, surroundings: FlowSurroundings): UnlocatedProblem[] {
  return Object.entries(toMap(flows)).flatMap(([name, written]) => {
    const path = ['flows', name];
    const { source, destinations, tasks } = toMap(written);
    const reads = findConnector(toMap(source), surroundings);
    return [
      ...checkEnd([...path, 'source'], source, flowSources, surroundings),
      ...toList(destinations).flatMap((destination, index) =>
        checkEnd([...path, 'destinations', String(index)], destination, flowDestinations, surroundings),
      ),
      ...toList(tasks).flatMap((task, index) => checkOperator([...path, 'tasks', String(index)], toMap(task), reads)),
    ];
  });
}

function checkEnd(
  path: Path,
  written: unknown,
  ends: ReadonlyMap<string, FlowEnd>,
  surroundings: FlowSurroundings,
): UnlocatedProblem[] {
  if (!isMap(written)) return [];
  const connector = findConnector(written, surroundings);
  const end = ends.get(connector ?? '');
  if (connector === undefined || !end) return checkConnection(path, written, ends, surroundings);
  return [...checkMembers(path, written, connector, end, ends), ...checkKind(path, written, connector)];
}

/** The connector type an end leads to; nothing where profile or connector are wrong. */
function findConnector({ profile, connector }: Written, surroundings: FlowSurroundings): string | undefined {
  if ((profile === undefined) === (connector === undefined)) return undefined;
  if (connector !== undefined) return needsNoProfile(String(connector)) ? String(connector) : undefined;
  if (surroundings.reservedProfiles.includes(String(profile))) return 'CustomConnector';
  const { connector: named } = toMap(ownOf(surroundings.profiles, String(profile)));
  if (typeof named !== 'string') return undefined;
  return Object.hasOwn(surroundings.customConnectors, named) ? 'CustomConnector' : named;
}

/** Says why an end leads nowhere. A profile whose own connector is wrong has been complained about where it stands. */
function checkConnection(
  path: Path,
  { profile, connector }: Written,
  ends: ReadonlyMap<string, FlowEnd>,
  surroundings: FlowSurroundings,
): UnlocatedProblem[] {
  if ((profile === undefined) === (connector === undefined)) {
    const came = profile === undefined ? 'neither' : 'both';
    return [problem(path, 'key', `expected either profile or connector, got ${came}`)];
  }
  const breach =
    profile === undefined
      ? breachOfConnector(connector, ends, surroundings)
      : breachOfProfile(profile, ends, surroundings);
  return breach === undefined
    ? []
    : [problem([...path, profile === undefined ? 'connector' : 'profile'], 'value', breach)];
}

function breachOfProfile(
  profile: unknown,
  ends: ReadonlyMap<string, FlowEnd>,
  { profiles }: FlowSurroundings,
): string | undefined {
  if (typeof profile !== 'string') return undefined;
  if (!Object.hasOwn(profiles, profile)) return `expected the name of a profile, got ${inWords(profile)}`;
  const { connector } = toMap(profiles[profile]);
  const isKnown = builtInConnectors.get(String(connector))?.profile !== undefined;
  return isKnown
    ? `expected a profile whose connector can be a ${directionOf(ends)}, got one of ${connector}`
    : undefined;
}

function breachOfConnector(
  connector: unknown,
  ends: ReadonlyMap<string, FlowEnd>,
  { customConnectors }: FlowSurroundings,
): string | undefined {
  if (typeof connector !== 'string') return undefined;
  if (needsNoProfile(connector)) {
    return `expected a connector that can be a ${directionOf(ends)}, got ${inWords(connector)}`;
  }
  if (builtInConnectors.has(connector) || Object.hasOwn(customConnectors, connector)) {
    return `expected a profile in place of the connector: ${connector} has profiles`;
  }
  return `expected one of ${[...ends.keys()].filter(needsNoProfile).join(', ')}, got ${inWords(connector)}`;
}

function directionOf(ends: ReadonlyMap<string, FlowEnd>): string {
  return ends === flowSources ? 'source' : 'destination';
}

function checkMembers(
  path: Path,
  written: Written,
  connector: string,
  { members, required }: FlowEnd,
  ends: ReadonlyMap<string, FlowEnd>,
): UnlocatedProblem[] {
  const known = new Set([...ends.values()].flatMap(end => Object.keys(end.members)));
  const what = Object.keys(members).length > 0 ? `only ${Object.keys(members).join(', ')}` : 'nothing';
  return [
    ...Object.keys(written)
      .filter(name => known.has(name) && !Object.hasOwn(members, name))
      .map(name => problem([...path, name], 'key', `expected ${what} for ${connector}, got ${inWords(name)}`)),
    ...required
      .filter(name => written[name] === undefined)
      .map(name => problem(path, 'key', `expected ${name}, which ${connector} requires`)),
  ];
}

/** Members that connectors have in common, but not with the same values. */
function checkKind(path: Path, written: Written, connector: string): UnlocatedProblem[] {
  if (connector === 'Upsolver') return checkUpsolver(path, written);
  const { entity, dataTransferApi } = written;
  const custom = connector === 'CustomConnector';
  const entityBreach = typeof entity === 'string' && !custom ? breachOf(entity, flowLimits.object) : undefined;
  const isOtherKind = dataTransferApi !== undefined && isMap(dataTransferApi) !== custom;
  const kind = `expected ${custom ? 'a map with name and type' : 'text'} for ${connector}, got ${inWords(dataTransferApi)}`;
  return [
    ...(entityBreach ? [problem([...path, 'entity'], 'value', entityBreach)] : []),
    ...(isOtherKind ? [problem([...path, 'dataTransferApi'], 'value', kind)] : []),
  ];
}

function checkUpsolver(path: Path, { bucket, output }: Written): UnlocatedProblem[] {
  const breach = typeof bucket === 'string' ? breachOf(bucket, flowLimits.upsolverBucket) : undefined;
  const typing = 'preserveSourceDataTyping';
  const isTyped = toMap(output)[typing] !== undefined;
  return [
    ...(breach ? [problem([...path, 'bucket'], 'value', breach)] : []),
    ...(isTyped ? [problem([...path, 'output', typing], 'key', `expected no ${typing} for Upsolver`)] : []),
  ];
}

function checkOperator(path: Path, { operator }: Written, connector: string | undefined): UnlocatedProblem[] {
  const allowed = connector === undefined ? undefined : taskOperators.get(connector);
  if (!allowed || typeof operator !== 'string' || !taskOperators.get('CustomConnector')?.has(operator)) return [];
  if (allowed.has(operator)) return [];
  const what = `expected one of ${[...allowed].join(', ')} for the source ${connector}, got ${inWords(operator)}`;
  return [problem([...path, 'operator'], 'value', what)];
}

function ownOf(map: Written, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function isMap(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
