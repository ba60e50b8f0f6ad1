import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { printGatewaySchema } from '../../src/graphql/schema.ts';

it('the subgraph that the README shows composes with the gateway’s', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const teams = /```graphql\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { errors, supergraphSdl } = composeServices([
    { name: 'appflow', typeDefs: parse(await printGatewaySchema()) },
    { name: 'teams', typeDefs: parse(teams) },
  ]);
  expect(errors).toBeUndefined();
  expect(supergraphSdl).toContain('profilesOfMyTeam');
});
