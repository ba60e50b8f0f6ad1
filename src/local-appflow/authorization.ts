import { AppflowError } from './errors.ts';

const signatureV4 =
  /^AWS4-HMAC-SHA256\s+(?=.*\bSignedHeaders=[\w;-]+)(?=.*\bSignature=[0-9a-f]{64}\b).*\bCredential=([^\s,]+)/;

/**
 * Checks that a request is signed the way AppFlow's clients sign: SigV4 in the Authorization header, scoped to service
 * `appflow`. Any key, region and signature will do: local AppFlow has no accounts to tell apart.
 */
export function checkAuthorization(header: string | undefined): void {
  if (header === undefined) {
    throw new AppflowError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, credential] = signatureV4.exec(header) ?? [];
  const [, , , service, end] = credential?.split('/') ?? [];
  if (service === undefined || end !== 'aws4_request') {
    throw new AppflowError(
      'IncompleteSignatureException',
      'Authorization must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
    );
  }
  if (service !== 'appflow') {
    throw new AppflowError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: 'appflow', got '${service}'.`,
    );
  }
}
