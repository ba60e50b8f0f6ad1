import { expect, it } from 'vitest';
import { isLoopback, isLoopbackHost } from '../../src/local-appflow/loopback.ts';

it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1'])('%s is this machine', address => {
  expect(isLoopback(address)).toBe(true);
});

it.each(['', '0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.com', '127.1', 'localhost.example.com'])(
  '%j is not',
  address => {
    expect(isLoopback(address)).toBe(false);
  },
);

it.each(['localhost', 'LocalHost:80', '127.0.0.1:', '[::1]', '[::1]:4001'])('Host %s names this machine', host => {
  expect(isLoopbackHost(host)).toBe(true);
});

it.each([
  '',
  ':80',
  '::1',
  '[::1',
  '[::2]',
  '127.0.0.1:80:80',
  'localhost@example.com',
  'example.com:80',
  '127.0.0.1 x',
])('Host %j does not', host => {
  expect(isLoopbackHost(host)).toBe(false);
});
