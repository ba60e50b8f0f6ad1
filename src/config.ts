/**
 * The settings: one table that says everything about each of them, and the only reader of the environment. `--help`, the README's
 * table and the checks at start-up all come from here.
 */
import { readFileSync } from 'node:fs';
import { logLevels } from './base/log.ts';

/** One setting, read from the environment variable of its name. */
export interface Setting<T> {
  /** What a valid value is, to complete "must be ...". */
  readonly expects: string;
  /** The value, or `undefined` when the text is not valid. */
  readonly parse: (text: string) => T | undefined;
  readonly default: T;
  readonly doc: string;
  /** The default when NODE_ENV is `production`, where it differs. */
  readonly productionDefault?: T;
  /** There is no default in production: whoever runs this there says what they want. */
  readonly requiredInProduction?: true;
  /** Never printed, and also read from the file that `NAME_FILE` names. */
  readonly secret?: true;
}

/** What a value looks like; settings of the same kind differ in the rest. */
type Kind<T> = Pick<Setting<T>, 'expects' | 'parse'>;

const text: Kind<string> = { expects: 'a text', parse: given => given };

const flags = new Map([
  ['true', true],
  ['false', false],
]);
const flag: Kind<boolean> = { expects: 'true or false', parse: given => flags.get(given) };

/** Long enough not to be guessed. */
const secretList: Kind<readonly string[]> = {
  expects: 'one or two texts of at least 16 characters, separated by a comma',
  parse: given => {
    const secrets = given.split(',').map(secret => secret.trim());
    return secrets.length <= 2 && secrets.every(secret => secret.length >= 16) ? secrets : undefined;
  },
};

export const settings = {
  HOST: { ...text, default: '127.0.0.1', doc: 'Address to listen on.' },
  PORT: { ...wholeNumber(0, 65_535), default: 4000, doc: 'Port to listen on; 0 takes a free one.' },
  JWT_ISSUER: {
    ...text,
    default: undefined,
    doc: 'Who has to have issued a caller’s token (`iss`). With it every request to /graphql needs a bearer token, whose scopes are enforced.',
  },
  JWT_AUDIENCE: { ...text, default: undefined, doc: 'What a token has to be for (`aud`).' },
  JWT_JWKS: {
    ...text,
    default: undefined,
    doc: 'The issuer’s public keys: the URL of a JSON Web Key Set, or a file.',
  },
  ROUTER_SECRETS: {
    ...secretList,
    default: undefined,
    secret: true,
    doc: 'What a router has to send as `router-authorization`; two, separated by a comma, while it is being rotated. With it only the router gets through.',
  },
  ALLOW_ANYONE: {
    ...flag,
    default: false,
    doc: 'Whether a gateway without authentication may listen where others than this machine reach it, and let them read and reset.',
  },
  APPFLOW_UPSTREAM: {
    ...oneOf(['local', 'aws']),
    default: 'local',
    requiredInProduction: true,
    doc: 'Where metadata comes from: `local` embeds local AppFlow, `aws` is Amazon AppFlow, found by the AWS SDK’s own settings.',
  },
  LOCAL_APPFLOW_CATALOG: {
    ...text,
    default: undefined,
    doc: 'YAML catalogue that local AppFlow serves; the sample catalogue when absent.',
  },
  LOCAL_APPFLOW_PORT: {
    ...wholeNumber(0, 65_535),
    default: 4001,
    doc: 'Port of local AppFlow, always on 127.0.0.1; 0 takes a free one.',
  },
  LOCAL_APPFLOW_POSTGRES_URL: {
    ...urlOf(/^postgres(ql)?:/, 'postgresql://user@host:5432/database'),
    default: undefined,
    secret: true,
    doc: 'PostgreSQL database that local AppFlow serves as the profile `postgres`.',
  },
  LOCAL_APPFLOW_NAMES_RESET_REACHES_NESTED: {
    ...flag,
    default: false,
    doc: 'Whether local AppFlow drops nested lists, too, when names are reset without `entitiesPath`; AWS does not say.',
  },
  LOCAL_APPFLOW_FAULTS: {
    ...flag,
    default: false,
    doc: 'Whether local AppFlow misbehaves as its catalogue’s `faults` and its route `/_faults` say. For tests.',
  },
  METADATA_TTL_SECONDS: {
    ...wholeNumber(1, 3600),
    default: 3600,
    doc: 'How long entity names and details are served before they are read again.',
  },
  DIRECTORY_TTL_SECONDS: {
    ...wholeNumber(1, 3600),
    default: 60,
    doc: 'The same for connectors and profiles, which AppFlow itself does not cache.',
  },
  CACHE_MAX_BYTES: {
    ...wholeNumber(1_048_576, Number.MAX_SAFE_INTEGER),
    default: 268_435_456,
    doc: 'Upper bound of the metadata held in memory, in estimated bytes.',
  },
  COHERENCE: {
    ...oneOf(['auto', 'none-shared']),
    default: 'auto',
    doc: 'How replicas stay coherent. `auto`: over Redis when REDIS_URL is set, else this process is the only one. `none-shared`: there are several replicas and no Redis, so none keeps anything.',
  },
  REDIS_URL: {
    // A database that does not exist would be database 0, and a query sets options of the client.
    ...urlOf(/^rediss?:\/\/[^/?#]+\/?$/, 'redis://127.0.0.1:6379, without a database or a query'),
    default: undefined,
    secret: true,
    doc: 'Redis or Valkey, 5 or newer, over which replicas agree on resets. It holds no metadata.',
  },
  COHERENCE_NAMESPACE: {
    ...pattern(/^[\w.-]{1,100}$/, 'up to 100 letters, digits, dots, dashes and underscores'),
    default: 'default',
    doc: 'Name of the log of resets in Redis: the same for replicas of one AWS account and region, different for others.',
  },
  COHERENCE_LEASE_MS: {
    ...wholeNumber(100, 60_000),
    default: 1000,
    doc: 'How long a replica may serve from memory after it has read the log of resets, in milliseconds, and the longest a reset waits for a replica. The same on every replica: to change it, stop them all first.',
  },
  STALE_IF_ERROR_SECONDS: {
    ...wholeNumber(0, 604_800),
    default: 0,
    doc: 'How long past their time entity names and details are served while AppFlow fails, marked by `freshness.isStale`, and never from before a reset; 0: not at all.',
  },
  REQUEST_TIMEOUT_MS: {
    ...wholeNumber(1, 600_000),
    default: 30_000,
    doc: 'How long a request may wait for AppFlow, in milliseconds; what it has by then, it gets.',
  },
  MAX_REQUESTS: {
    ...wholeNumber(1, 1_000_000),
    default: 1000,
    doc: 'GraphQL requests under way at any one time; more are refused with `OVERLOADED`.',
  },
  MAX_START_DELAY_MS: {
    ...wholeNumber(1, 60_000),
    default: 100,
    doc: 'How long requests may be kept waiting by a busy process before new ones are refused with `OVERLOADED`, in milliseconds.',
  },
  UPSTREAM_TIMEOUT_MS: {
    ...wholeNumber(1, 600_000),
    default: 8000,
    doc: 'Deadline of one AppFlow call, its retries included, in milliseconds.',
  },
  UPSTREAM_CONCURRENCY: {
    ...wholeNumber(1, 1000),
    default: 16,
    doc: 'AppFlow calls under way at any one time; half of it for any one profile.',
  },
  UPSTREAM_CACHE_SECONDS: {
    ...wholeNumber(0, 31_536_000),
    default: 3600,
    doc: 'How long AppFlow itself may have kept an answer; only `completeAsOf` depends on it. Raise it for custom connectors that set a longer `cacheControl`.',
  },
  UPSTREAM_CALLS_PER_OPERATION: {
    ...wholeNumber(1, 1_000_000),
    default: 500,
    doc: 'AppFlow calls that one operation may cause when nothing is cached; more, by estimate, is refused before anything runs.',
  },
  RESET_BUDGET_PER_MINUTE: {
    ...wholeNumber(0, 1_000_000),
    default: 60,
    doc: 'Resets of one profile (or connector without profiles) that are sent to AppFlow each minute; 0 is no limit.',
  },
  REQUESTS_PER_MINUTE: {
    ...wholeNumber(0, 1_000_000),
    default: 0,
    doc: 'Requests of one caller to /graphql that are answered each minute: of a token’s subject, of the router, or else of an address; 0 is no limit.',
  },
  TRUSTED_DOCUMENTS: {
    ...oneOf(['off', 'audit', 'enforce']),
    default: 'off',
    doc: 'Whether only documents of TRUSTED_DOCUMENTS_MANIFEST may run (`enforce`), or others are logged (`audit`). With either, documents may be named by their hash.',
  },
  TRUSTED_DOCUMENTS_MANIFEST: {
    ...text,
    default: undefined,
    doc: 'JSON file of trusted documents by their SHA-256, as GraphQL Code Generator’s client preset writes it.',
  },
  GRAPHIQL: { ...flag, default: true, productionDefault: false, doc: 'Whether GraphiQL is served at /graphiql.' },
  INTROSPECTION: {
    ...flag,
    default: true,
    productionDefault: false,
    doc: 'Whether clients may ask for the schema, by introspection or by `_service { sdl }`. `appflow-gateway schema` prints it in any case.',
  },
  SURROGATE_TAGS: {
    ...flag,
    default: false,
    doc: 'Whether answers carry their cache tags in `extensions.surrogateTags`, and resets the tags to purge in `extensions.purgeSurrogateTags`.',
  },
  METRICS_PORT: {
    ...wholeNumber(0, 65_535),
    default: undefined,
    doc: 'Port of a listener of its own for /metrics, on HOST, that asks nobody who they are; 0 takes a free one. Without it /metrics is on PORT and, where authentication is configured, needs `appflow:operate`.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    ...urlOf(/^https?:/, 'http://127.0.0.1:4318'),
    default: undefined,
    doc: 'Base URL of an OpenTelemetry collector that takes OTLP over HTTP. With it there are traces.',
  },
  LOG_LEVEL: { ...oneOf(logLevels), default: 'info', doc: 'Least level of the log’s lines.' },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;

/** The settings' values, by the names operators know them by. */
export type Config = {
  readonly [Name in SettingName]: ValueOf<(typeof settings)[Name]>;
};

type ValueOf<S extends Setting<unknown>> =
  | NonNullable<ReturnType<S['parse']>>
  | (undefined extends S['default'] ? undefined : never);

interface Environment {
  readonly NODE_ENV?: string | undefined;
  readonly [name: string]: string | undefined;
}

/** Every problem of the settings at once, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads all settings; throws a `ConfigError` that lists every problem. An empty variable counts as absent. */
export function loadConfig(environment: Environment = process.env): Config {
  const { values, problems } = readSettings(Object.keys(settings) as SettingName[], environment);
  const config = values as Config;
  problems.push(...contradictionsOf(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readSettings(names: readonly SettingName[], environment: Environment) {
  const problems: string[] = [];
  const values = names.map(name => {
    try {
      return [name, readSetting<unknown>(name, settings[name], environment)] as const;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return [name, undefined] as const;
    }
  });
  return { values: Object.fromEntries(values) as Partial<Config>, problems };
}

/** What each setting allows by itself, and all of them together do not. */
function contradictionsOf(config: Config): string[] {
  return [
    ...(config.COHERENCE === 'none-shared' && config.REDIS_URL !== undefined
      ? ['COHERENCE must be auto when REDIS_URL is set, got "none-shared"']
      : []),
    ...(config.METRICS_PORT !== undefined && config.METRICS_PORT !== 0 && config.METRICS_PORT === config.PORT
      ? [`METRICS_PORT must be another port than PORT, got "${config.PORT}" for both`]
      : []),
    ...tokenGapsOf(config),
    ...(config.TRUSTED_DOCUMENTS !== 'off' && config.TRUSTED_DOCUMENTS_MANIFEST === undefined
      ? [`TRUSTED_DOCUMENTS_MANIFEST must be set when TRUSTED_DOCUMENTS is ${config.TRUSTED_DOCUMENTS}, got nothing`]
      : []),
    ...(isOpenToOthers(config)
      ? [
          `HOST must be a loopback address, unless tokens (JWT_ISSUER) or a router secret (ROUTER_SECRETS) are asked for, or ALLOW_ANYONE=true; got ${JSON.stringify(config.HOST)}`,
        ]
      : []),
  ];
}

function tokenGapsOf({ JWT_ISSUER, JWT_AUDIENCE, JWT_JWKS }: Config): string[] {
  const settingsOfTokens = Object.entries({ JWT_ISSUER, JWT_AUDIENCE, JWT_JWKS });
  const missing = settingsOfTokens.flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0 || missing.length === settingsOfTokens.length) return [];
  return [`JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS must be set together, got no ${missing.join(' and no ')}`];
}

function isOpenToOthers({ HOST, JWT_ISSUER, ROUTER_SECRETS, ALLOW_ANYONE }: Config): boolean {
  const isLoopback = /^(127\..*|::1|localhost)$/.test(HOST ?? '');
  return !isLoopback && JWT_ISSUER === undefined && ROUTER_SECRETS === undefined && !ALLOW_ANYONE;
}

/** What `appflow-gateway local-appflow` reads: it is no gateway, and a mistake in a gateway's settings is not its concern. */
const localAppflowSettings = [
  'LOCAL_APPFLOW_CATALOG',
  'LOCAL_APPFLOW_PORT',
  'LOCAL_APPFLOW_POSTGRES_URL',
  'LOCAL_APPFLOW_NAMES_RESET_REACHES_NESTED',
  'LOCAL_APPFLOW_FAULTS',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

export type LocalAppflowConfig = Pick<Config, (typeof localAppflowSettings)[number]>;

/** As {@link loadConfig}, only those, where the command line overrides the environment. */
export function loadLocalAppflowConfig(overrides: Environment, environment: Environment = process.env) {
  const { values, problems } = readSettings(localAppflowSettings, { ...environment, ...overrides });
  if (problems.length > 0) throw new ConfigError(problems);
  return values as LocalAppflowConfig;
}

/** The settings in force, one `NAME=value` a line, secrets masked. */
export function printConfig(config: Config): string {
  const entries = Object.entries<Setting<unknown>>(settings).map(([name, { secret }]) => {
    const value = config[name as SettingName];
    if (value === undefined) return `${name}=`;
    return `${name}=${secret ? '********' : value}`;
  });
  return entries.join('\n');
}

/** A setting's default, as people read it. */
export function describeDefault({ default: value, productionDefault, requiredInProduction }: Setting<unknown>): string {
  const usual = value === undefined ? 'none' : String(value);
  if (requiredInProduction) return `${usual}; required when NODE_ENV=production`;
  return productionDefault === undefined ? usual : `${usual}; ${productionDefault} when NODE_ENV=production`;
}

function readSetting<T>(name: string, setting: Setting<T>, environment: Environment): T {
  const given = readText(name, setting, environment);
  if (given === undefined) return readDefault(name, setting, environment.NODE_ENV === 'production');
  const value = setting.parse(given);
  if (value === undefined) throw badValue(name, setting, given);
  return value;
}

function readText(name: string, { secret }: Setting<unknown>, environment: Environment): string | undefined {
  const given = environment[name] || undefined;
  const file = (secret && environment[`${name}_FILE`]) || undefined;
  if (file === undefined) return given;
  if (given !== undefined) throw new ConfigError([`${name} and ${name}_FILE are both set; set one of them`]);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new ConfigError([`${name}_FILE must name a readable file, got "${file}" (${reason})`]);
  }
}

function readDefault<T>(name: string, setting: Setting<T>, production: boolean): T {
  if (!production) return setting.default;
  if (setting.requiredInProduction) {
    throw new ConfigError([`${name} must be ${setting.expects} when NODE_ENV is production, got nothing`]);
  }
  return setting.productionDefault ?? setting.default;
}

function badValue(name: string, { expects, secret }: Setting<unknown>, given: string): ConfigError {
  return new ConfigError([`${name} must be ${expects}, got ${secret ? 'something else' : JSON.stringify(given)}`]);
}

function wholeNumber(least: number, most: number): Kind<number> {
  return {
    expects: `a whole number from ${least} to ${most}`,
    parse: given =>
      isWholeNumber(given) && Number(given) >= least && Number(given) <= most ? Number(given) : undefined,
  };
}

function isWholeNumber(given: string): boolean {
  return /^\d{1,16}$/.test(given);
}

function urlOf(scheme: RegExp, example: string): Kind<string> {
  return {
    expects: `a URL like ${example}`,
    parse: given => (scheme.test(given) && URL.canParse(given) ? given : undefined),
  };
}

function pattern(allowed: RegExp, expects: string): Kind<string> {
  return { expects, parse: given => (allowed.test(given) ? given : undefined) };
}

function oneOf<const T extends string>(values: readonly T[]): Kind<T> {
  return { expects: values.join(' or '), parse: given => values.find(value => value === given) };
}
