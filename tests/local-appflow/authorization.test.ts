import { describe, expect, it } from 'vitest';
import { checkAuthorization } from '../../src/local-appflow/authorization.ts';
import { signedForAppflow } from '../support/start-local-appflow.ts';

describe('checkAuthorization', () => {
  it('takes any key, region and signature scoped to appflow', () => {
    expect(() => checkAuthorization(signedForAppflow)).not.toThrow();
    expect(() => checkAuthorization(signedForAppflow.replaceAll(', ', ','))).not.toThrow();
  });

  it.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['', 'IncompleteSignatureException'],
    ['Bearer abc', 'IncompleteSignatureException'],
    [signedForAppflow.replace('Credential', 'Key'), 'IncompleteSignatureException'],
    [signedForAppflow.replace('/aws4_request', ''), 'IncompleteSignatureException'],
    [signedForAppflow.replace(/, Signature=0+/, ''), 'IncompleteSignatureException'],
    [signedForAppflow.replace('/appflow/', '/s3/'), 'InvalidSignatureException'],
  ])('refuses %j', (header, code) => {
    expect(() => checkAuthorization(header)).toThrow(expect.objectContaining({ code }));
  });
});
