import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Decider, Event } from '../../libs/kernel/decider.js';
import type { Recorded } from '../../libs/platform/event-store/event-store.js';
import { derivedId, transact } from '../../libs/platform/event-store/transact.js';
import { openDatabase } from '../../libs/platform/postgres/data-source.js';
import { type Postgres, startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';
import { migrate } from '../../libs/platform/postgres/migrate.js';
import { readCheckpoint } from '../../libs/platform/processors/checkpoint.js';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { type Locks, openLocks } from '../../libs/platform/processors/lock.js';
import type { Processor } from '../../libs/platform/processors/processor.js';
import { type Log, type Runner, startRunner } from '../../libs/platform/processors/run.js';
import { viewProcessor } from '../../libs/platform/processors/view.js';
import { accountList, accountSchema, opened, paid } from '../support/accounts.js';
import { append, startLog, type TestLog } from '../support/log.js';

const nobody = () => undefined;
const silent: Log = { info: nobody, warn: nobody, error: nobody };
type Told = Event<'LeadTold', Record<string, never>>;
/** Says the same whenever it is asked: only the command's id tells a repeat. */
const telling: Decider<'tell', Told, number> = {
  initial: 0,
  decide: () => [{ type: 'LeadTold', data: {} }],
  evolve: (told) => told + 1,
};

let folder: string;
let postgres: Postgres;
let database: DataSource;
let log: TestLog;
let locks: Locks;
const runners: Runner[] = [];
const given: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiebreak-crash-'));
  log = await startLog();
  postgres = await startPostgres(folder);
  await migrate(postgres.url, accountSchema);
  database = await openDatabase(postgres.url, accountSchema, { lazyCommits: true });
  // as long as it may, so that a crash takes much
  await database.query(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
  await database.query('SELECT pg_reload_conf()');
  locks = openLocks(postgres.url);
}, 60_000);
afterAll(async () => {
  for (const runner of runners) await runner.stop();
  await locks?.close();
  await log?.close();
  await database?.destroy();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const isOpening = ({ type }: Recorded) => type === 'AccountOpened';
const reactor = (): Processor => ({
  name: 'telling',
  role: 'reactors',
  prompt: true,
  concerns: isOpening,
  handle: async (batch) => {
    for (const { id, stream, at } of batch.filter(isOpening)) {
      given.push(stream.id);
      const ids = { commandId: derivedId(id, 'tell'), correlationId: id, causationId: id };
      await transact(log.store, telling, `lead-demo.${stream.id}`, 'tell', {
        vendor: 'demo',
        actor: 'system:telling',
        now: at,
        ...ids,
      });
    }
  },
});
const rows = () => database.query<object[]>('SELECT key, full_name, total FROM account ORDER BY key');
const seen = async (position: string) => {
  for (const name of ['account-list', 'telling'])
    expect(await waitUntilSeen(database, name, position, 20_000)).toBe(true);
};

const crash = async (): Promise<void> => {
  const [pid] = (await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
};

describe('commits that do not wait for the disk', () => {
  it('are done again where a crash of Postgres takes them, to the same rows, and commands act once', async () => {
    expect(await database.query('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    const surroundings = { database, store: log.store, locks, log: silent };
    for (const processor of [viewProcessor(accountList, database), reactor()])
      runners.push(startRunner(processor, surroundings));
    let position = '0';
    for (let i = 0; i < 30; i++)
      ({ position } = await append(log.store, `customer-demo.${i}`, 'no-stream', [opened(`N${i}`), paid('x', i)]));
    await seen(position);
    const before = await rows();
    expect(before).toHaveLength(30);

    await crash();
    await Promise.all(runners.map((runner) => runner.stop()));
    postgres = await startPostgres(folder, { port: postgres.port });
    const kept = await Promise.all(['account-list', 'telling'].map((name) => readCheckpoint(database, name)));
    expect(Math.min(...kept.map((row) => Number(row?.position ?? 0)))).toBeLessThan(Number(position));

    for (const processor of [viewProcessor(accountList, database), reactor()])
      runners.push(startRunner(processor, surroundings));
    await seen(position);
    expect(await rows()).toEqual(before);
    expect(given.length).toBeGreaterThan(30);
    for (let i = 0; i < 30; i++) {
      let told = 0;
      for await (const { type } of log.store.read(`lead-demo.${i}`)) told += Number(type === 'LeadTold');
      expect(told).toBe(1);
    }
  }, 60_000);
});
