import { AppflowError } from './errors.ts';

/** Where AppFlow is (AWS: endpoints of the SDKs). */
const regions: readonly string[] = [
  'af-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const parameterNames = ['Credential', 'Signature', 'SignedHeaders'];

/**
 * Checks that a request is signed the way AppFlow's clients sign: SigV4 in the Authorization header, scoped to service
 * `appflow` in one of its regions. Any key, date and signature will do: local AppFlow has no accounts to tell apart.
 *
 * Throws what AWS's services throw, in their words, which never repeat the header itself: a MissingAuthenticationTokenException,
 * an IncompleteSignatureException that names all that is missing, an InvalidSignatureException for a wrong scope.
 */
export function checkAuthorization(header: string | undefined): void {
  if (header === undefined) {
    throw new AppflowError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [algorithm = '', ...parameters] = header.trim().split(/[\s,]+/);
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw new AppflowError('IncompleteSignatureException', "Authorization header must begin with 'AWS4-HMAC-SHA256'.");
  }
  const values = readParameters(parameters);
  checkScope(values.get('Credential') ?? '');
  if (/^[0-9a-f]{64}$/.test(values.get('Signature') ?? '')) return;
  throw new AppflowError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
  );
}

function readParameters(parameters: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const [name = '', ...value] = parameter.split('=');
    values.set(name, value.join('='));
  }
  const missing = parameterNames.filter(name => !values.get(name));
  if (missing.length === 0) return values;
  throw new AppflowError(
    'IncompleteSignatureException',
    missing.map(name => `Authorization header requires '${name}' parameter.`).join(' '),
  );
}

function checkScope(credential: string): void {
  const elements = credential.split('/');
  if (elements.length !== 5) {
    throw new AppflowError(
      'IncompleteSignatureException',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got ${elements.length}.`,
    );
  }
  const [, , region = '', service, terminator = ''] = elements;
  const faults = [
    ...(regions.includes(region) ? [] : [`Credential should be scoped to a valid region, not '${region}'.`]),
    ...(service === 'appflow' ? [] : ["Credential should be scoped to correct service: 'appflow'."]),
    ...(terminator === 'aws4_request'
      ? []
      : [`Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`]),
  ];
  if (faults.length > 0) throw new AppflowError('InvalidSignatureException', faults.join(' '));
}
