import type { Random } from '../../simulation/random.ts';
import { faultControlPath } from './fuzz-targets.ts';

/** Inputs the catalogue of the conformance suite has an answer for, and some it refuses; plans that spoil no answer's form. */
export const inputs: Readonly<Record<string, readonly object[]>> = {
  '/list-connectors': [{}, { maxResults: 20 }],
  '/describe-connector': [
    { connectorType: 'Salesforce' },
    { connectorType: 'CustomConnector', connectorLabel: 'Ledger' },
  ],
  '/describe-connectors': [{ maxResults: 1 }, { connectorTypes: ['S3', 'Slack', 'CustomConnector'], maxResults: 2 }],
  '/describe-connector-profiles': [{ maxResults: 1 }, { connectorProfileNames: ['books', 'sales'], maxResults: 1 }],
  '/list-connector-entities': [
    { connectorProfileName: 'sales', maxResults: 1 },
    { connectorProfileName: 'books', connectorType: 'CustomConnector', apiVersion: 'v1' },
    { connectorProfileName: 'sales', entitiesPath: 'Account' },
    { connectorProfileName: 'failing' },
    { connectorType: 'S3' },
  ],
  '/describe-connector-entity': [
    { connectorProfileName: 'sales', connectorEntityName: 'Account' },
    { connectorProfileName: 'refusing', connectorEntityName: 'Account' },
    { connectorType: 'EventBridge', connectorEntityName: 'x' },
  ],
  '/reset-connector-metadata-cache': [
    { connectorProfileName: 'sales', connectorEntityName: 'Account' },
    { connectorProfileName: 'books', apiVersion: 'v2', entitiesPath: '' },
  ],
  '/list-flows': [{ maxResults: 1 }, {}],
  '/describe-flow': [{ flowName: 'nightly' }, { flowName: 'nobody' }],
  [faultControlPath]: [
    { rules: [] },
    { seed: 7, rules: [{ fault: 'error', name: 'ThrottlingException', rate: 0.2, retryAfterSeconds: 1 }] },
    { rules: [{ fault: 'error', name: 'ConflictException', takesEffect: true, profiles: ['sales'], after: 3 }] },
    { rules: [{ fault: 'expired-token', afterUses: 1, operations: ['ListConnectorEntities', 'ListFlows'] }] },
  ],
};

/** Names of members, of the model and of every object in JavaScript. */
const members = [
  ...new Set(Object.values(inputs).flatMap(all => all.flatMap(input => Object.keys(input)))),
  'nextToken',
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
];

/** A body for an operation: mostly a valid input, changed a little as JSON or as bytes. */
export function fuzzBody(random: Random, path: string, tokens: readonly string[]): Buffer {
  const text = fuzzJson(random, path, tokens);
  return random.chance(0.25) ? mutateBytes(random, Buffer.from(text)) : Buffer.from(text);
}

/** Flips, takes out, repeats or puts in a few bytes. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  let mutated = bytes;
  for (let round = 0; round < 1 + whole(random, 3); round += 1) {
    const [at, length] = [whole(random, mutated.length + 1), whole(random, 6)];
    const [head, middle, tail] = [
      mutated.subarray(0, at),
      mutated.subarray(at, at + length),
      mutated.subarray(at + length),
    ];
    const noise = Buffer.from(Array.from({ length }, () => whole(random, 256)));
    mutated = Buffer.concat(
      random.pick([
        [head, tail],
        [head, noise, tail],
        [head, noise, middle, tail],
        [head, middle, middle, tail],
      ]),
    );
  }
  return mutated;
}

/** From 0 up to, not including, `below`. */
export function whole(random: Random, below: number): number {
  return Math.floor(random.between(0, below));
}

function fuzzJson(random: Random, path: string, tokens: readonly string[]): string {
  const pairs = Object.entries(random.pick(inputs[path] ?? [{}])).map(([member, value]) => pairOf(member, value));
  if (tokens.length > 0 && random.chance(0.3)) pairs.push(pairOf('nextToken', fuzzToken(random, random.pick(tokens))));
  if (random.chance(0.5)) pairs.splice(whole(random, pairs.length + 1), whole(random, 2), fuzzPair(random));
  if (random.chance(0.1)) pairs.push(fuzzPair(random), fuzzPair(random));
  const text = `{${pairs.join(',')}}`;
  if (random.chance(0.03))
    return random.pick(['', 'null', '[]', '""', '0', `${text}${text}`, `[${text}]`, ' ', '\uFEFF{}']);
  return text;
}

function fuzzPair(random: Random): string {
  return `${JSON.stringify(random.pick(members))}:${fuzzValue(random)}`;
}

function fuzzToken(random: Random, token: string): string {
  return random.chance(0.5) ? token : mutateBytes(random, Buffer.from(token)).toString('latin1');
}

function fuzzValue(random: Random): string {
  const depth = whole(random, 2000);
  const text = random.pick([
    'Salesforce',
    'x'.repeat(whole(random, 3000)),
    ' ',
    '',
    '\u0000',
    'a\nb',
    'é\u2028😀',
    '/../',
    "'",
    '%s',
  ]);
  return random.pick([
    JSON.stringify(text),
    JSON.stringify([text, text]),
    '"\\ud800"',
    'null',
    'true',
    String(whole(random, 20_000) - 100),
    random.pick(['-0', '1e400', '1.0', '1e-7', '123456789012345678901234567890', '2147483648']),
    '[null]',
    '[[]]',
    '{"__proto__":{"maxResults":1}}',
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
    JSON.stringify(Array.from({ length: whole(random, 300) }, () => 'S3')),
  ]);
}

function pairOf(member: string, value: unknown): string {
  return `${JSON.stringify(member)}:${JSON.stringify(value)}`;
}
