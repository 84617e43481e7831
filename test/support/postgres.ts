import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase, type Schema } from '../../libs/platform/postgres/data-source.js';
import { startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';
import { migrate } from '../../libs/platform/postgres/migrate.js';

/** A migrated database of its own on the server of this run. */
export type TestDatabase = { readonly url: string; readonly database: DataSource; drop(): Promise<void> };

export const startDatabase = async (schema: Schema): Promise<TestDatabase> => {
  const server = await serverOfThisRun();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = server.replace(/\/postgres$/, `/${name}`);
  await migrate(url, schema);
  const database = await openDatabase(url, schema);
  return {
    url,
    database,
    async drop() {
      if (database.isInitialized) await database.destroy();
      await run(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

// a worker of jest has an IPC channel to the process of the run
const owner = process.send ? process.ppid : process.pid;
const home = join(tmpdir(), `tiebreak-test-${owner}`);
let server: Promise<string> | undefined;

/** One server for all workers of a run: the first that asks starts it, and it goes when the run's process is gone. */
const serverOfThisRun = (): Promise<string> => (server ??= findServer());

const findServer = async (): Promise<string> => {
  const known = join(home, 'url');
  const isOurs = mkdir(home, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (await isOurs) return startServer(known);
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(50)) {
    const url = await readFile(known, 'utf8').catch(() => undefined);
    if (!url) continue;
    if (await answers(url)) return url;
    // its server died, or an earlier run with the same pid left it: of many who see that one starts anew
    const isFirst = rename(known, `${known}.dead`).then(
      () => true,
      () => false,
    );
    if (await isFirst) return startServer(known);
  }
  throw new Error(`no Postgres came up in ${home}: remove it and try again`);
};

const startServer = async (known: string): Promise<string> => {
  const folder = join(home, randomBytes(4).toString('hex'));
  const { url } = await startPostgres(folder);
  spawn(process.execPath, ['-e', keeper, String(owner), home, folder], { detached: true, stdio: 'ignore' }).unref();
  // nothing here outlives the run: no test loses power
  await run(url, `ALTER SYSTEM SET fsync = off`);
  await run(url, `ALTER SYSTEM SET synchronous_commit = off`);
  await run(url, `SELECT pg_reload_conf()`);
  await writeFile(`${known}.new`, url);
  await rename(`${known}.new`, known);
  return url;
};

const answers = (url: string): Promise<boolean> =>
  run(url, 'SELECT 1').then(
    () => true,
    // too many connections: busy is not dead
    (fault: unknown) => (fault as { code?: string }).code === '53300',
  );

const keeper = `
const { readFileSync, rmSync } = require('node:fs');
const [owner, home, folder] = [Number(process.argv[1]), process.argv[2], process.argv[3]];
const lives = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
const postmaster = () => {
  try { return Number(readFileSync(folder + '/cluster/postmaster.pid', 'utf8').split('\\n')[0]) || 0; }
  catch { return 0; }
};
const timer = setInterval(() => {
  if (lives(owner)) return;
  clearInterval(timer);
  const [pid, until] = [postmaster(), Date.now() + 10000];
  try { if (pid > 0) process.kill(pid, 'SIGQUIT'); } catch {}
  const end = setInterval(() => {
    if (pid > 0 && lives(pid) && Date.now() < until) return;
    clearInterval(end);
    try { rmSync(home, { recursive: true, force: true, maxRetries: 5 }); } catch {}
  }, 100);
}, 500);`;

const run = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};
