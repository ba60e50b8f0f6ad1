import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { loadConfig, type Setting, settings } from '../../src/config.ts';
import { temporaryFile } from '../support/temporary-file.ts';

/** What is no setting of ours: Node reads it, or the AWS SDK. */
const ofOthers = [
  'NODE_ENV',
  'NODE_OPTIONS',
  'AWS_REGION',
  'AWS_ENDPOINT_URL_APPFLOW',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
];

/**
 * Fails unless every name is a setting's, or that of a secret's file, and a gateway would start with the values. The files, which
 * exist only where this is deployed, are taken to hold `secrets`.
 */
export async function expectToStart(
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  const known = [...ofOthers, ...Object.entries<Setting<unknown>>(settings).flatMap(namesOf)];
  expect(Object.keys(environment).filter(name => !known.includes(name))).toEqual([]);
  const files = Object.keys(environment).filter(name => name.endsWith('_FILE'));
  const written = await Promise.all(files.map(async name => [name, await writeSecret(name, secrets)]));
  expect(() => loadConfig({ ...environment, ...Object.fromEntries(written) })).not.toThrow();
}

function namesOf([name, { secret }]: readonly [string, Setting<unknown>]): string[] {
  return secret ? [name, `${name}_FILE`] : [name];
}

async function writeSecret(name: string, secrets: Readonly<Record<string, string>>): Promise<string> {
  const secret = secrets[name.replace(/_FILE$/, '')];
  if (secret === undefined) throw new Error(`${name} is set, and the test does not know what it holds`);
  const path = await temporaryFile(name);
  await writeFile(path, secret);
  return path;
}
