import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const environment = { PORT: '0', LOCAL_APPFLOW_PORT: '0', GRAPHIQL: 'false', LOG_LEVEL: 'warn' };
const body = JSON.stringify({ query: '{ connectorProfiles { nodes { name } } }' });

describe('a gateway that is asked to stop', () => {
  it('answers everything it has accepted, however busy it is, and exits with 0', async () => {
    const cli = runCli(['serve'], environment);
    const origin = await cli.listening();
    const clients = Array.from({ length: 20 }, () => startClient(origin));
    await vi.waitUntil(() => clients.every(({ answered }) => answered() >= 3), { timeout: 30_000 });
    const askedAt = performance.now();
    cli.kill('SIGTERM');
    expect(await cli.exitCode).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    const ends = await Promise.all(clients.map(({ end }) => end));
    expect(ends).toEqual(clients.map(() => 'told to go elsewhere'));
    expect(cli.stderr()).not.toMatch(/error/i);
  }, 90_000);

  it('while it starts, does not wait until it has', async () => {
    const cli = runCli(['serve'], { ...environment, LOG_LEVEL: 'debug' });
    await vi.waitUntil(() => cli.stdout() !== '' || cli.stderr() !== '', { timeout: 30_000, interval: 1 });
    cli.kill('SIGTERM');
    expect(await cli.exitCode).toBe(0);
  }, 60_000);

  it('twice, does not wait for anybody', async () => {
    const cli = runCli(['serve'], environment);
    const { port } = new URL(await cli.listening());
    const slow = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void slow.destroy());
    slow.on('error', () => undefined);
    await once(slow, 'connect');
    slow.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n{`);
    cli.kill('SIGTERM');
    cli.kill('SIGINT');
    expect(await cli.exitCode).not.toBeNull();
  }, 60_000);
});

/** A client with one kept-alive connection, as a load balancer has many: asks again and again, until an answer ends the connection. */
function startClient(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let answered = 0;
  const run = async (): Promise<string> => {
    for (;;) {
      const outcome = await ask(origin, agent);
      if (outcome !== 'answered') return outcome;
      answered += 1;
    }
  };
  return { answered: () => answered, end: run().finally(() => agent.destroy()) };
}

/** Anything but these two is a request that was dropped. */
function ask(origin: string, agent: Agent): Promise<string> {
  return new Promise(resolve => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(`${origin}/graphql`, { method: 'POST', agent, headers }, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => {
        const isAnswer = response.statusCode === 200 && text.startsWith('{"data"');
        const { connection } = response.headers;
        resolve(isAnswer ? (connection === 'close' ? 'told to go elsewhere' : 'answered') : text);
      });
      response.on('error', error => resolve(error.message));
    });
    sent.on('error', error => resolve(error.message));
    sent.end(body);
  });
}
