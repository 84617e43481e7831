import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Recorded, WrongExpectedRevision } from '../../libs/platform/event-store/event-store.js';
import { readCheckpoint, resume } from '../../libs/platform/processors/checkpoint.js';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { type Locks, openLocks } from '../../libs/platform/processors/lock.js';
import { type Processor, Transient } from '../../libs/platform/processors/processor.js';
import { type Log, type Runner, startRunner } from '../../libs/platform/processors/run.js';
import { shareTail } from '../../libs/platform/processors/tail.js';
import { viewProcessor } from '../../libs/platform/processors/view.js';
import { accountList, accountSchema, opened, paid } from '../support/accounts.js';
import { append, startLog, type TestLog } from '../support/log.js';
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
beforeEach(async () => {
  log = await startLog();
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
    const names = ['Łódź', 'a\0b', `half \uD83D`, '\\u0000', '"quoted"'];
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

  it('moves the checkpoint past events that are none of its concern, and past other streams', async () => {
    const runner = work(viewProcessor(accountList, db.database));
    const { position } = await append(log.store, 'lead-demo.1', 'no-stream', [opened('nobody')]);
    await seen('account-list', position);
    expect(await rows()).toEqual([]);
    await until('no lag', () => runner.state().lagSeconds === 0);
  });
});

describe('the runner', () => {
  it('gives every event once and in order, through a log that cuts, drops slow readers and is away for a while', async () => {
    const given: string[] = [];
    await log.close();
    log = await startLog({ unkind: { dropSlowSubscribersAt: 10, cutSubscriptionsAfter: 40 } });
    work({
      name: 'watching',
      role: 'reactors',
      batchLimit: 7,
      handle: async (batch, tx) => {
        await tx.query('SELECT pg_sleep(0.005)');
        given.push(...batch.map(({ data }) => (data as { reference: string }).reference));
      },
    });
    const expected = Array.from({ length: 300 }, (_, i) => String(i));
    for (const i of expected) {
      if (Number(i) % 60 === 59) log.node.cutConnections();
      await until('an append', () =>
        append(log.store, `customer-demo.${i}`, 'no-stream', [paid(i)]).catch(
          (fault: unknown) => fault instanceof WrongExpectedRevision,
        ),
      );
    }
    await until('the last one', () => given.includes('299'));
    // a batch that was handled and then lost its transaction comes again: from where it began
    expect([...new Set(given)]).toEqual(expected);
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

  it('writes rows and checkpoint together or not at all', async () => {
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

  it('has one live runner; another takes over within 5 s when its connection dies, and nothing is done twice', async () => {
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

  it('lets a runner that is no longer the live one neither write nor move the checkpoint', async () => {
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

  it('retries a transient fault and shows that it does', async () => {
    let faults = 4;
    const runner = work({
      name: 'sending',
      role: 'publishers',
      handle: async () => {
        if (faults-- > 0) throw new Transient('the broker is away');
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
  });
});

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

describe('a poison event', () => {
  it('stops its processor alone, which says which event and why', async () => {
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

describe('another log', () => {
  it('stops the processor instead of being taken for the old one', async () => {
    const first = work(viewProcessor(accountList, db.database));
    const { position } = await append(log.store, 'customer-demo.1', 'no-stream', [opened('North')]);
    await seen('account-list', position);
    await first.stop();
    await log.close();
    log = await startLog();
    work(viewProcessor(accountList, db.database));
    await until('the stop', async () => (await checkpoint('account-list')).status === 'stopped');
    expect((await checkpoint('account-list')).error).toMatch(/rebuild/);
    expect(await resume(db.database, 'account-list', 'skip', 'admin')).toMatch(/no event stopped/);
  });
});
