import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import {
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGatewaySchema, printGatewaySchema } from '../../src/graphql/schema.ts';

const committed = new URL('../../schema/schema.graphql', import.meta.url);

describe('the committed schema', () => {
  it('is what the code says: after a change, `npm run schema` writes it anew', async () => {
    expect(readFileSync(committed, 'utf8')).toBe(await printGatewaySchema());
  });

  it('composes with a subgraph that adds to its entities and has connections of its own', () => {
    const { errors, supergraphSdl } = composeServices([
      { name: 'metadata', url: 'http://localhost:4000/graphql', typeDefs: parse(readFileSync(committed, 'utf8')) },
      { name: 'owners', url: 'http://localhost:4001/graphql', typeDefs: parse(owners) },
    ]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('owner: Team');
  });
});

describe('the schema', () => {
  it('documents every type, every root field and every enum value whose name does not say it all', async () => {
    const schema = await createGatewaySchema();
    const undocumented = Object.values(schema.getTypeMap()).filter(
      type =>
        !isIntrospectionType(type) &&
        !isSpecifiedScalarType(type) &&
        !/^(_|link__|federation__)/.test(type.name) &&
        !['Query', 'Mutation'].includes(type.name) &&
        !type.description,
    );
    expect(undocumented.map(({ name }) => name)).toEqual([]);
    const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap(type =>
      Object.values(type?.getFields() ?? {}),
    );
    expect(rootFields.filter(field => !field.name.startsWith('_') && !field.description)).toEqual([]);
  });

  it('never shows credentials', async () => {
    const names = Object.values((await createGatewaySchema()).getTypeMap()).flatMap(type =>
      isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [],
    );
    expect(names.filter(name => /credential|secret|token|password/i.test(name))).toEqual([]);
  });

  it('has the 24 connector types of AppFlow and UNKNOWN', async () => {
    const type = (await createGatewaySchema()).getType('ConnectorType');
    const values = isEnumType(type) ? type.getValues() : [];
    expect(values).toHaveLength(25);
    expect(values.every(({ name }) => /^[A-Z][A-Z0-9_]*$/.test(name))).toBe(true);
  });
});

const owners = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { teams: TeamConnection! }
  type Team { name: String! }
  type TeamConnection { nodes: [Team!]! pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type ConnectorProfile @key(fields: "arn") { arn: String! owner: Team }
  type ConnectorEntity @key(fields: "id") { id: ID! steward: Team }
`;
