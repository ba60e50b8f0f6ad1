import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryPoint } from '../support/entry-point.ts';

const root = join(import.meta.dirname, '../..');
const skewedClock = pathToFileURL(join(import.meta.dirname, 'skewed-clock.mjs')).href;
const keptOutput = 20_000;

export interface GatewayProcessOptions {
  readonly upstreamUrl: string;
  readonly redisUrl?: string | undefined;
  readonly leaseMs: number;
  /** How wrong its wall clock is at first, in milliseconds. Default 0. */
  readonly wallOffsetMs?: number;
}

/** A gateway in a process of its own, as an operator runs it, that can be frozen, killed and started again. */
export class GatewayProcess {
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #output = '';
  readonly #unexpectedEnds: string[] = [];

  constructor({ upstreamUrl, redisUrl, leaseMs, wallOffsetMs = 0 }: GatewayProcessOptions) {
    const { PATH, HOME } = process.env;
    this.#environment = {
      PATH,
      HOME,
      PORT: '0',
      GRAPHIQL: 'false',
      LOG_LEVEL: 'warn',
      APPFLOW_UPSTREAM: 'aws',
      AWS_ENDPOINT_URL_APPFLOW: upstreamUrl,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      COHERENCE_LEASE_MS: String(leaseMs),
      WALL_OFFSET_MS: String(wallOffsetMs),
      // Coherence is what is tried here, on a machine that has more to do than it can: nothing is refused for that.
      RESET_BUDGET_PER_MINUTE: '0',
      MAX_REQUESTS: '100000',
      MAX_START_DELAY_MS: '60000',
      ...(redisUrl && { REDIS_URL: redisUrl }),
    };
  }

  /** Its origin; `undefined` while it is not there. */
  get url(): string | undefined {
    return this.#url;
  }

  /** The end of what it has said since it was started, on stdout and stderr. */
  get output(): string {
    return this.#output;
  }

  /** What it said each time it ended without being told to: nothing, for a gateway that stands everything. */
  get unexpectedEnds(): readonly string[] {
    return this.#unexpectedEnds;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const args = ['--import', skewedClock, ...entryPoint(), 'serve'];
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
    const child = spawn(process.execPath, args, { cwd: root, env: this.#environment, stdio: [...stdio] });
    this.#child = child;
    this.#output = '';
    const ended = once(child, 'exit');
    child.on('exit', () => this.#noteEnd(child));
    const listening = new Promise<void>(resolve => {
      const hear = (chunk: Buffer) => {
        if (this.#child !== child) return;
        this.#output = (this.#output + chunk).slice(-keptOutput);
        this.#url ??= /listening on (\S+)\/\n/.exec(this.#output)?.[1];
        if (this.#url !== undefined) resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
    });
    await Promise.race([listening, ended]);
    if (this.#url === undefined) throw new Error(`expected a gateway that listens, got: ${this.#output}`);
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Sets its wall clock that far off the true time. */
  setWallOffset(wallOffsetMs: number): void {
    this.#child?.send({ wallOffsetMs });
  }

  /** Ends it at once; the signal has left when this returns, the process is gone when it resolves. */
  crash(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to leave. */
  leave(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#url = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** One that was told to end is no longer ours. */
  #noteEnd(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#url = undefined;
    this.#unexpectedEnds.push(this.#output);
  }
}
