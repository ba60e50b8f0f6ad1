#!/usr/bin/env node
/** The command line: which part to run, signals and exit codes. */
import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLog } from './base/log.ts';
import {
  type Config,
  ConfigError,
  describeDefault,
  loadConfig,
  loadLocalAppflowConfig,
  printConfig,
  type Setting,
  settings,
} from './config.ts';
import type { Gateway, Recording } from './main.ts';

/** Exit codes of sysexits.h, which process managers know. */
const exitCodes = { usage: 64, incomplete: 65, config: 78, failure: 1 } as const;

const schemaFile = fileURLToPath(new URL('../schema/schema.graphql', import.meta.url));

const usage = `Usage: appflow-gateway <verb> [options]

  serve                                 start the gateway (the default)
  local-appflow [--catalog F] [--port N] [--faults]
                                        start local AppFlow on its own; with --faults it misbehaves on demand
  record --profile NAME... --out F      record profiles, their connectors, entities and flows into a catalogue for local AppFlow
         [--api-version V...] [--force]   only these API versions; write over files that are there
  schema [--write | --check]            print the schema; write it to, or compare it with, schema/schema.graphql
  config                                check the settings and what they point at; print them, secrets masked
  --help                                this page

Settings (environment variables; a secret may also be read from the file that NAME_FILE names):
`;

const flags = {
  help: { type: 'boolean', short: 'h' },
  catalog: { type: 'string' },
  port: { type: 'string' },
  faults: { type: 'boolean' },
  write: { type: 'boolean' },
  check: { type: 'boolean' },
  profile: { type: 'string', multiple: true },
  out: { type: 'string' },
  'api-version': { type: 'string', multiple: true },
  force: { type: 'boolean' },
} as const;

type FlagName = keyof typeof flags;

interface Flags {
  readonly help?: boolean | undefined;
  readonly catalog?: string | undefined;
  readonly port?: string | undefined;
  readonly faults?: boolean | undefined;
  readonly write?: boolean | undefined;
  readonly check?: boolean | undefined;
  readonly profile?: string[] | undefined;
  readonly out?: string | undefined;
  readonly 'api-version'?: string[] | undefined;
  readonly force?: boolean | undefined;
}

interface Verb {
  /** The flags it takes beside `--help`; any other is refused rather than ignored. */
  readonly takes: readonly FlagName[];
  readonly run: (flags: Flags) => Promise<void>;
}

const verbs: Readonly<Record<string, Verb>> = {
  serve: { takes: [], run: runServe },
  'local-appflow': { takes: ['catalog', 'port', 'faults'], run: runLocalAppflow },
  record: { takes: ['profile', 'out', 'api-version', 'force'], run: runRecord },
  schema: { takes: ['write', 'check'], run: runSchema },
  config: { takes: [], run: runConfig },
};

async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    const { verb, given, positionals } = parseCommand(args);
    if (given.help) printLine(usage + describeSettings());
    else if (verb && positionals.length <= 1) await verb.run(given);
    else
      throw new UsageError(`appflow-gateway has no verb ${JSON.stringify(positionals.join(' '))}; --help lists them.`);
  } catch (error) {
    exitWith(error);
  }
}

class UsageError extends Error {}

function parseCommand(args: readonly string[]) {
  const syntax = { args: [...args], options: flags, allowPositionals: true } as const;
  // Loosely at first: which flags are allowed is known only when the verb is.
  const { positionals, tokens } = parseArgs({ ...syntax, strict: false, tokens: true });
  const [name = 'serve'] = positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  const given = tokens.filter(token => token.kind === 'option');
  if (verb) refuseStrangers(name, verb, given);
  try {
    return { verb, positionals, given: parseArgs(syntax).values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function refuseStrangers(
  name: string,
  { takes }: Verb,
  given: readonly { readonly name: string; readonly rawName: string }[],
): void {
  const taken: readonly string[] = ['help', ...takes];
  const strangers = given.filter(flag => !taken.includes(flag.name)).map(({ rawName }) => rawName);
  if (strangers.length === 0) return;
  const own = taken.map(flag => `--${flag}`);
  throw new UsageError(`appflow-gateway ${name} does not take ${list(strangers)}; it takes ${list(own)}.`);
}

async function runServe(): Promise<void> {
  const config = loadConfig();
  // Loaded only when it is run: help and complaints about settings need none of it.
  const gateway = await startUntilSignal(async () => {
    const { startGateway } = await import('./main.ts');
    return startGateway(config, createLog(config.LOG_LEVEL));
  });
  printLine(`listening on ${gateway.url}/`);
  process.stderr.write(describeGateway(gateway, config));
}

async function runLocalAppflow({ catalog, port, faults }: Flags): Promise<void> {
  const config = loadLocalAppflowConfig({
    ...(catalog && { LOCAL_APPFLOW_CATALOG: catalog }),
    ...(port && { LOCAL_APPFLOW_PORT: port }),
    ...(faults && { LOCAL_APPFLOW_FAULTS: 'true' }),
  });
  const local = await startUntilSignal(async () => {
    const { startLocal } = await import('./main.ts');
    return startLocal(config, createLog(config.LOG_LEVEL), catalog && `--catalog ${catalog}`);
  });
  printLine(`listening on ${local.url}/`);
  if (config.LOCAL_APPFLOW_FAULTS) process.stderr.write(describeFaults(local.url));
}

/** Where AppFlow is, and by whose credentials, the AWS SDK's own settings say. */
async function runRecord({ profile, out, 'api-version': apiVersions = [], force = false }: Flags): Promise<void> {
  if (!profile || !out) throw new UsageError('appflow-gateway record needs --profile and --out.');
  const { record } = await import('./main.ts');
  const signal = interruptOnSignals();
  const profiles = [...new Set(profile)];
  try {
    const recording = await record({ profiles, out, apiVersions, force, signal, terminal: process.stderr });
    process.stderr.write(describeRecording(recording, out));
    process.exitCode = recording.unread.length > 0 || recording.complaint !== undefined ? exitCodes.incomplete : 0;
  } catch (error) {
    if (!signal.aborted) throw withCause(error);
    process.stderr.write(`Interrupted. What was read is in ${out}.partial: run the same command again to go on.\n`);
    process.exit(signal.reason);
  }
}

/** AppFlow's client says best what was wrong with the way to AppFlow: no such host, no credentials. */
function withCause(error: unknown): unknown {
  if (!(error instanceof Error && error.cause instanceof Error) || error.message.includes(error.cause.message))
    return error;
  return new Error(`${error.message} (${error.cause.message})`, { cause: error });
}

/** The first signal ends the recording, a second one does not wait. The reason is the exit code that shells know. */
function interruptOnSignals(): AbortSignal {
  const abort = new AbortController();
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () => (abort.signal.aborted ? process.exit(code) : abort.abort(code)));
  }
  return abort.signal;
}

function describeRecording({ unread, unstated, complaint }: Recording, out: string): string {
  const lines = [
    `Recorded in ${out}.`,
    ...(unread.length > 0 ? ['AppFlow did not answer, so this is not in it:', ...unread.map(line => `  ${line}`)] : []),
    ...(unstated.length > 0 ? ['AppFlow said it, but a catalogue cannot:', ...unstated.map(line => `  ${line}`)] : []),
    ...(complaint === undefined ? [] : [`Local AppFlow will not serve it before this is mended. ${complaint}`]),
  ];
  return `${lines.join('\n')}\n`;
}

async function runSchema({ write, check }: Flags): Promise<void> {
  if (write && check) throw new UsageError('appflow-gateway schema takes either --write or --check.');
  const { printGatewaySchema } = await import('./graphql/schema.ts');
  const schema = await printGatewaySchema();
  if (write) await writeFile(schemaFile, schema);
  else if (check) await compareSchema(schema);
  else process.stdout.write(schema);
}

async function compareSchema(schema: string): Promise<void> {
  if ((await readFile(schemaFile, 'utf8')) === schema) return;
  throw new Error('schema/schema.graphql is not what the code says. Run `npm run schema` and read the difference.');
}

/** Settings may be well-formed and yet of no use: what they point at is looked at too, as far as that needs no network. */
async function runConfig(): Promise<void> {
  const config = loadConfig();
  const { checkUpstream } = await import('./main.ts');
  await checkUpstream(config);
  printLine(printConfig(config));
}

/** What is running and where to look, for the person at the terminal: on stderr, so that stdout stays for programs. */
function describeGateway({ url, localAppflow }: Gateway, { GRAPHIQL, LOCAL_APPFLOW_FAULTS }: Config): string {
  const lines = [
    `  GraphQL        ${url}/graphql`,
    ...(GRAPHIQL ? [`  GraphiQL       ${url}/graphiql`] : []),
    ...(localAppflow
      ? [
          `  AppFlow        local, at ${localAppflow.url}`,
          `  its catalogue  ${relative(process.cwd(), localAppflow.catalogPath)}  (edit it, reset the cache, see the change)`,
        ]
      : ['  AppFlow        Amazon AppFlow']),
  ];
  const faults = localAppflow && LOCAL_APPFLOW_FAULTS ? describeFaults(localAppflow.url) : '';
  return `${lines.join('\n')}\n${faults}`;
}

function describeFaults(url: string): string {
  return `  faults         enabled, at ${url}/_faults\n`;
}

/**
 * Starts what runs until a signal: the first one lets requests finish, a second one does not wait. One that comes before anything was
 * accepted has nothing to wait for; as the first process of a container this one would otherwise not even hear it.
 */
async function startUntilSignal<T extends { close(): Promise<void> }>(start: () => Promise<T>): Promise<T> {
  let started: T | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(exitCodes.failure);
    stopping = true;
    if (started === undefined) process.exit(0);
    started.close().then(() => process.exit(0), exitWith);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  started = await start();
  return started;
}

function exitWith(error: unknown): never {
  process.stderr.write(`${describeFailure(error)}\n`);
  if (error instanceof UsageError) process.exit(exitCodes.usage);
  process.exit(error instanceof ConfigError ? exitCodes.config : exitCodes.failure);
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `${error.message}: something else listens there; set PORT or LOCAL_APPFLOW_PORT, or give --port.`;
  return error.message;
}

function describeSettings(): string {
  return Object.entries<Setting<unknown>>(settings)
    .map(
      ([name, setting]) =>
        `\n  ${name} (${setting.expects}; default: ${describeDefault(setting)})\n      ${setting.doc}`,
    )
    .join('\n');
}

/** `a, b and c`. */
function list(items: readonly string[]): string {
  return items.join(', ').replace(/, ([^,]+)$/, ' and $1');
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommandLine(process.argv.slice(2));
