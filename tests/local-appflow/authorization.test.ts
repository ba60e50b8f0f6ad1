import { describe, expect, it } from 'vitest';
import { checkAuthorization } from '../../src/local-appflow/authorization.ts';
import { signedForAppflow } from '../support/start-local-appflow.ts';

describe('checkAuthorization', () => {
  it('takes any key, date and signature scoped to appflow, in any order and spacing', () => {
    expect(() => checkAuthorization(signedForAppflow)).not.toThrow();
    expect(() => checkAuthorization(signedForAppflow.replaceAll(', ', ','))).not.toThrow();
    const [algorithm, ...parameters] = signedForAppflow.split(/ /);
    expect(() => checkAuthorization(`${algorithm}  ${parameters.reverse().join(' ,')}`)).not.toThrow();
  });

  it.each([
    [undefined, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    ['', 'IncompleteSignatureException', "Authorization header must begin with 'AWS4-HMAC-SHA256'."],
    ['Bearer abc', 'IncompleteSignatureException', "Authorization header must begin with 'AWS4-HMAC-SHA256'."],
    [
      'AWS4-HMAC-SHA256',
      'IncompleteSignatureException',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
    ],
    [
      signedForAppflow.replace('Credential', 'Key'),
      'IncompleteSignatureException',
      "Authorization header requires 'Credential' parameter.",
    ],
    [
      signedForAppflow.replace(/SignedHeaders=[^,]+/, 'SignedHeaders='),
      'IncompleteSignatureException',
      "Authorization header requires 'SignedHeaders' parameter.",
    ],
    [
      signedForAppflow.replace(/, Signature=0+/, ''),
      'IncompleteSignatureException',
      "Authorization header requires 'Signature' parameter.",
    ],
    [
      signedForAppflow.replace('/aws4_request', ''),
      'IncompleteSignatureException',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 4.',
    ],
    [
      signedForAppflow.replace('/appflow/', '/s3/'),
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'appflow'.",
    ],
    [
      signedForAppflow.replace('eu-west-1', 'eu-north-9'),
      'InvalidSignatureException',
      "Credential should be scoped to a valid region, not 'eu-north-9'.",
    ],
    [
      signedForAppflow.replace('aws4_request', 'aws5_request'),
      'InvalidSignatureException',
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
    ],
    [
      signedForAppflow.replace('eu-west-1/appflow/aws4_request', '/s3/'),
      'InvalidSignatureException',
      "Credential should be scoped to a valid region, not ''. Credential should be scoped to correct service: 'appflow'. Credential should be scoped with a valid terminator: 'aws4_request', not ''.",
    ],
    [
      signedForAppflow.replace(/0{64}/, 'abc'),
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    ],
  ])('refuses %j', (header, code, message) => {
    expect(() => checkAuthorization(header)).toThrow(expect.objectContaining({ code, message }));
  });
});
