import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const directory = join(root, 'dist/explorer');
const page = 'graphiql.html';
const sources = ['src/explorer', 'schema/operations', 'package-lock.json'];

/**
 * Builds the browser code when it is missing or older than what it is made of, so that a fresh clone can test it. Takes about
 * 6 s. Several suites may ask for it at once: each builds aside and then moves its files in, which at no moment breaks a build in use.
 *
 * @returns The directory to serve.
 */
export async function ensureExplorerBuilt(): Promise<string> {
  if (isBuilt()) return directory;
  await mkdir(join(directory, 'assets'), { recursive: true });
  const aside = await mkdtemp(join(root, 'dist/explorer-'));
  try {
    await build(aside);
    await moveIn(aside);
  } finally {
    await rm(aside, { recursive: true });
  }
  return directory;
}

function isBuilt(): boolean {
  const built = join(directory, page);
  const newestSource = Math.max(...sources.map(source => newestIn(join(root, source))));
  return existsSync(built) && statSync(built).mtimeMs >= newestSource;
}

/** Milliseconds of the last change in a file or directory; a directory changes when something leaves it. */
function newestIn(path: string): number {
  const stats = statSync(path);
  const within = stats.isDirectory() ? readdirSync(path).map(name => newestIn(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...within);
}

/** In a process of its own, as users build it: with the test runner's NODE_ENV it would be React's development build. */
async function build(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', 'src/explorer', '--outDir', outDir, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
}

/** File by file, the page last: names of assets carry their content's hash, and a rename replaces a file in one step. */
async function moveIn(built: string): Promise<void> {
  for (const asset of await readdir(join(built, 'assets'))) {
    await rename(join(built, 'assets', asset), join(directory, 'assets', asset));
  }
  await rename(join(built, page), join(directory, page));
}
