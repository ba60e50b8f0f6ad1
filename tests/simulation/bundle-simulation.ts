import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import type { Mutant } from './mutants.ts';

const root = resolve(import.meta.dirname, '../..');

/** The simulator and the code under test as one file for worker threads. */
export interface SimulationBundle {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Bundles the simulation, of the code as it is or of a mutant.
 *
 * @throws When the mutant's text is not there exactly once: a mutant that changes nothing would prove nothing.
 */
export async function bundleSimulation(mutant?: Mutant): Promise<SimulationBundle> {
  const outDir = await mkdtemp(join(tmpdir(), 'simulation-'));
  const patch = mutant && patchWith(mutant);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: patch ? [patch.plugin] : [],
    ssr: { noExternal: true },
    build: {
      ssr: 'tests/simulation/simulation-worker.ts',
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'simulation.mjs' } },
    },
  });
  if (patch && !patch.isApplied()) throw new Error(`expected the simulation to use ${mutant.file}, it does not`);
  return { path: join(outDir, 'simulation.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}

function patchWith({ name, file, find, replace }: Mutant): { readonly plugin: Plugin; isApplied(): boolean } {
  const target = resolve(root, file);
  let isApplied = false;
  const transform = (code: string, id: string) => {
    if (id !== target) return undefined;
    const [before, after, ...more] = code.split(find);
    if (after === undefined || more.length > 0) throw new Error(`"${name}": expected once in ${file}: ${find}`);
    isApplied = true;
    return { code: `${before}${replace}${after}`, map: null };
  };
  return { plugin: { name: 'mutant', enforce: 'pre', transform }, isApplied: () => isApplied };
}
