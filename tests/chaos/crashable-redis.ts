import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort, type RedisServer, startRedis } from '../support/redis-server.ts';

/** A redis-server that can be frozen, killed, and started again on the same port, empty or with what an old snapshot holds. */
export class CrashableRedis {
  readonly port: number;
  readonly #path: string;
  readonly #directory: string;
  readonly #password: string | undefined;
  #server: RedisServer | undefined;
  readonly #endWithUs = () => this.#server && killQuietly(this.#server.pid);

  private constructor(path: string, port: number, directory: string, password: string | undefined) {
    this.#path = path;
    this.port = port;
    this.#directory = directory;
    this.#password = password;
    process.on('exit', this.#endWithUs);
  }

  /**
   * Takes a port, and a directory for snapshots, but does not start yet.
   *
   * @param password What it will ask of its clients; nothing by default.
   */
  static async create(path: string, password?: string): Promise<CrashableRedis> {
    const directory = await mkdtemp(join(tmpdir(), 'crashable-redis-'));
    return new CrashableRedis(path, await findFreePort(), directory, password);
  }

  /** The same, started. */
  static async start(path: string, password?: string): Promise<CrashableRedis> {
    const redis = await CrashableRedis.create(path, password);
    await redis.restart('empty');
    return redis;
  }

  /** Sends one command over a connection of its own, past every proxy. */
  async send(command: string, ...args: readonly (string | number)[]): Promise<unknown> {
    const password = this.#password;
    const client = new Redis(this.port, {
      lazyConnect: true,
      retryStrategy: () => null,
      ...(password && { password }),
    });
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }

  /** Keeps what is stored now, for `restart('snapshot')`. */
  async takeSnapshot(): Promise<void> {
    await this.send('SAVE');
    await copyFile(join(this.#directory, 'dump.rdb'), join(this.#directory, 'old.rdb'));
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  async crash(): Promise<void> {
    await this.#server?.kill();
    this.#server = undefined;
  }

  async restart(from: 'empty' | 'snapshot'): Promise<void> {
    const dump = join(this.#directory, 'dump.rdb');
    if (from === 'snapshot') await copyFile(join(this.#directory, 'old.rdb'), dump);
    else await rm(dump, { force: true });
    const args = this.#password === undefined ? [] : ['--requirepass', this.#password];
    this.#server = await startRedis({ path: this.#path, port: this.port, directory: this.#directory, args });
  }

  async stop(): Promise<void> {
    await this.crash();
    process.off('exit', this.#endWithUs);
    await rm(this.#directory, { recursive: true, force: true });
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#server) process.kill(this.#server.pid, signal);
  }
}

/** At the end of this process there is nobody left to tell that it was gone already. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
}
