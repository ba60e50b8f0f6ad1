import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A PostgreSQL server of a test's own, empty at the start. */
export interface PostgresServer {
  /** `postgres://` URL of its database; the role may do everything, the password is not looked at. */
  readonly url: string;
  readonly port: number;
  /** Runs statements (several, parted by semicolons) and answers the rows of the last one. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends the server; connections break. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in a process of its own, in two to three seconds.
 *
 * @param options.port Where to listen, for a server that comes back where it was; any free port by default.
 */
export async function startPostgres({ port: wanted = 0 } = {}): Promise<PostgresServer> {
  const script = fileURLToPath(new URL('postgres-process.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  child.send({ port: wanted });
  const port = await Promise.race([
    once(child, 'message').then(([message]) => Number(message.port)),
    ended.then(([code]) => Promise.reject(new Error(`PostgreSQL ended with ${code} before it was ready.`))),
  ]);
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    port,
    query: sql => query(url, sql),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: pg.QueryResult | pg.QueryResult[] = await client.query(sql);
    return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
  } finally {
    await client.end();
  }
}
