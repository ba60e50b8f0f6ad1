import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

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
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  const ended = once(child, 'exit');
  await vi.waitUntil(() => output.includes('Ready to accept connections') || child.exitCode !== null, {
    timeout: 10_000,
    interval: 5,
  });
  if (child.exitCode !== null || child.pid === undefined) throw new Error(`redis-server did not start: ${output}`);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    await kill();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid, kill, stop };
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
