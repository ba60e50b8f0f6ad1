import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What suites need from the system, by the name of its Debian package, and where that package puts its program (or a header). */
const programs = {
  chromium: '/usr/bin/chromium',
  'redis-server': '/usr/bin/redis-server',
  spin: '/usr/bin/spin',
  gcc: '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  'kubernetes-client': '/usr/bin/kubectl',
} as const satisfies Record<string, string>;

export type SystemPackage = keyof typeof programs;

/** The program, or why there is none and how to get it. */
export type SystemProgram = { readonly path: string } | { readonly missing: string };

/**
 * Finds a program of the system, and installs its package first where that can be done (Debian, root). Call it at the top of a
 * suite's file: several processes may at the same time, and one of them installs while the others wait.
 *
 * @returns Why it is missing, to skip the suite with: `describe.skipIf('missing' in program)`. The line is printed, too.
 * @throws When CI is set: there a suite that cannot run is a failure.
 */
export async function ensureSystemProgram(name: SystemPackage): Promise<SystemProgram> {
  const path = programs[name];
  if (!existsSync(path) && canInstall()) await install(name);
  if (existsSync(path)) return { path };
  const missing = `needs ${name}: apt-get install -y --no-install-recommends ${name}`;
  const { CI } = process.env;
  if (CI) throw new Error(`A suite ${missing}`);
  process.stderr.write(`SKIPPED: a suite ${missing}\n`);
  return { missing };
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** The lock is the kernel's, so it is gone when its holder is; who waited for it finds the program in place. */
async function install(name: SystemPackage): Promise<void> {
  const lock = join(tmpdir(), 'appflow-gateway-packages.lock');
  const line = `test -e ${programs[name]} || { apt-get update && apt-get install -y --no-install-recommends ${name}; }`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  process.stderr.write(`installing ${name}, which a suite needs\n`);
  try {
    await promisify(execFile)('flock', [lock, 'sh', '-c', line], { env, timeout: 600_000, maxBuffer: 50_000_000 });
  } catch (error) {
    process.stderr.write(`${name} could not be installed: ${String(error)}\n`);
  }
}
