import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureSystemProgram } from '../support/system-packages.ts';
import type { Variant } from './variants.ts';

/** How much of the world a model has. Crashes of replicas, prunings, lost and late messages are as many as it takes. */
export interface ModelSize {
  readonly replicas: 2 | 3;
  /** Records a log may hold: of the watched reset, of its retries, and of all other resets. */
  readonly resets: number;
  /** How often Redis comes back without its data, or with older data. */
  readonly redisRestarts: number;
}

export interface ModelRun {
  readonly states: number;
  readonly errors: number;
  /** Whether every state was visited, or the search stopped at its limits. */
  readonly isComplete: boolean;
  readonly seconds: number;
  readonly megabytes: number;
  /** How often each thing worth seeing was done, by its name in `coherence.pml`. Only from `proveModel`. */
  readonly reached: Readonly<Record<string, number>>;
  /** The steps to the error, in words; empty without one. */
  readonly story: readonly string[];
}

/** The path of Spin, or why it cannot run and what to install. */
export type SpinTools = { readonly path: string } | { readonly missing: string };

interface Search {
  readonly spinFlags: readonly string[];
  readonly gccFlags: readonly string[];
  readonly panFlags: readonly string[];
}

/** The longest path that is searched; a search that meets a longer one is not complete. */
const maxDepth = 500_000;

/** Above this a search gives up, and is not complete. */
const maxMegabytes = 8_000;

const run = promisify(execFile);

/** Finds Spin, gcc and the headers it needs, as `ensureSystemProgram` does. */
export async function ensureSpinTools(): Promise<SpinTools> {
  for (const name of ['gcc', 'libc6-dev'] as const) {
    const tool = await ensureSystemProgram(name);
    if ('missing' in tool) return tool;
  }
  return ensureSystemProgram('spin');
}

/** Visits every state of the model, and counts what was done on the way. */
export function proveModel(size: ModelSize): Promise<ModelRun> {
  return search({
    spinFlags: [...toFlags(size), '-DCOUNT'],
    gccFlags: ['-O2', `-DMEMLIM=${maxMegabytes}`],
    panFlags: [`-m${maxDepth}`],
  });
}

/** Looks for the shortest way to violate the property in a broken variant. Compiled in a hurry, because the search is short. */
export function refuteVariant({ flag, size }: Variant): Promise<ModelRun> {
  return search({ spinFlags: [...toFlags(size), `-D${flag}`], gccFlags: ['-O0', '-DBFS'], panFlags: [] });
}

function toFlags({ replicas, resets, redisRestarts }: ModelSize): string[] {
  return [`-DREPLICAS=${replicas}`, `-DRESETS=${resets}`, `-DLOSSES=${redisRestarts}`];
}

async function search({ spinFlags, gccFlags, panFlags }: Search): Promise<ModelRun> {
  const cwd = await mkdtemp(join(tmpdir(), 'coherence-model-'));
  try {
    await copyFile(join(import.meta.dirname, 'coherence.pml'), join(cwd, 'coherence.pml'));
    await run('spin', ['-a', ...spinFlags, 'coherence.pml'], { cwd });
    // Every step touches what all share, so partial order reduction finds nothing to leave out.
    await run('gcc', ['-DSAFETY', '-DNOREDUCE', ...gccFlags, '-w', '-o', 'pan', 'pan.c'], { cwd });
    const startedAt = performance.now();
    const { stdout } = await run('./pan', [...panFlags], { cwd });
    const seconds = (performance.now() - startedAt) / 1000;
    const story = stdout.includes('wrote coherence.pml.trail') ? await tellStory(cwd, spinFlags) : [];
    return { ...readReport(stdout), seconds, story };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** What the steps print, up to the variables of the last state. */
async function tellStory(cwd: string, spinFlags: readonly string[]): Promise<string[]> {
  const { stdout } = await run('spin', ['-t', ...spinFlags, 'coherence.pml'], { cwd });
  const lines = stdout.split('\n').map(line => line.trim());
  return lines.filter(line => /^(replica \d|the |AppFlow |Redis |a lease )/.test(line));
}

function readReport(report: string): Omit<ModelRun, 'seconds' | 'story'> {
  const reached = [...report.matchAll(/^reached (\w+) (\d+)$/gm)].map(([, name, count]) => [name, Number(count)]);
  return {
    states: readNumber(report, /([\d.e+]+) states, stored/),
    errors: readNumber(report, /errors: (\d+)/),
    isComplete: !/Search not completed|search depth too small|out of memory|-DMEMLIM/i.test(report),
    megabytes: readNumber(report, /([\d.]+)\s+total actual memory usage/),
    reached: Object.fromEntries(reached),
  };
}

function readNumber(report: string, pattern: RegExp): number {
  const found = pattern.exec(report)?.[1];
  if (found === undefined) throw new Error(`expected pan to report ${pattern}, and it said:\n${report}`);
  return Number(found);
}
