import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

let found: readonly string[] | undefined;

/**
 * What to give Node to run the command line in the project's folder: the build where it is newer than every source, as it is in
 * `npm test`; else the sources, which take several times as long to start.
 */
export function entryPoint(): readonly string[] {
  found ??= isBuilt() ? ['dist/cli.js'] : ['--import', 'tsx', 'src/cli.ts'];
  return found;
}

function isBuilt(): boolean {
  const built = join(root, 'dist/cli.js');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return sources
    .filter(file => file.endsWith('.ts') && !file.startsWith('explorer/'))
    .every(file => statSync(join(root, 'src', file)).mtimeMs <= builtAt);
}
