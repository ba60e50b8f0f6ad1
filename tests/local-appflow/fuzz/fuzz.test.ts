import { describe, expect, it } from 'vitest';
import { operations } from '../../../src/local-appflow/router.ts';
import { startWorld } from '../conformance/world.ts';
import { AnswerReader } from './answer-reader.ts';
import { findFault } from './find-fault.ts';
import { inputs } from './json-fuzz.ts';
import { runFuzz } from './run-fuzz.ts';

it.each([
  ['sound', 9],
  ['faulty', 5],
] as const)('whatever is sent, a %s local AppFlow answers in JSON and goes on', async (world, seconds) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const server = await startWorld(world);
  const hasFaultControl = world === 'faulty';
  const result = await runFuzz({ url: server.url, seed, requests: 100_000, seconds, hasFaultControl });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  expect(result.faults).toEqual([]);
  expect(result.requests).toBeGreaterThan(500);
  expect(Object.keys(result.answers)).toEqual(expect.arrayContaining(['200', '400', '403', '404', '405', '415']));
  if (hasFaultControl) expect(Object.keys(result.answers)).toEqual(expect.arrayContaining(['409', '429']));
  const answer = await fetch(`${server.url}/list-connectors`);
  expect(answer.status).toBe(405);
  await server.close();
});

it('has good inputs for every operation', () => {
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(operations.map(({ path }) => path)));
});

describe('the fuzz would notice', () => {
  const good = {
    status: 400,
    headers: new Map([
      ['content-type', 'application/json'],
      ['x-amzn-requestid', '3b241101-e2bb-4255-8caf-4136c566a962'],
      ['x-amzn-errortype', 'ValidationException'],
    ]),
    body: '{"message":"no"}',
  };
  const withHeader = (name: string, value: string) => ({ ...good, headers: new Map([...good.headers, [name, value]]) });

  it('nothing where there is nothing', () => {
    expect(findFault(good, 'POST')).toBeUndefined();
  });

  it.each([
    ['no request id', withHeader('x-amzn-requestid', '')],
    ['HTML', withHeader('content-type', 'text/html')],
    ['an error nobody knows', withHeader('x-amzn-errortype', 'SurpriseException')],
    ['an error with another status', withHeader('x-amzn-errortype', 'ConflictException')],
    ['a success that is an error', { ...good, status: 200 }],
    ['a 500', { ...withHeader('x-amzn-errortype', 'InternalServerException'), status: 500 }],
    ['an error without a name', { ...good, headers: new Map([...good.headers].slice(0, 2)) }],
    ['text', { ...good, body: 'no' }],
    ['an error without a message', { ...good, body: '{}' }],
  ])('%s', (_, answer) => {
    expect(findFault(answer, 'POST')).toEqual(expect.any(String));
  });

  it('two answers, one of them in pieces, behind an interim one', () => {
    const reader = new AnswerReader();
    expect(
      reader.read(Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{'), ['POST']),
    ).toEqual([]);
    const answers = reader.read(Buffer.from('}HTTP/1.1 405 No\r\ncontent-length: 9\r\n\r\nHTTP'), ['POST', 'HEAD']);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, '{}'],
      [405, ''],
    ]);
    expect(reader.rest).toBe('HTTP');
  });
});
