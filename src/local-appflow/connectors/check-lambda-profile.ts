import { type Path, problem, toMap, type UnlocatedProblem, type Written } from './unlocated-problem.ts';

const ofLambda = ['credentials', 'runtimeSettings'] as const;
const ofCatalog = ['entities', 'versions'] as const;

/**
 * A profile either lists its entities, or belongs to a connector that is called for them and may say how: never both.
 *
 * @param custom The custom connector as written; absent for one of AWS's own.
 */
export function checkLambdaProfile(path: Path, profile: Written, custom: unknown): UnlocatedProblem[] {
  const { invocationUrl } = toMap(custom);
  const [foreign, message] =
    invocationUrl === undefined
      ? [ofLambda, 'expected this only where the connector is a custom one with an invocationUrl']
      : [ofCatalog, 'expected none: the connector is called at its invocationUrl for what it has'];
  return foreign.filter(name => profile[name] !== undefined).map(name => problem([...path, name], 'key', message));
}
