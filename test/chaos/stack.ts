import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, type Postgres, startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';
import { type KeptProgram, keepProgram, runProgram } from './program.js';
import { type Proxy, startProxy } from './proxy.js';

/** The line of one program to one store. */
export type Wire = { readonly name: string; readonly proxy: Proxy };

/** `--max-bytes`: its disk is full there. `--unkind`: it delays, cuts and drops as that seed says. */
export type NodeMood = readonly [] | readonly ['--max-bytes' | '--unkind', string];

/** The built programs, each in a process of its own, with a wire of their own to each store. */
export type Stack = {
  readonly folder: string;
  readonly apis: readonly (KeptProgram & { readonly url: string })[];
  readonly workers: readonly KeptProgram[];
  readonly node: KeptProgram;
  /** kill -9 of the log; it comes back `as` told and stays so until it is killed again. False while it is down. */
  killNode(restAfter: number, as: NodeMood): boolean;
  readonly wires: readonly Wire[];
  /** The stores themselves, past the wires. */
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  /** kill -9 of the postmaster, up again `restAfter` ms later. False while it is down. */
  killPostgres(restAfter: number): boolean;
  /** A built command with the stores' own addresses; resolves to its stdout. */
  run(command: 'migrate' | 'rebuild', args?: readonly string[], databaseUrl?: string): Promise<string>;
  /** A further worker, of a database of its own. */
  extraWorker(name: string, env: NodeJS.ProcessEnv): KeptProgram;
  /** What ended or failed though nobody had killed it. */
  accidents(): readonly string[];
  stop(): Promise<void>;
};

const entries = {
  node: resolve('dist/libs/embedded-eventstore/main.js'),
  api: resolve('dist/apps/api/main.js'),
  worker: resolve('dist/apps/worker/main.js'),
  migrate: resolve('dist/apps/worker/migrate.js'),
  rebuild: resolve('dist/apps/worker/rebuild.js'),
};
const foreign = ['KAFKA_BROKERS', 'ROLES', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'WORKER_PORT', 'PORT', 'CURSOR_SECRET'];

/** Starts everything in `folder`, which must exist; `stop` ends all of it. Needs the build. */
export const startStack = async (
  folder: string,
  { apis: apiCount, workers: workerCount }: { readonly apis: number; readonly workers: number },
): Promise<Stack> => {
  for (const entry of Object.values(entries)) if (!existsSync(entry)) throw new Error(`not built: ${entry}`);
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step().catch((fault: unknown) => console.error(fault));
  };
  try {
    return await start(folder, apiCount, workerCount, undo, stop);
  } catch (fault) {
    await stop();
    throw fault;
  }
};

const start = async (
  folder: string,
  apiCount: number,
  workerCount: number,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Stack> => {
  const logs = join(folder, 'logs');
  const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
  const env: NodeJS.ProcessEnv = { ...bare, DATA_DIR: join(folder, 'data'), DEMO: 'true', LOG_LEVEL: 'warn' };
  await mkdir(join(folder, 'data'), { recursive: true });

  const postgres = await keepPostgres(join(folder, 'postgres'), undo);
  const nodePort = await freePort();
  let mood: NodeMood = [];
  const node = keepProgram({
    name: 'node',
    entry: entries.node,
    args: () => ['--port', String(nodePort), '--data', join(folder, 'log'), ...mood],
    env,
    ready: /^ready esdb:/,
    logs,
  });
  undo.push(() => node.stop());
  await node.up();
  const eventStoreUrl = `esdb://127.0.0.1:${nodePort}?tls=false`;
  const { url: databaseUrl } = postgres;
  const run: Stack['run'] = (command, args = [], url = databaseUrl) =>
    runProgram(entries[command], args, { ...env, EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: url });
  await run('migrate');

  const wires: Wire[] = [];
  const wire = async (name: string, to: number) => {
    const proxy = await startProxy(to);
    undo.push(() => proxy.close());
    wires.push({ name, proxy });
    return String(proxy.port);
  };
  const wired = async (name: string): Promise<NodeJS.ProcessEnv> => ({
    ...env,
    EVENTSTORE_URL: eventStoreUrl.replace(String(nodePort), await wire(`${name}-node`, nodePort)),
    DATABASE_URL: databaseUrl.replace(`:${postgres.port}/`, `:${await wire(`${name}-postgres`, postgres.port)}/`),
  });
  const apis: (KeptProgram & { readonly url: string })[] = [];
  for (let n = 1; n <= apiCount; n++) {
    const name = `api-${n}`;
    const port = await freePort();
    const settings = { ...(await wired(name)), PORT: String(port) };
    const api = keepProgram({ name, entry: entries.api, env: settings, ready: /^ready http/, logs });
    undo.push(() => api.stop());
    apis.push({ ...api, url: `http://127.0.0.1:${port}` });
  }
  const workers: KeptProgram[] = [];
  for (let n = 1; n <= workerCount; n++) {
    const name = `worker-${n}`;
    const worker = keepProgram({ name, entry: entries.worker, env: await wired(name), ready: /^ready worker/, logs });
    undo.push(() => worker.stop());
    workers.push(worker);
  }
  await Promise.all([...apis, ...workers].map((program) => program.up()));
  return {
    folder,
    apis,
    workers,
    node,
    killNode(restAfter, as) {
      if (node.pid() === undefined) return false;
      mood = as;
      return node.kill(restAfter);
    },
    wires,
    eventStoreUrl,
    databaseUrl,
    killPostgres: postgres.kill,
    run,
    extraWorker(name, extra) {
      const settings = { ...env, EVENTSTORE_URL: eventStoreUrl, ...extra };
      const worker = keepProgram({ name, entry: entries.worker, env: settings, ready: /^ready worker/, logs });
      undo.push(() => worker.stop());
      return worker;
    },
    accidents: () => [...[node, ...apis, ...workers].flatMap(({ accidents }) => accidents), ...postgres.accidents],
    stop,
  };
};

const keepPostgres = async (home: string, undo: (() => Promise<unknown>)[]) => {
  let server: Postgres = await startPostgres(home);
  const { url, port } = server;
  let coming: Promise<void> | undefined;
  const stopping = new AbortController();
  const accidents: string[] = [];
  undo.push(async () => {
    stopping.abort();
    await coming;
    await server.stop();
  });
  const comeBack = async (restAfter: number) => {
    await pause(restAfter);
    while (!stopping.signal.aborted) {
      try {
        server = await startPostgres(home, { port });
        break;
      } catch (fault) {
        accidents.push(`postgres: ${String(fault)}`);
        await pause(500);
      }
    }
    coming = undefined;
  };
  let postmaster = await postmasterOf(home);
  // the one child that would outlive us
  process.once('exit', () => {
    if (postmaster !== undefined && !stopping.signal.aborted) process.kill(postmaster, 'SIGINT');
  });
  const kill = (restAfter: number): boolean => {
    if (coming || stopping.signal.aborted || postmaster === undefined) return false;
    process.kill(postmaster, 'SIGKILL');
    postmaster = undefined;
    coming = comeBack(restAfter).then(async () => {
      postmaster = await postmasterOf(home);
    });
    return true;
  };
  return { url, port, kill, accidents };
};

const postmasterOf = async (home: string): Promise<number | undefined> => {
  const text = await readFile(join(home, 'cluster/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n', 1)[0]) || undefined;
};
