import { expect, it } from 'vitest';
import { runGateway } from '../support/run-gateway.ts';

const tooComplex = `{ connectorProfiles(first: 100) { nodes { entities(first: 1000) { nodes { name label group } } } } }`;

it('a client that asks for application/json by name gets GraphQL’s complaints with 200, everybody else with 400', async () => {
  const { gateway } = await runGateway({ GRAPHIQL: 'false' });
  const statusOf = async (accept: string, query: string, method = 'POST') => {
    const headers = { accept, 'content-type': 'application/json' };
    const url = `${gateway.url}/graphql`;
    const answer =
      method === 'POST'
        ? await fetch(url, { method, headers, body: JSON.stringify({ query }) })
        : await fetch(`${url}?${new URLSearchParams({ query })}`, { headers });
    return answer.status;
  };
  const json = 'application/json; charset=utf-8';
  const graphql = 'application/graphql-response+json';
  const complaints = [
    '{',
    '{ nobody }',
    'query A { __typename } query B { __typename }',
    'query ($a: Int!) { __typename }',
  ];
  for (const query of complaints) {
    const statuses = [json, graphql, `${graphql}, ${json};q=0.9`, '*/*'].map(accept => statusOf(accept, query));
    expect([query, await Promise.all(statuses)]).toEqual([query, [200, 400, 400, 400]]);
  }
  // What is refused for its size, and a mutation by GET, is so for everybody.
  expect(await statusOf(json, tooComplex)).toBe(400);
  expect(await statusOf(json, 'mutation { __typename }', 'GET')).toBe(405);
  expect(await statusOf(json, '{ __typename }')).toBe(200);
});
