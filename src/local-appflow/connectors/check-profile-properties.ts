import { builtInConnectors, type ProfilePropertyKind } from './built-in-connectors.ts';
import { inWords } from './expected.ts';
import { breachOf, maxCustomProperties, outputLimits } from './output-limits.ts';
import { type Path, problem, toMap, type UnlocatedProblem } from './unlocated-problem.ts';

/**
 * Checks the properties of a profile against those AppFlow has for its connector: AWS's own ones have a closed set, custom ones
 * have any, in number and text limited. An unknown connector is somebody else's complaint.
 */
export function checkProfileProperties(path: Path, connector: unknown, properties: unknown): UnlocatedProblem[] {
  if (connector === 'CustomConnector') return checkCustom(path, Object.entries(toMap(properties)));
  const known = builtInConnectors.get(String(connector))?.profile?.properties;
  if (!known) return [];
  const names = Object.keys(known);
  const what = names.length > 0 ? `only ${names.join(', ')}` : `no properties for ${String(connector)}`;
  return Object.entries(toMap(properties)).flatMap(([name, value]) => {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind) return [problem([...path, name], 'key', `expected ${what}, got ${inWords(name)}`)];
    const breach = breachOfKind(kind, value);
    return breach === undefined ? [] : [problem([...path, name], 'value', breach)];
  });
}

function breachOfKind(kind: ProfilePropertyKind, value: unknown): string | undefined {
  if (kind === 'flag') return typeof value === 'boolean' ? undefined : `expected true or false, got ${inWords(value)}`;
  if (kind === 'number') return typeof value === 'number' ? undefined : `expected a number, got ${inWords(value)}`;
  if (typeof value !== 'string') return `expected text (a number in quotes), got ${inWords(value)}`;
  return breachOf(value, kind === 'name' ? outputLimits.profileNameProperty : outputLimits.profileTextProperty);
}

function checkCustom(path: Path, properties: readonly (readonly [string, unknown])[]): UnlocatedProblem[] {
  const tooMany = `expected at most ${maxCustomProperties} properties, got ${properties.length}`;
  return [
    ...(properties.length > maxCustomProperties ? [problem(path, 'key', tooMany)] : []),
    ...properties.flatMap(([name, value]) => {
      const nameBreach = breachOf(name, outputLimits.customProfilePropertyKey);
      const valueBreach = breachOf(String(value), outputLimits.customProfileProperty);
      return [
        ...(nameBreach ? [problem([...path, name], 'key', nameBreach)] : []),
        ...(valueBreach ? [problem([...path, name], 'value', valueBreach)] : []),
      ];
    }),
  ];
}
