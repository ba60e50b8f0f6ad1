import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** The members that every Kubernetes object has. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

const folder = join(import.meta.dirname, '../../deploy');
// What kubectl reads: 0440 is octal.
const dialect = { version: '1.1', merge: true } as const;

/** A YAML file of deploy, which holds one document. */
export function readYaml<T>(path: string): T {
  return parse(readFileSync(join(folder, path), 'utf8'), dialect);
}

/** The objects in the files that a kustomization names. */
export function readManifests(directory: string): Manifest[] {
  const { resources } = readYaml<{ resources: string[] }>(`${directory}/kustomization.yaml`);
  return resources.flatMap(file => parseManifests(readFileSync(join(folder, directory, file), 'utf8')));
}

/** The objects in a text of several YAML documents. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text, dialect).map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}

/** The object of a kind and name, of which there is one. The caller says its type, which is checked elsewhere. */
export function findManifest<T>(manifests: readonly Manifest[], kind: string, name: string): T {
  const [found, ...others] = manifests.filter(manifest => manifest.kind === kind && manifest.metadata.name === name);
  if (!found || others.length > 0) throw new Error(`expected one ${kind} ${name}, got ${found ? 'several' : 'none'}`);
  return found as T;
}
