import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../libs/platform/event-store/event-store.js';
import { readCheckpoint, resume } from '../../libs/platform/processors/checkpoint.js';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { watchLag } from '../../libs/platform/processors/lag.js';
import { type Locks, openLocks } from '../../libs/platform/processors/lock.js';
import { type Processor, Transient } from '../../libs/platform/processors/processor.js';
import { type Log, type Runner, startRunner } from '../../libs/platform/processors/run.js';
import { shareTail } from '../../libs/platform/processors/tail.js';
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

/** A worker of its own: its locks are on a connection of their own, its subscription is shared with nobody. */
const work = (processor: Processor): Runner & { readonly locks: Locks } => {
  const locks = openLocks(db.url);
  const tail = shareTail(log.store);
  const runner = startRunner(processor, { database: db.database, store: tail, locks, log: silent });
  stops.push(async () => {
    await runner.stop();
    await tail.close();
    await locks.close();
  });
  return { ...runner, locks };
};
const rows = async (): Promise<unknown[]> =>
  (await db.database.query<{ row: unknown }[]>('SELECT to_jsonb(account) AS row FROM account ORDER BY key')).map(
    ({ row }) => row,
  );
const seen = async (name: string, position: string) =>
  expect(await waitUntilSeen(db.database, name, position, 15_000)).toBe(true);
const checkpoint = async (name: string) => (await readCheckpoint(db.database, name))!;
const north = { full_name: 'North/x/y', total: 12, payments: 2, tags: ['a', 'x', 'y'], birthday: '2000-02-29' };

/** Keeps what it was given in rows of the transaction; throws on one reference. */
const choosing = (poison: { reference: string | undefined }): Processor => ({
  name: 'choosing',
  role: 'reactors',
  handle: async (batch, tx) => {
    for (const { data } of batch) {
      const { reference } = data as { reference: string };
      if (reference === poison.reference) throw new Error(`can't make sense of ${reference}`);
      await tx.query(`INSERT INTO processor_skip (name, log_id, position, skipped_by) VALUES ('given', '', 0, $1)`, [
        reference,
      ]);
    }
  },
});
const throwsAtBad = ({ data }: Recorded): boolean => {
  if ((data as { reference: string }).reference === 'bad') throw new Error("can't look at bad");
  return true;
};
const given = async (): Promise<string[]> => {
  const kept = await db.database.query<{ skipped_by: string }[]>(
    `SELECT skipped_by FROM processor_skip WHERE name = 'given' ORDER BY id`,
  );
  return kept.map((row) => row.skipped_by);
};

const poisoned = async () => {
  await append(log.store, 'customer-demo.1', 'no-stream', [paid('1'), paid('2'), paid('bad'), paid('4')]);
  const poison: { reference: string | undefined } = { reference: 'bad' };
  const runner = work(choosing(poison));
  await until('the stop', async () => (await readCheckpoint(db.database, 'choosing'))?.status === 'stopped');
  return { poison, runner };
};

// the numbers are those of the guarantees of `run`
describe.each([
  { mood: 'good', options: {} },
  { mood: 'bad', options: unkind(7) },
])('on a $mood day of the log', ({ options }) => {
  beforeEach(async () => {
    log = await startLog(options);
  });

  describe('a view', () => {
    it('keeps up with the log, row by row as folded', async () => {
      await append(log.store, 'customer-demo.1', 'no-stream', [opened('North'), paid('x')]);
      work(viewProcessor(accountList, db.database));
      await append(log.store, 'customer-demo.2', 'no-stream', [opened('South')]);
      await append(log.store, 'customer-demo.1', 1, [paid('y', 7)]);
      const { position } = await append(log.store, 'customer-demo.2', 0, [{ type: 'AccountClosed', data: {} }]);
      await seen('account-list', position);
      expect(await rows()).toEqual([expect.objectContaining(north)]);
    });

    it('folds alike whether its batches are long or short', async () => {
      const names = ['Łódź', 'a\0b', `half \uD83D`, '\\u0000', '"quoted"', 'null', '', '{a,b}', 'a\nb', ' NULL '];
      for (const [i, name] of names.entries())
        await append(log.store, `customer-demo.${i}`, 'no-stream', [
          opened(name),
          paid('1'),
          paid('2'),
          paid('3', 2 ** 40),
        ]);
      const events: Recorded[] = [];
      for await (const event of log.store.readAll()) events.push(event);
      const { handle } = viewProcessor(accountList, db.database);

      await db.database.transaction((tx) => handle(events, tx));
      const long = await rows();
      await db.database.query('TRUNCATE account');
      for (const event of events) await db.database.transaction((tx) => handle([event], tx));
      expect(await rows()).toEqual(long);
      expect(long).toHaveLength(names.length);
      expect(long[0]).toEqual(
        expect.objectContaining({ full_name: 'Łódź/1/2/3', last: { reference: '3', amount: 2 ** 40 } }),
      );
    });

    it('5: moves the checkpoint past events that are none of its concern, and past other streams', async () => {
      const runner = work(viewProcessor(accountList, db.database));
      const { position } = await append(log.store, 'lead-demo.1', 'no-stream', [opened('nobody')]);
      await seen('account-list', position);
      expect(await rows()).toEqual([]);
      await until('no lag', () => runner.state().lagSeconds === 0);
    });
  });

  describe('the runner', () => {
    it('2: gives every event once and in order, through a log that cuts, drops slow readers and is away for a while', async () => {
      const arrived: string[] = [];
      work({
        name: 'watching',
        role: 'reactors',
        batchLimit: 7,
        handle: async (batch, tx) => {
          await tx.query('SELECT pg_sleep(0.005)');
          arrived.push(...batch.map(({ data }) => (data as { reference: string }).reference));
        },
      });
      const expected = Array.from({ length: 300 }, (_, i) => String(i));
      for (const i of expected) {
        if (Number(i) % 60 === 59) log.node.cutConnections();
        await append(log.store, `customer-demo.${i}`, 'no-stream', [paid(i)]);
      }
      await until('the last one', () => arrived.includes('299'));
      // a batch that was handled and then lost its transaction comes again: from where it began
      expect([...new Set(arrived)]).toEqual(expected);
    });

    it('3: writes rows and checkpoint together or not at all', async () => {
      const { handle, ...rest } = viewProcessor(accountList, db.database);
      let deaths = 0;
      const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [
        opened('North'),
        paid('x'),
        paid('y', 7),
      ]);
      work({
        ...rest,
        batchLimit: 1,
        handle: async (batch, tx) => {
          await handle(batch, tx);
          if (deaths++ % 2 === 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
        },
      });
      await seen('account-list', position);
      expect(deaths).toBe(6);
      expect(await rows()).toEqual([expect.objectContaining(north)]);
    });

    it('1: has one live runner; another takes over within 5 s when its connection dies, and nothing is done twice', async () => {
      const view = viewProcessor(accountList, db.database);
      const first = work(view);
      await until('the first to run', () => first.state().state === 'running');
      const second = work(view);
      await until('the second to stand by', () => second.state().state === 'standby');

      await db.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      await first.stop();
      const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [
        opened('North'),
        paid('x'),
        paid('y', 7),
      ]);
      await until('the second to run', () => second.state().state === 'running', 5_000);
      await seen('account-list', position);
      expect(await rows()).toEqual([expect.objectContaining(north)]);
    });

    it('4: lets a runner that is no longer the live one neither write nor move the checkpoint', async () => {
      const handled: string[] = [];
      const watching = (by: string): Processor => ({
        name: 'watching',
        role: 'reactors',
        handle: async (batch) =>
          void handled.push(...batch.map(({ data }) => `${by} ${(data as { reference: string }).reference}`)),
      });
      const noLocks: Locks = {
        take: async () => ({ lost: new AbortController().signal, release: async () => undefined }),
        close: async () => undefined,
      };
      for (const by of ['first', 'second']) {
        const runner = startRunner(watching(by), {
          database: db.database,
          store: log.store,
          locks: noLocks,
          log: silent,
        });
        stops.push(() => runner.stop());
      }
      const references = Array.from({ length: 60 }, (_, i) => String(i));
      for (const i of references) {
        const { position } = await append(log.store, `customer-demo.${i}`, 'no-stream', [paid(i)]);
        await seen('watching', position);
      }
      expect(handled.map((line) => line.split(' ')[1])).toEqual(references);
    });

    it('6: retries a transient fault, later each time, and shows that it does', async () => {
      const tried: number[] = [];
      const runner = work({
        name: 'sending',
        role: 'publishers',
        handle: async () => {
          if (tried.push(performance.now()) <= 4) throw new Transient('the broker is away');
        },
      });
      const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [opened('North')]);
      await until(
        'it to retry',
        () => runner.state().state === 'retrying' && runner.state().error === 'the broker is away',
      );
      await seen('sending', position);
      await until('it to run', () => runner.state().state === 'running' && runner.state().lagSeconds === 0);
      expect(runner.state().error).toBeUndefined();
      const pauses = tried.slice(1, 5).map((at, i) => at - tried[i]!);
      for (const [i, least] of [0, 75, 150, 300].entries()) expect(pauses[i]).toBeGreaterThanOrEqual(least);
    });
  });

  describe('a poison event', () => {
    it('7: stops its processor alone, which says which event and why', async () => {
      work(viewProcessor(accountList, db.database));
      const { runner } = await poisoned();
      const stopped = await checkpoint('choosing');
      expect(stopped.error).toBe("can't make sense of bad");
      expect(stopped.failedEvent).toMatch(/^AmountPaid [0-9a-f-]{36} in customer-demo\.1@2$/);
      expect(await given()).toEqual(['1', '2']);
      const { position } = await append(log.store, 'customer-demo.2', 'no-stream', [opened('South')]);
      await seen('account-list', position);
      await until('the state', () => runner.state().state === 'stopped');
      expect((await checkpoint('choosing')).position).toBe(stopped.position);
    });

    it('may be one that it can not say of whether it is of concern: it too can be skipped', async () => {
      const { handle, ...rest } = choosing({ reference: undefined });
      await append(log.store, 'customer-demo.1', 'no-stream', [paid('1'), paid('bad'), paid('3')]);
      work({ ...rest, concerns: throwsAtBad, handle });
      await until('the stop', async () => (await readCheckpoint(db.database, 'choosing'))?.status === 'stopped');
      expect(await checkpoint('choosing')).toMatchObject({
        error: "can't look at bad",
        failedEvent: expect.stringMatching(/@1$/),
      });
      expect(await resume(db.database, 'choosing', 'skip', 'admin')).toBeUndefined();
      await until('the rest', async () => (await given()).at(-1) === '3');
      expect(await given()).toEqual(['1', '3']);
    });

    it('is skipped on an operator’s word, which is recorded', async () => {
      await poisoned();
      expect(await resume(db.database, 'choosing', 'skip', 'admin')).toBeUndefined();
      await until('the rest', async () => (await given()).at(-1) === '4');
      expect(await given()).toEqual(['1', '2', '4']);
      const [skip] = await db.database.query<object[]>(`SELECT * FROM processor_skip WHERE name = 'choosing'`);
      expect(skip).toEqual(expect.objectContaining({ skipped_by: 'admin', error: "can't make sense of bad" }));
      expect(await resume(db.database, 'choosing', 'skip', 'admin')).toBe('choosing is not stopped');
    });

    it('is tried again on an operator’s word', async () => {
      const { poison } = await poisoned();
      poison.reference = undefined;
      expect(await resume(db.database, 'choosing', 'retry', 'admin')).toBeUndefined();
      await until('the rest', async () => (await given()).at(-1) === '4');
      expect(await given()).toEqual(['1', '2', 'bad', '4']);
    });
  });

  describe('the lag', () => {
    it('5: counts the events that a processor has not seen, whoever has seen them', async () => {
      const lagOf = async (name: string) =>
        (await watchLag(db.database, log.store)()).find((lag) => lag.name === name)?.behindEvents;
      const { runner } = await poisoned();
      expect(await lagOf('choosing')).toBe(2);
      await append(log.store, 'lead-demo.1', 'no-stream', [paid('5'), paid('6')]);
      expect(await lagOf('choosing')).toBe(4);
      work(viewProcessor(accountList, db.database));
      const { position } = await append(log.store, 'customer-demo.2', 'no-stream', [paid('7')]);
      await seen('account-list', position);
      expect([await lagOf('choosing'), await lagOf('account-list')]).toEqual([5, 0]);
      await resume(db.database, 'choosing', 'skip', 'admin');
      await seen('choosing', position);
      await until('it to run', () => runner.state().lagSeconds === 0);
      expect([await lagOf('choosing'), (await checkpoint('choosing')).events]).toEqual([0, 7]);
    });
  });

  describe('another log', () => {
    it('8: and one that ends before the checkpoint stops the processor', async () => {
      const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [opened('North')]);
      const first = work(viewProcessor(accountList, db.database));
      await seen('account-list', position);
      await first.stop();
      await db.database.query('UPDATE processor_checkpoint SET position = position + 1000000');
      work(viewProcessor(accountList, db.database));
      await until('the stop', async () => (await checkpoint('account-list')).status === 'stopped');
      expect((await checkpoint('account-list')).error).toMatch(/beyond the log's end \d+: rebuild it/);
    });

    it('8: stops the processor instead of being taken for the old one', async () => {
      const first = work(viewProcessor(accountList, db.database));
      const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [opened('North')]);
      await seen('account-list', position);
      await first.stop();
      await log.close();
      log = await startLog(options);
      work(viewProcessor(accountList, db.database));
      await until('the stop', async () => (await checkpoint('account-list')).status === 'stopped');
      expect((await checkpoint('account-list')).error).toMatch(/rebuild/);
      expect(await resume(db.database, 'account-list', 'skip', 'admin')).toMatch(/no event stopped/);
    });
  });
});

describe('at its own pace', () => {
  beforeEach(async () => {
    log = await startLog();
  });

  it('takes what comes after a quiet spell at once, and lets what follows gather for one batch', async () => {
    const batches: { readonly size: number; readonly at: number }[] = [];
    const gathering: Processor = {
      name: 'gathering',
      role: 'views',
      handle: async (batch) => void batches.push({ size: batch.length, at: performance.now() }),
    };
    const runner = work(gathering);
    await runner.settled;
    await until('it to be live', () => runner.state().lagSeconds === 0);
    const began = performance.now();
    for (let i = 0; i < 8; i++) await append(log.store, `customer-demo.${i}`, 'no-stream', [paid(String(i))]);
    const took = performance.now() - began;
    await until('all of them', () => batches.reduce((sum, { size }) => sum + size, 0) === 8);
    expect(batches[0]!.size).toBeLessThan(8);
    const pauses = batches.slice(1).map(({ at }, i) => at - batches[i]!.at);
    expect(Math.min(...pauses)).toBeGreaterThan(100);
    expect(batches.length).toBeLessThanOrEqual(2 + took / 120);
  });

  it('is estimated where nobody has seen thousands', async () => {
    const many = Array.from({ length: 700 }, (_, n) => paid(String(n)));
    const view = viewProcessor(accountList, db.database);
    const runner = work(view);
    const { position } = await append(log.store, 'customer-demo.1', 'no-stream', many);
    await seen('account-list', position);
    await runner.stop();
    for (const stream of [2, 3, 4] as const) await append(log.store, `customer-demo.${stream}`, 'no-stream', many);
    const lags = watchLag(db.database, log.store);
    const [guess] = await lags();
    expect(guess).toMatchObject({ estimated: true });
    expect(guess!.behindEvents! / 2_100).toBeCloseTo(1, 1);
    // each asking counts further
    const exact = await until('an exact one', async () => (await lags()).find(({ estimated }) => !estimated));
    expect(exact.behindEvents).toBe(2_100);
  });
});
