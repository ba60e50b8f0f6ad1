import type { GraphiQLProps } from 'graphiql';
import { type OperationDefinitionNode, parse, valueFromASTUntyped } from 'graphql';

type TabDefinition = NonNullable<GraphiQLProps['defaultTabs']>[number];

const sources: Readonly<Record<string, string>> = import.meta.glob('../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The example operations in the order of their files, each with the defaults of its variables filled in for editing. */
export const exampleTabs: readonly TabDefinition[] = Object.keys(sources)
  .sort()
  .map(path => toTab(sources[path] ?? ''));

function toTab(source: string): TabDefinition {
  const query = source.trim();
  const operation = parse(query).definitions.find(definition => definition.kind === 'OperationDefinition');
  return { query, variables: operation ? defaultsOf(operation) : null };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): string | null {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return defaults.length > 0 ? JSON.stringify(Object.fromEntries(defaults), null, 2) : null;
}
