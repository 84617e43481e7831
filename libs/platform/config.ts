import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const roles = ['views', 'reactors', 'publishers', 'clock'] as const;
export type WorkerRole = (typeof roles)[number];
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Whose access tokens are taken: those of an OIDC issuer, or the quick start's own. */
export type Identity =
  { readonly kind: 'demo' } | { readonly kind: 'oidc'; readonly issuer: string; readonly audience: string };

export type Config = {
  readonly demo: boolean;
  /** Of the api. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  /** `[]`: the file bus. */
  readonly kafkaBrokers: readonly string[];
  readonly topicPrefix: string;
  /** Of the worker; to the api, those whose processors have to keep up. */
  readonly roles: readonly WorkerRole[];
  /** Undefined where the program takes no tokens. */
  readonly identity: Identity | undefined;
  /** Signs cursors; undefined: each process makes up its own. */
  readonly cursorSecret: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
};

/** Every fault of the environment, a line each. */
export class ConfigFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `the configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration of `program` from its environment; a variable `X` may also be given as the file `X_FILE`. An empty
 * one counts as unset. Throws {@link ConfigFaults} that names all faults at once.
 */
export const readConfig = (env: Environment, program: 'api' | 'worker'): Config => {
  const faults: string[] = [];
  const read = (name: string): string | undefined => valueOf(env, name, faults);
  const fault = (line: string) => void faults.push(line);

  const need = (name: string, why: string) => {
    const value = read(name);
    if (value === undefined) fault(`${name} is not set: ${why}`);
    return value ?? '';
  };
  const demo = read('DEMO') === 'true';
  if (!demo && !['false', undefined].includes(read('DEMO'))) fault('DEMO is true or false');

  const config: Config = {
    demo,
    port: portOf(read('PORT') ?? '3000', fault),
    dataDir: resolve(read('DATA_DIR') ?? './data'),
    eventStoreUrl: url(
      'EVENTSTORE_URL',
      need('EVENTSTORE_URL', 'esdb://… of the event log'),
      /^(esdb|kurrentdb)(\+discover)?:/,
      fault,
    ),
    databaseUrl: url('DATABASE_URL', need('DATABASE_URL', 'postgres://… of the read models'), /^postgres(ql)?:/, fault),
    kafkaBrokers: brokers(read('KAFKA_BROKERS'), fault),
    topicPrefix: topicPrefix(read('TOPIC_PREFIX') ?? 'tiebreak', fault),
    roles: rolesOf(read('ROLES'), fault),
    identity: program === 'api' ? identityOf(demo, read, need, fault) : undefined,
    cursorSecret: secret(read('CURSOR_SECRET'), fault),
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL') ?? 'info', logLevels, fault),
  };
  if (faults.length > 0) throw new ConfigFaults(faults);
  return config;
};

/** The configuration for people, a line each, without its secrets. */
export const printConfig = (config: Config): string =>
  Object.entries({ ...config, cursorSecret: config.cursorSecret === undefined ? 'random' : '***' })
    .map(([name, value]) => `${name} ${typeof value === 'string' ? redacted(value) : JSON.stringify(value)}`)
    .join('\n');

/** Passwords of a URL, in its authority or its query. */
export const redacted = (text: string): string =>
  text.replace(/(\/\/[^:/@]*):[^@/]*@/g, '$1:***@').replace(/([?&](?:password|sslpassword)=)[^&]*/gi, '$1***');

type Fault = (line: string) => void;

const valueOf = (env: Environment, name: string, faults: string[]): string | undefined => {
  const [value, file] = [env[name]?.trim() || undefined, env[`${name}_FILE`]?.trim() || undefined];
  if (file === undefined) return value;
  if (value !== undefined) faults.push(`${name} and ${name}_FILE are both set: give one`);
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    faults.push(`${name}_FILE can not be read: ${error instanceof Error ? error.message : String(error)}`);
    return value;
  }
};

const identityOf = (
  demo: boolean,
  read: (name: string) => string | undefined,
  need: (name: string, why: string) => string,
  fault: Fault,
): Identity => {
  if (demo) {
    if (read('OIDC_ISSUER') !== undefined)
      fault('DEMO and OIDC_ISSUER exclude each other: the quick start signs its own tokens, for anyone who asks');
    return { kind: 'demo' };
  }
  const issuer = need('OIDC_ISSUER', 'who signs the access tokens');
  const secure = /^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/;
  if (issuer !== '' && !(URL.canParse(issuer) && secure.test(issuer)))
    fault(`OIDC_ISSUER is not an https URL: ${issuer}`);
  return { kind: 'oidc', issuer, audience: need('OIDC_AUDIENCE', 'the aud of access tokens for this api') };
};

const portOf = (text: string, fault: Fault): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) fault(`PORT is not a port (0-65535): ${text}`);
  return port;
};

const url = (name: string, text: string, scheme: RegExp, fault: Fault): string => {
  if (text !== '' && !(scheme.test(text) && URL.canParse(text.replace(/^[a-z+]+:/, 'http:'))))
    fault(`${name} is not a URL of the right kind: ${redacted(text)}`);
  return text;
};

const brokers = (text: string | undefined, fault: Fault): readonly string[] => {
  const list = (text ?? '').split(',').map((broker) => broker.trim());
  const wrong = text === undefined ? [] : list.filter((broker) => !/^[^\s:/]+:\d{1,5}$/.test(broker));
  if (wrong.length > 0) fault(`KAFKA_BROKERS is a list of host:port with commas: ${wrong.join(', ')}`);
  return text === undefined ? [] : list;
};

const topicPrefix = (text: string, fault: Fault): string => {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(text)) fault(`TOPIC_PREFIX has letters, digits, dots, dashes: ${text}`);
  return text;
};

const rolesOf = (text: string | undefined, fault: Fault): readonly WorkerRole[] =>
  text === undefined ? roles : text.split(',').map((role) => oneOf('ROLES', role.trim(), roles, fault));

const oneOf = <T extends string>(name: string, text: string, known: readonly T[], fault: Fault): T => {
  const found = known.find((value) => value === text);
  if (found === undefined) fault(`${name} is one of ${known.join(', ')}: ${text}`);
  return found ?? known[0]!;
};

const secret = (text: string | undefined, fault: Fault): string | undefined => {
  if (text !== undefined && text.length < 32) fault('CURSOR_SECRET is shorter than 32 characters');
  return text;
};
