import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { entryPoint } from './entry-point.ts';

const root = join(import.meta.dirname, '../..');

/** A process of a test's own, and what it has said so far. */
export interface RunningProcess {
  readonly exitCode: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves to its origin once it says that it listens. */
  listening(): Promise<string>;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the command line. */
export function runCli(args: readonly string[], environment: Environment = {}): RunningProcess {
  return runProcess(process.execPath, [...entryPoint(), ...args], environment);
}

/** Runs a command in the project's folder, with nothing of this process's settings; it and its children are ended after the test. */
export function runProcess(command: string, args: readonly string[], environment: Environment = {}): RunningProcess {
  const { PATH, HOME } = process.env;
  const child = spawn(command, args, { cwd: root, env: { PATH, HOME, ...environment }, detached: true });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    output.stderr += chunk;
  });
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await exitCode;
  });
  return {
    exitCode,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    kill: signal => void child.kill(signal),
    listening: async () => {
      const heard = () => /listening on (\S+)\/\n/.exec(output.stdout)?.[1];
      await vi.waitUntil(() => heard() !== undefined || child.exitCode !== null, { timeout: 45_000 });
      const url = heard();
      if (url === undefined) throw new Error(`expected a listening process, got: ${output.stderr}`);
      return url;
    },
  };
}
