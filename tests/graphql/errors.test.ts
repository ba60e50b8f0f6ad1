import { beforeEach, describe, expect, it } from 'vitest';
import { graphqlErrorCodes } from '../../src/graphql/errors.ts';
import { MetadataError, metadataErrorCodes } from '../../src/metadata/errors.ts';
import { aConnector } from '../support/builders.ts';
import type { FakeSource } from '../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from './test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

describe('the table of codes', () => {
  it('has a line for each, metadata ones included', () => {
    expect(Object.keys(graphqlErrorCodes)).toEqual(expect.arrayContaining(Object.keys(metadataErrorCodes)));
    expect(Object.values(graphqlErrorCodes).every(meaning => /^[A-Z].*\.$/.test(meaning))).toBe(true);
  });
});

describe('an error of the metadata', () => {
  it('is told with its code, whether to retry, when, and what AWS calls the request', async () => {
    const error = new MetadataError('UPSTREAM_THROTTLED', 'AppFlow asked for fewer requests.', {
      retryAfterMs: 1500,
      upstreamRequestId: 'aws-42',
      cause: new Error('ThrottlingException at /srv/secret/path'),
    });
    source.failNext('profiles', error);
    const answer = await gateway.execute('{ connectorProfiles { nodes { name } } }');
    expect(answer).toEqual({
      data: { connectorProfiles: null },
      errors: [
        {
          message: 'AppFlow asked for fewer requests.',
          locations: [{ line: 1, column: 3 }],
          path: ['connectorProfiles'],
          extensions: { code: 'UPSTREAM_THROTTLED', retryable: true, retryAfterMs: 1500, upstreamRequestId: 'aws-42' },
        },
      ],
    });
    expect(gateway.logged).toEqual([]);
  });
});

describe('a fault of the gateway', () => {
  it('is masked, and its detail is in the log under the request id of the answer', async () => {
    source.listProfiles = async () => {
      throw new TypeError('cannot read /srv/secret/path');
    };
    const { errors } = await gateway.execute('{ connectorProfiles { nodes { name } } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' }, path: ['connectorProfiles'] },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|TypeError|stack/);
    expect(gateway.logged.join('')).toMatch(/request-1.*secret/);
  });

  it('is masked when a value does not fit the schema, for such errors quote the value', async () => {
    source.connectors = [aConnector('S3', { type: 'Secret' as never })];
    const { errors } = await gateway.execute('{ connectors { nodes { type } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(errors)).not.toContain('Secret');
  });

  it('is masked when a value is missing', async () => {
    source.connectors = [aConnector('S3', { rawType: null as never })];
    const { errors } = await gateway.execute('{ connectors { nodes { rawType } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' } }]);
  });
});

describe("GraphQL's own complaints", () => {
  it.each([
    ['{ connectors', undefined, 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    ['{ conectors { nodes { id } } }', undefined, 'GRAPHQL_VALIDATION_FAILED', /Did you mean "connectors"/],
    ['{ connectors(first: "5") { nodes { id } } }', undefined, 'GRAPHQL_VALIDATION_FAILED', /Int cannot represent/],
    [
      'query ($first: Int) { connectors(first: $first) { nodes { id } } }',
      { first: 'x' },
      'BAD_USER_INPUT',
      /Variable "\$first"/,
    ],
    [
      'query ($name: String! = "x") { connectorProfile(name: $name) { id } }',
      { name: null },
      'BAD_USER_INPUT',
      /non-null/,
    ],
    [
      'query A { connectors { nodes { id } } } query B { _service { sdl } }',
      undefined,
      'OPERATION_RESOLUTION_FAILURE',
      /Must provide operation name/,
    ],
    [
      'subscription { resets }',
      undefined,
      'OPERATION_RESOLUTION_FAILURE',
      /serves queries and mutations; got a subscription/,
    ],
  ])('are passed on: %s', async (document, variables, code, message) => {
    const { errors } = await gateway.execute(document, variables);
    expect(errors).toMatchObject([{ extensions: { code, retryable: false } }]);
    expect(errors[0]?.message).toMatch(message);
    expect(JSON.stringify(errors)).not.toContain('stack');
    expect(gateway.logged).toEqual([]);
  });

  it('suggest nothing when introspection is off', async () => {
    const closed = await createTestGateway(source, { introspection: false });
    const misspelt = await closed.execute('{ conectors { nodes { id } } }');
    expect(misspelt.errors[0]?.message).toBe('Cannot query field "conectors" on type "Query".');
    const wrongValue = await closed.execute('query ($t: ConnectorType!) { connector(type: $t) { id } }', {
      t: 'SALESFORC',
    });
    expect(wrongValue.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(wrongValue.errors[0]?.message).not.toContain('SALESFORCE');
    const introspection = await closed.execute('{ __schema { types { name } } }');
    expect(introspection.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});
