import { expect, it } from 'vitest';
import { toInvocationUrl } from '../../../src/local-appflow/connectors/invocation-url.ts';

const path = '/2015-03-31/functions/function/invocations';

it.each([
  ['http://127.0.0.1:9000', `http://127.0.0.1:9000${path}`],
  ['http://127.0.0.1:9000/', `http://127.0.0.1:9000${path}`],
  ['HTTPS://lambda.example', `https://lambda.example${path}`],
  ['http://[::1]:9000', `http://[::1]:9000${path}`],
  [`http://localhost:9000${path}`, `http://localhost:9000${path}`],
  ['https://gateway.example/ledger?stage=dev', 'https://gateway.example/ledger?stage=dev'],
  ['https://gateway.example/?stage=dev', 'https://gateway.example/?stage=dev'],
])('takes %s for %s', (text, url) => {
  expect(toInvocationUrl(text)?.href).toBe(url);
});

it.each([
  '',
  '127.0.0.1:9000',
  'localhost:9000',
  '/function',
  'ftp://127.0.0.1:9000',
  'http:///nowhere here',
  'http://',
  'http://127.0.0.1:99999',
  'http://user@127.0.0.1:9000',
  'http://user:secret@127.0.0.1:9000',
  'http://:secret@127.0.0.1:9000',
  'http://127.0.0.1:9000/#there',
])('takes %j for none', text => {
  expect(toInvocationUrl(text)).toBeUndefined();
});
