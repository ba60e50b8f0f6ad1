import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { runGateway } from '../support/run-gateway.ts';

/** Cross-site requests that a browser would send without asking: they get 400, which the audits note as something a server may do otherwise. */
const expectedNotices = [
  '5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
  'D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  '6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
];

describe('by the audits of GraphQL over HTTP, the gateway', () => {
  it('is free of errors and warnings; the notices are those of its guard against cross-site requests', async () => {
    const { audits, remarks } = await audit();
    expect(audits).toBe(61);
    expect(remarks).toEqual(expectedNotices.map(notice => `notice: ${notice}`));
  });

  it('does all that they ask for where the guard does not apply', async () => {
    expect(await audit({ 'apollo-require-preflight': 'true' })).toEqual({ audits: 61, remarks: [] });
  });
});

/** Everything that the audits of the whole gateway are not content with. */
async function audit(headers: Readonly<Record<string, string>> = {}) {
  const { gateway } = await runGateway({ GRAPHIQL: 'false' });
  const audits = serverAudits({
    url: `${gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
  });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  const failures = results.filter(({ status }) => status !== 'ok');
  return { audits: results.length, remarks: failures.map(({ status, id, name }) => `${status}: ${id} ${name}`) };
}
