import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A redis-server of a test's own, on a port of loopback. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it at once, as a crash would. What it was told to keep stays for the next one in the same directory. */
  kill(): Promise<void>;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}

export interface RedisServerOptions {
  /** Of `redis-server`. */
  readonly path: string;
  readonly port?: number;
  /** Where it keeps snapshots; a new one by default. */
  readonly directory?: string;
  /** More of its command line, such as `--requirepass secret`. */
  readonly args?: readonly string[];
}

/** Starts a Redis that keeps nothing on disk unless told so, and waits until it takes connections. */
export async function startRedis({
  path,
  port: wanted,
  directory,
  args = [],
}: RedisServerOptions): Promise<RedisServer> {
  const port = wanted ?? (await findFreePort());
  const dir = directory ?? (await mkdtemp(join(tmpdir(), 'redis-')));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const child = spawn(path, [...options, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await untilReady(child.stdout, ended);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    await kill();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid ?? 0, kill, stop };
}

/** Listens for as long as it runs, because a pipe that nobody empties would stop it. */
async function untilReady(stdout: Readable, ended: Promise<unknown>): Promise<void> {
  let output = '';
  const isReady = new Promise<boolean>(resolve => {
    stdout.on('data', chunk => {
      output += chunk;
      if (output.includes('Ready to accept connections')) resolve(true);
    });
  });
  if (await Promise.race([isReady, ended.then(() => false)])) return;
  throw new Error(`redis-server did not start: ${output}`);
}

/** A port that is free now; nothing keeps it so, but nobody else takes ports in this range by chance. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return address.port;
}
