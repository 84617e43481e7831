import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readCheckpoint } from '../../libs/platform/processors/checkpoint.js';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import { rebuild } from '../../libs/platform/processors/rebuild.js';
import { type Log, startRunner } from '../../libs/platform/processors/run.js';
import { viewProcessor } from '../../libs/platform/processors/view.js';
import { accountList, accountSchema, opened, paid } from '../support/accounts.js';
import { append, startLog, type TestLog, unkind } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

let db: TestDatabase;
let log: TestLog;
const stops: (() => Promise<void>)[] = [];
const nobody = () => undefined;
const silent: Log = { info: nobody, warn: nobody, error: nobody };

beforeAll(async () => {
  db = await startDatabase(accountSchema);
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  await log.close();
  await db.database.query('TRUNCATE account, processor_checkpoint, processor_skip');
});
afterAll(async () => {
  await db.drop();
});

const surroundings = () => {
  const locks = openLocks(db.url);
  stops.push(() => locks.close());
  return { database: db.database, store: log.store, locks, log: silent };
};
const keepGoing = () => {
  const runner = startRunner(viewProcessor(accountList, db.database), surroundings());
  stops.push(() => runner.stop());
  return runner;
};
const rebuildNow = (
  signal = new AbortController().signal,
  onProgress: () => void = nobody,
  onResume: (position: string) => void = nobody,
) => rebuild(accountList, surroundings(), { signal, onProgress, onResume });
const rows = async (): Promise<unknown[]> =>
  (await db.database.query<{ row: unknown }[]>('SELECT to_jsonb(account) AS row FROM account ORDER BY key')).map(
    ({ row }) => row,
  );
const catalogue = () =>
  db.database.query<object[]>(`
    SELECT indexdef AS is FROM pg_indexes WHERE tablename LIKE 'account%'
    UNION ALL SELECT conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE conrelid = 'account'::regclass
    UNION ALL SELECT relname || array_to_string(reloptions, ',') FROM pg_class WHERE relname LIKE 'account%' AND relkind = 'r'
    ORDER BY 1`);
const seen = async (position: string) =>
  expect(await waitUntilSeen(db.database, 'account-list', position, 20_000)).toBe(true);

/** Writes 40 accounts with `payments` payments each, a stream after the other. */
const business = async (prefix: string, payments: number) => {
  let position = '0';
  for (let i = 0; i < 40; i++) {
    const events = [opened(`${prefix} ${i}`), ...Array.from({ length: payments }, (_, n) => paid(`${n}`, n))];
    const closed = i % 5 === 4 ? [{ type: 'AccountClosed', data: {} }] : [];
    ({ position } = await append(log.store, `customer-demo.${prefix}${i}`, 'no-stream', [...events, ...closed]));
  }
  return position;
};

// the numbers are those of the guarantees of `rebuild`
describe.each([
  { mood: 'good', options: {} },
  { mood: 'bad', options: unkind(11) },
])('a rebuild, on a $mood day of the log', ({ options }) => {
  beforeEach(async () => {
    log = await startLog(options);
  });

  it('1, 2, 3: ends with the rows, indexes and constraints of the live view while writes go on and readers read', async () => {
    keepGoing();
    await seen(await business('a', 20));
    const before = await catalogue();
    // what only a rebuild can mend
    await db.database.query(`UPDATE account SET full_name = 'wrong' WHERE key = 'demo.a1'`);
    const counts: number[] = [];
    const over = new AbortController();
    const reading = (async () => {
      while (!over.signal.aborted)
        counts.push(Number((await db.database.query<{ n: string }[]>('SELECT count(*) AS n FROM account'))[0]!.n));
    })();
    const [position, rebuilt] = await Promise.all([business('b', 20), rebuildNow()]);
    await seen(position);
    over.abort();
    await reading;

    expect(rebuilt.events).toBeGreaterThanOrEqual(40 * 21);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(32);
    // some are opened and closed again between two reads: a step back of one, and never to an earlier table
    expect(counts.filter((n, at) => n < Math.max(...counts.slice(0, at + 1)) - 1)).toEqual([]);
    expect(await catalogue()).toEqual(before);
    const live = await rows();
    expect(live).toHaveLength(64);
    expect(JSON.stringify(live)).not.toContain('wrong');
    await rebuildNow();
    expect(await rows()).toEqual(live);
    expect(await readCheckpoint(db.database, 'account-list__rebuild')).toBeUndefined();
  });

  it('4: goes on where it was interrupted', async () => {
    await business('a', 100);
    const interrupting = new AbortController();
    const interrupted = rebuildNow(interrupting.signal, () => interrupting.abort(new Error('enough')));
    await expect(interrupted).rejects.toThrow('enough');
    expect(await rows()).toEqual([]);
    const leftOffAt = (await readCheckpoint(db.database, 'account-list__rebuild'))?.position;
    const told: string[] = [];
    const rebuilt = await rebuildNow(undefined, nobody, (position) => told.push(position));
    expect(rebuilt.resumed).toBe(true);
    expect(told).toEqual([leftOffAt]);
    expect(rebuilt.events).toBeLessThan(40 * 101 + 8);
    const resumed = await rows();
    await rebuildNow();
    expect(await rows()).toEqual(resumed);
    expect(resumed).toHaveLength(32);
  });

  it('4: goes on from what was committed where the answers to commits are lost, that of the switch too', async () => {
    const position = await business('a', 100);
    const drafted = async () => (await readCheckpoint(db.database, 'account-list__rebuild'))?.position;
    let lost = 0;
    const forgetful = Object.create(db.database, {
      transaction: {
        value: async (work: Parameters<typeof db.database.transaction>[1]) => {
          const before = await drafted();
          const answer: unknown = await db.database.transaction(work as never);
          if (before === undefined || (await drafted()) === before) return answer;
          lost += 1;
          throw new Error('Connection terminated unexpectedly');
        },
      },
    }) as typeof db.database;
    const { signal } = new AbortController();
    await rebuild(accountList, { ...surroundings(), database: forgetful }, { signal });
    expect(await readCheckpoint(db.database, 'account-list')).toMatchObject({ position, events: 40 * 101 + 8 });
    expect(await rows()).toHaveLength(32);
    expect(lost).toBeGreaterThan(2);
  });

  it('5: makes a view of another log run again', async () => {
    const runner = keepGoing();
    await seen(await business('a', 1));
    await runner.stop();
    await log.close();
    log = await startLog(options);
    keepGoing();
    await until('the stop', async () => (await readCheckpoint(db.database, 'account-list'))?.status === 'stopped');
    await rebuildNow();
    const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [opened('North')]);
    await seen(position);
    expect(await rows()).toEqual([expect.objectContaining({ full_name: 'North' })]);
  });

  it('is refused while another is under way', async () => {
    const one = surroundings();
    const held = await one.locks.take('tiebreak:rebuild:account-list');
    await expect(rebuildNow()).rejects.toThrow(/elsewhere/);
    await held!.release();
    await rebuildNow();
  });
});
