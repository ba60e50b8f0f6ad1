import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Manifest } from './manifests.ts';

const modules = join(import.meta.dirname, '../../node_modules');

/** Where kubernetes-types, which is made from Kubernetes' OpenAPI document, keeps the kinds of an API. */
const moduleOfApi: Readonly<Record<string, string>> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
};

/**
 * Compares objects with Kubernetes' own types: members that it does not know, that are missing or of another type. What a text
 * may hold, such as the unit of a quantity, is not looked at.
 *
 * @returns The compiler's complaints; none when all is well. An object of an API that is not known here is one.
 */
export async function checkKubernetesTypes(manifests: readonly Manifest[]): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'appflow-gateway-'));
  try {
    await writeFile(join(directory, 'manifests.ts'), manifests.map(toDeclaration).join('\n'));
    const options = ['--noEmit', '--strict', '--module', 'preserve', '--types', '', '--pretty', 'false'];
    const args = [join(modules, 'typescript/bin/tsc'), ...options, 'manifests.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory }).catch(error => error);
    return String(stdout).split('\n').filter(Boolean);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A literal, because the compiler looks for unknown members in nothing else. */
function toDeclaration(manifest: Manifest, index: number): string {
  const module = join(modules, 'kubernetes-types', moduleOfApi[manifest.apiVersion] ?? manifest.apiVersion);
  const type = `import('${module}').${manifest.kind}`;
  return `export const manifest${index}: ${type} = ${JSON.stringify(manifest, null, 2)};`;
}
