import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { launch, type Program } from './child.js';
import { claimFolder, inspectDemo, inspectFolder, makeWithin } from './data-folder.js';
import { keepPostgres } from './database.js';
import { probeLog } from './given-log.js';
import { untilServing } from './readiness.js';
import { choosePort, HELP, readSettings, type Settings } from './settings.js';
import { type Service, supervise } from './supervisor.js';

/** The files that the quick start runs, each in a process of its own. */
export type Entries = Readonly<Record<'eventstore' | 'migrate' | 'api' | 'worker', string>>;

const fromRoot = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const ENTRIES: Entries = {
  eventstore: fromRoot('libs/embedded-eventstore/main.js'),
  migrate: fromRoot('apps/worker/migrate.js'),
  api: fromRoot('apps/api/main.js'),
  worker: fromRoot('apps/worker/main.js'),
};
/** How long the children of a start that was killed get to let go of the port. */
const ORPHANS_MS = 10_000;
const STOPPED = new Error('stopped by a signal');

/**
 * The quick start, from its command line to its exit: everything up, until a signal comes or a part is given up, then
 * everything down, the log and Postgres last.
 */
export const start = async (env: NodeJS.ProcessEnv, argv: readonly string[], entries = ENTRIES): Promise<never> => {
  new Command('npm start')
    .description('Tiebreak with its own event log, Postgres, API, worker and demo data, on this machine alone.')
    .addHelpText('after', HELP)
    .parse(argv);
  // a closed terminal or pipe must not get in the way of an orderly end
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const undo: Undo[] = [];
  const halt = new AbortController();
  const halted = new Promise<never>((_, reject) => {
    halt.signal.addEventListener('abort', () => reject(halt.signal.reason as Error));
  });
  halted.catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => halt.abort(STOPPED));

  let code = 0;
  const complain = (fault: unknown) => {
    code = 1;
    say(fault instanceof Error ? fault.message : String(fault));
  };
  try {
    const until: Until = (step) => Promise.race([step, halted]);
    await bringUp(env, entries, { until, halt, undo });
    await halted;
  } catch (reason) {
    if (reason === STOPPED) progress('stopping');
    else complain(reason);
  }
  for (const step of undo.toReversed()) await step().catch(complain);
  progress('stopped');
  process.exit(code);
};

type Undo = () => Promise<unknown>;
/** Waits for a step, and no longer than until the halt: nothing after it is begun then. */
type Until = <T>(step: Promise<T>) => Promise<T>;
type Course = { readonly until: Until; readonly halt: AbortController; readonly undo: Undo[] };

const bringUp = async (given: NodeJS.ProcessEnv, entries: Entries, { until, halt, undo }: Course): Promise<void> => {
  const settings = readSettings(given);
  const { dataDir, logDir } = settings;
  const { stale } = await inspectFolder(dataDir);
  await inspectDemo(dataDir);
  const port = await until(choosePort(settings.port, stale ? ORPHANS_MS : 0));
  const claim = claimFolder(dataDir);
  undo.push(async () => (await claim.catch(() => undefined))?.release());
  await until(claim);
  await makeWithin(dataDir, 'logs');

  const env: NodeJS.ProcessEnv = { ...given, PORT: String(port), DATA_DIR: dataDir, DEMO: 'true' };
  const program = (name: keyof Entries, rest: Pick<Program, 'args' | 'ready' | 'onReady'>): Program => ({
    ...rest,
    name,
    entry: entries[name],
    env,
    logFile: join(logDir, `${name}.log`),
  });
  const watch = async (name: string, service: Service) => {
    service.over.catch((reason: unknown) => halt.abort(reason));
    await service.ready;
    progress(`${name} is up`);
  };

  const postgres = async () => {
    if (!settings.embeddedPostgres) return;
    const keeping = keepPostgres(join(dataDir, 'postgres'), join(logDir, 'postgres.log'), say);
    undo.push(async () => (await keeping.catch(() => undefined))?.stop());
    const service = await keeping;
    env['DATABASE_URL'] = service.url;
    await watch('Postgres', service);
  };
  const log = async () => {
    // names no database yet where that is the embedded one
    if (!settings.embeddedLog)
      return probeLog({ ...env, ...(settings.embeddedPostgres && { DATABASE_URL: 'postgres://none' }) });
    let logPort = '0';
    const onReady = ([, url, its = '']: RegExpExecArray) => {
      env['EVENTSTORE_URL'] = url;
      logPort = its;
    };
    const ready = /^ready (esdb:\/\/127\.0\.0\.1:(\d+)\S*)/;
    const args = () => ['--port', logPort, '--data', join(dataDir, 'log')];
    const service = supervise(
      'eventstore',
      (signal) => launch(program('eventstore', { args: args(), ready, onReady }), signal),
      say,
    );
    undo.push(() => service.stop());
    await watch('the event log', service);
  };
  await until(Promise.all([postgres(), log()]));

  // for the commands of an operator; it holds a password
  const addresses = join(dataDir, 'addresses.json');
  undo.push(() => rm(addresses, { force: true }));
  const { DATABASE_URL, EVENTSTORE_URL } = env;
  await writeFile(addresses, JSON.stringify({ DATABASE_URL, EVENTSTORE_URL }), { mode: 0o600 });

  const migrating = new AbortController();
  const migrated = launch(program('migrate', {}), migrating.signal);
  undo.push(async () => {
    migrating.abort();
    await migrated.catch(() => undefined);
  });
  await until(migrated);
  progress('the database is migrated');

  const api = supervise('api', (signal) => launch(program('api', { ready: /^ready http/ }), signal), say);
  const worker = supervise('worker', (signal) => launch(program('worker', { ready: /^ready worker/ }), signal), say);
  undo.push(() => Promise.all([api.stop(), worker.stop()]));
  await until(Promise.all([watch('the API', api), watch('the worker', worker)]));
  const stops = await until(untilServing(`http://127.0.0.1:${port}/readyz`));
  for (const stop of stops) say(stop);
  greet(`http://127.0.0.1:${port}`, settings);
};

const greet = (url: string, { dataDir }: Settings) =>
  console.log(`ready ${url}
  API       ${url}/docs and ${url}/openapi.json
  personas  partner-01 … partner-40, manager-1, manager-2, auditor, admin (vendor demo)
            other-partner, other-manager (vendor other)
  a token   curl -s -d persona=partner-01 ${url}/demo/token
  data      ${dataDir}
  stop      Ctrl-C`);

const say = (line: string) => console.error(`tiebreak: ${line}`);

/** For someone who waits at a terminal, with the seconds since the command was given. */
const progress = (line: string) => {
  if (process.stderr.isTTY) console.error(`${process.uptime().toFixed(1).padStart(6)} s  ${line}`);
};
