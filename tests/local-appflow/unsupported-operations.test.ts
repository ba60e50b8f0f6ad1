import { describe, expect, it } from 'vitest';
import { findTagOperation } from '../../src/local-appflow/unsupported-operations.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { signedForAppflow, startLocalAppflow } from '../support/start-local-appflow.ts';

// What each of them answers, byte for byte and to the AWS SDK, is in the conformance suite.
describe('an operation that local AppFlow has not', () => {
  const signed = { authorization: signedForAppflow };
  it.each([
    ['POST /create-flow', signed, '', 400, 'UnsupportedOperationException'],
    ['POST /create-flow', signed, '{"flowName":7}', 400, 'UnsupportedOperationException'],
    ['POST /create-flow', signed, '{', 400, 'SerializationException'],
    ['POST /create-flow', {}, '', 403, 'MissingAuthenticationTokenException'],
    ['GET /create-flow', signed, '', 405, 'MethodNotAllowedException'],
    ['GET /tags/arn%3Aaws', signed, '', 400, 'UnsupportedOperationException'],
    ['DELETE /tags/arn:aws:a/b?tagKeys=x', signed, '', 400, 'UnsupportedOperationException'],
    ['GET /tags/arn%3Aaws', {}, '', 403, 'MissingAuthenticationTokenException'],
    ['PUT /tags/arn%3Aaws', signed, '', 405, 'MethodNotAllowedException'],
    ['GET /tags/', signed, '', 404, 'UnknownOperationException'],
    ['GET /tags', signed, '', 404, 'UnknownOperationException'],
    ['POST /create-flows', signed, '', 404, 'UnknownOperationException'],
  ] as const)('answers %s %j %j with %i %s', async (line, headers, body, status, name) => {
    const { url } = await startLocalAppflow();
    const answer = await sendRaw(url, rawRequest(line, headers, body));
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, name]);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
  });

  it('says which methods it takes', async () => {
    const { url } = await startLocalAppflow();
    const [tags, flow] = [
      await sendRaw(url, rawRequest('PUT /tags/x')),
      await sendRaw(url, rawRequest('PUT /create-flow')),
    ];
    expect([tags.headers['allow'], flow.headers['allow']]).toEqual(['GET, POST, DELETE', 'POST']);
  });

  it('goes by its method where three share a path', () => {
    const names = ['GET', 'POST', 'DELETE'].map(method => findTagOperation(method, '/tags/x')?.name);
    expect(names).toEqual(['ListTagsForResource', 'TagResource', 'UntagResource']);
    expect(findTagOperation('GET', '/list-flows')).toBeUndefined();
  });
});
