import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Postgres, startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';

const opened: Postgres[] = [];
const start = async () => {
  const postgres = await startPostgres(dir);
  opened.push(postgres);
  return postgres;
};
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiebreak-postgres-'));
  await chmod(dir, 0o700);
});
afterEach(async () => {
  for (const postgres of opened.splice(0)) await postgres.stop();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer?: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
};
const postmaster = async () => Number((await readFile(join(dir, 'cluster/postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded Postgres', () => {
  it('starts in an empty folder, keeps its rows over a restart, and asks for its password', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await expect(ask(first.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    expect((await stat(join(dir, 'password'))).mode & 0o777).toBe(0o600);
    await first.stop();
    await first.stop();
    await expect(ask(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);

    const second = await start();
    expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(42);
    expect(await ask(second.url, `SELECT 'Łódź' > 'Lodz' AND lower('ŁÓDŹ') = 'łódź' AS answer`)).toBe(true);
  });

  it('takes over the server that outlived its starter', async () => {
    const first = await start();
    const pid = await postmaster();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await postmaster()).toBe(pid);
  });

  it('starts anew after a kill -9 of the server, with its committed rows', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE committed AS SELECT 7 AS answer');
    process.kill(await postmaster(), 'SIGKILL');
    const second = await start();
    expect(await ask(second.url, 'SELECT answer FROM committed')).toBe(7);
  });

  it('is not held up by a pid file whose number now is another program', async () => {
    await (await start()).stop();
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(other, 'spawn');
    const lines = [other.pid, join(dir, 'cluster'), 1, 1, '', '127.0.0.1', '', 'ready', ''];
    await writeFile(join(dir, 'cluster/postmaster.pid'), lines.join('\n'));
    expect(await ask((await start()).url, 'SELECT 1 AS answer')).toBe(1);
    other.stdin.end();
    await once(other, 'exit');
  });

  it('makes its cluster again when the first start died in the middle of it', async () => {
    await rename(join(dir, 'cluster'), join(dir, 'cluster.0123abcd'));
    await rm(join(dir, 'cluster.0123abcd/PG_VERSION'));
    expect(await ask((await start()).url, 'SELECT 1 AS answer')).toBe(1);
  });
});
