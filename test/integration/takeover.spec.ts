import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import { processorMigrations } from '../../libs/platform/processors/checkpoint.migrations.js';
import { type Log, type Runner, startRunner } from '../../libs/platform/processors/run.js';
import { paid } from '../support/accounts.js';
import { append, startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

let db: TestDatabase;
let log: TestLog;
let standby: Runner | undefined;
let child: ChildProcess | undefined;
const nobody = () => undefined;
const silent: Log = { info: nobody, warn: nobody, error: nobody };

beforeEach(async () => {
  [db, log] = await Promise.all([startDatabase({ entities: [], migrations: processorMigrations }), startLog()]);
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await standby?.stop();
  await log.close();
  await db.drop();
});

/** Writes who handled what, with the checkpoint; slowly, so that a kill meets it in the middle. */
const handled = `INSERT INTO processor_skip (name, log_id, position, skipped_by) SELECT 'handled', $1, $2, $3 FROM pg_sleep(0.02)`;
const url = (path: string) => JSON.stringify(`${process.cwd()}/dist/libs/platform/${path}.js`);
const worker = () => `
  const { EventStoreDb } = await import(${url('event-store/eventstoredb')});
  const { openDatabase } = await import(${url('postgres/data-source')});
  const { openLocks } = await import(${url('processors/lock')});
  const { startRunner } = await import(${url('processors/run')});
  const database = await openDatabase(${JSON.stringify(db.url)}, { entities: [], migrations: [] });
  const quiet = () => undefined;
  const runner = startRunner(
    { name: 'handling', role: 'reactors', batchLimit: 5, prompt: true, handle: async (batch, tx) => {
      for (const { id, position } of batch) await tx.query(${JSON.stringify(handled)}, [id, position, 'child']);
    } },
    { database, locks: openLocks(${JSON.stringify(db.url)}), store: EventStoreDb.connect(${JSON.stringify(log.node.connectionString)}),
      log: { info: quiet, warn: quiet, error: console.error } });
  await runner.settled;
  console.log(runner.state().state);`;

it('1: whoever stands by takes over within 5 s of a kill -9, and nothing is handled twice or left out', async () => {
  child = spawn(process.execPath, ['--input-type=module', '-e', worker()], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout!.on('data', (text) => (said += String(text)));
  await until('the first to run', () => said.includes('running'));
  const locks = openLocks(db.url);
  standby = startRunner(
    {
      name: 'handling',
      role: 'reactors',
      handle: async (batch, tx) => {
        for (const { id, position } of batch) await tx.query(handled, [id, position, 'standby']);
      },
    },
    { database: db.database, locks, store: log.store, log: silent },
  );
  await until('the second to stand by', () => standby!.state().state === 'standby');

  const events = Array.from({ length: 150 }, (_, n) => paid(String(n)));
  const { position } = await append(log.store, 'customer-demo.1', 'no-stream', events);
  const rows = () =>
    db.database.query<{ id: string; by: string }[]>(
      `SELECT log_id AS id, skipped_by AS by FROM processor_skip ORDER BY position`,
    );
  await until('the first to be in the middle', async () => (await rows()).length > 20);
  child.kill('SIGKILL');
  const killed = performance.now();
  await until('the second to run', () => standby!.state().state === 'running', 10_000);
  expect(performance.now() - killed).toBeLessThan(5_000);
  expect(await waitUntilSeen(db.database, 'handling', position, 15_000)).toBe(true);
  const all = await rows();
  expect(new Set(all.map(({ id }) => id)).size).toBe(150);
  expect(all).toHaveLength(150);
  expect(new Set(all.map(({ by }) => by))).toEqual(new Set(['child', 'standby']));
  await standby.stop();
  await locks.close();
}, 40_000);
