import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { teamsSchema } from '../support/start-teams.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const own = { name: 'appflow', url: 'http://127.0.0.1:4000/graphql', sdl: readRoot('schema/schema.graphql') };

type Subgraph = typeof own;

describe.each([
  ['Apollo’s composer', composeWithApollo],
  ['The Guild’s composer', composeWithGuild],
])('%s', (_, compose) => {
  it('makes a supergraph of the committed schema alone', () => {
    const { errors, warnings, supergraph } = compose([own]);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    expect(supergraph).toContain('type ConnectorEntity');
  });

  it('lets another subgraph extend profiles by ARN and entities by id', () => {
    const teams = { name: 'teams', url: 'http://127.0.0.1:4002/graphql', sdl: teamsSchema };
    const { errors, warnings, supergraph } = compose([own, teams]);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    for (const graph of ['APPFLOW', 'TEAMS']) {
      expect(typeIn(supergraph, 'ConnectorProfile')).toContain(`@join__type(graph: ${graph}, key: "arn")`);
      expect(typeIn(supergraph, 'ConnectorEntity')).toContain(`@join__type(graph: ${graph}, key: "id")`);
    }
  });

  it('makes the supergraph that the README shows', () => {
    const { errors, warnings, supergraph } = compose(readmeSubgraphs());
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    expect(supergraph).toContain('profilesOfMyTeam');
    expect(supergraph).toContain('@join__graph(name: "appflow", url: "http://127.0.0.1:4000/graphql")');
  });
});

function composeWithApollo(subgraphs: readonly Subgraph[]) {
  const services = subgraphs.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) }));
  const { errors = [], hints = [], supergraphSdl = '' } = composeByApollo(services);
  const warnings = hints.filter(({ definition }) => definition.level.name === 'WARN').map(String);
  return { errors: errors.map(({ message }) => message), warnings, supergraph: supergraphSdl };
}

/** It has no hints. */
function composeWithGuild(subgraphs: readonly Subgraph[]) {
  const services = subgraphs.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) }));
  const result = composeByGuild(services);
  if (compositionHasErrors(result)) {
    return { errors: result.errors.map(({ message }) => message), warnings: [], supergraph: '' };
  }
  return { errors: [], warnings: [], supergraph: result.supergraphSdl };
}

/** The head of a type, where its graphs and keys are. */
function typeIn(supergraph: string, name: string): string {
  const [, rest = ''] = supergraph.split(new RegExp(`^type ${name}\\b`, 'm'));
  return rest.split('{', 1)[0] ?? '';
}

/** What the README's `supergraph.yaml` names, with `teams.graphql` as the README shows it. */
function readmeSubgraphs(): Subgraph[] {
  const files: Readonly<Record<string, string>> = { 'teams.graphql': blockOf('graphql') };
  const { subgraphs } = parseYaml(blockOf('yaml')) as {
    readonly subgraphs: Record<string, { readonly routing_url: string; readonly schema: { readonly file: string } }>;
  };
  return Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    sdl: files[schema.file] ?? readRoot(schema.file),
  }));
}

function blockOf(language: string): string {
  const section = readme.split('\n## As a subgraph\n')[1]?.split('\n## ')[0] ?? '';
  const [, block] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section) ?? [];
  if (block === undefined) throw new Error(`expected a block of ${language} in the README’s section, found none`);
  return block;
}

function readRoot(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
