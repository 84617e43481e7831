import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../dist/apps/standalone/child.js';
import { startPostgres } from '../../dist/libs/platform/postgres/embedded-postgres.js';

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const entries = {
  eventstore: fromHere('../../dist/libs/embedded-eventstore/main.js'),
  migrate: fromHere('../../dist/apps/worker/migrate.js'),
  rebuild: fromHere('../../dist/apps/worker/rebuild.js'),
  api: fromHere('../../dist/apps/api/main.js'),
  worker: fromHere('../../dist/apps/worker/main.js'),
};

/**
 * The event log on disk, Postgres, the api in its demo form, and a worker when asked for: each in a process of its own,
 * on free ports of 127.0.0.1, in a folder below the system's for temporary files. `stop` ends all of it and removes the folder.
 */
export const startStack = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiebreak-bench-'));
  const undo = [() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step().catch((fault) => console.error(fault));
  };
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), DEMO: 'true', PORT: '0', LOG_LEVEL: 'info' };
  for (const name of ['KAFKA_BROKERS', 'ROLES', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'WORKER_PORT']) delete env[name];

  /** Resolves when it is ready, to a function that ends it. */
  const start = async (name, rest) => {
    const over = new AbortController();
    const logFile = join(folder, 'logs', `${name}.log`);
    const running = launch({ name, entry: entries[name], env, logFile, ...rest }, over.signal);
    const end = async () => {
      over.abort();
      await running.then(({ ended }) => ended).catch(() => undefined);
    };
    undo.push(end);
    await running;
    return end;
  };

  try {
    await mkdir(env.DATA_DIR, { recursive: true });
    const stores = [
      startPostgres(join(folder, 'postgres')).then((postgres) => {
        undo.push(() => postgres.stop());
        env.DATABASE_URL = postgres.url;
      }),
      start('eventstore', {
        args: ['--port', '0', '--data', join(folder, 'log')],
        ready: /^ready (esdb:\S+)/,
        onReady: ([, url]) => (env.EVENTSTORE_URL = url),
      }),
    ];
    // both, so that what did start is known and stopped
    for (const { reason } of await Promise.allSettled(stores)) if (reason) throw reason;
    await start('migrate', {});
    let url = '';
    await start('api', { ready: /^ready (http:\S+)/, onReady: ([, its]) => (url = its) });
    /** As `npm run rebuild` does; however long it takes. */
    const rebuild = async (view) => {
      const args = ['--max-semi-space-size=32', entries.rebuild, view, '--json'];
      const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      undo.push(async () => void child.kill());
      let said = '';
      child.stdout.on('data', (text) => (said += text));
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the rebuild ended with ${code}`);
      const { rebuilt, peakMemoryMb } = JSON.parse(said);
      return { ...rebuilt[0], peakMemoryMb };
    };
    return {
      url,
      eventStoreUrl: env.EVENTSTORE_URL,
      databaseUrl: env.DATABASE_URL,
      startWorker: (more = {}) => start('worker', { ready: /^ready worker/, env: { ...env, ...more } }),
      /** One more api beside the first; resolves to its URL. */
      startApi: async () => {
        let second = '';
        await start('api-2', { entry: entries.api, ready: /^ready (http:\S+)/, onReady: ([, its]) => (second = its) });
        return second;
      },
      rebuild,
      startClient: async (file, ...args) => {
        const client = await startClient(fromHere(file), args);
        undo.push(client.stop);
        return client;
      },
      stop,
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

/** A process that serves jobs, see inflight.mjs. */
export const startClient = async (entry, args) => {
  const child = fork(entry, args);
  const waiting = new Map();
  let tickets = 0;
  const ready = new Promise((resolve, reject) => {
    child.on('message', ({ ticket, result, fault }) => {
      if (ticket === undefined) return resolve();
      const { keep, drop } = waiting.get(ticket);
      waiting.delete(ticket);
      if (fault === undefined) keep(result);
      else drop(new Error(fault));
    });
    child.once('exit', () => {
      const fault = new Error(`${entry} ended`);
      reject(fault);
      for (const { drop } of waiting.values()) drop(fault);
    });
  });
  await ready;
  return {
    run: (job) =>
      new Promise((keep, drop) => {
        waiting.set(++tickets, { keep, drop });
        child.send({ ticket: tickets, job });
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
};
