import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { LogUnavailable } from '../../libs/platform/event-store/event-store.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { Reference } from '../../libs/platform/event-store/reference.js';
import { openDatabase } from '../../libs/platform/postgres/data-source.js';
import { readCheckpoint } from '../../libs/platform/processors/checkpoint.js';
import { waitUntilSeen } from '../../libs/platform/processors/freshness.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import type { Processor } from '../../libs/platform/processors/processor.js';
import { type Log, startRunner, type Surroundings } from '../../libs/platform/processors/run.js';
import type { Source } from '../../libs/platform/processors/tail.js';
import { viewProcessor } from '../../libs/platform/processors/view.js';
import { accountList, accountSchema, opened, paid } from '../support/accounts.js';
import { append, startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { startSwallowingProxy } from '../support/swallowing-proxy.js';
import { until } from '../support/until.js';

let db: TestDatabase;
let log: TestLog;
const stops: (() => Promise<unknown>)[] = [];
const nobody = () => undefined;
const silent: Log = { info: nobody, warn: nobody, error: nobody };

beforeAll(async () => {
  [db, log] = await Promise.all([startDatabase(accountSchema), startLog()]);
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  await db.database.query('TRUNCATE account, processor_checkpoint, processor_skip');
});
afterAll(async () => {
  await log.close();
  await db.drop();
});

const work = (processor: Processor, surroundings: Partial<Surroundings> = {}) => {
  const locks = openLocks(db.url);
  const runner = startRunner(processor, {
    database: db.database,
    store: log.store,
    locks,
    log: silent,
    stallMs: 800,
    ...surroundings,
  });
  stops.push(async () => {
    await runner.stop();
    await locks.close();
  });
  return runner;
};
const stalls = async (name: string) => (await readCheckpoint(db.database, name))?.stalls ?? 0;
let accounts = 0;
const account = () => append(log.store, `customer-demo.${++accounts}`, 'no-stream', [opened('North'), paid('x')]);
/** Subscriptions go silent, not only slow, until they are opened again. */
const muting = (store: EventStoreDb): Source & { mute(): void } => {
  let generation = 0;
  return {
    mute: () => void (generation += 1),
    head: () => store.head(),
    logId: () => store.logId(),
    readAll: (options) => store.readAll(options),
    async *subscribe(options) {
      const born = generation;
      for await (const delivery of store.subscribe(options)) if (born === generation) yield delivery;
    },
  };
};

// the numbers are those of the guarantees of `run`
describe('a processor that stands still', () => {
  it('9: is begun anew where its handler hangs: the same events again, in smaller pieces that grow again, and the hung one writes nothing', async () => {
    const sizes: number[] = [];
    let late: Promise<unknown> | undefined;
    let wake = nobody as () => void;
    const runner = work({
      name: 'hanging',
      role: 'reactors',
      prompt: true,
      handle: async (batch, tx) => {
        sizes.push(batch.length);
        if (sizes.length > 1) return;
        await new Promise<void>((go) => (wake = go));
        late = tx.query(`INSERT INTO processor_skip (name, log_id, position, skipped_by) VALUES ('late', '', 0, '')`);
        await late;
      },
    });
    const events = Array.from({ length: 300 }, (_, n) => paid(String(n)));
    const { position } = await append(log.store, `customer-demo.${++accounts}`, 'no-stream', events);
    await until('the stall to show', () => runner.state().state === 'retrying');
    expect(runner.state().error).toBe('it stood still for 0.8 s');
    expect(await waitUntilSeen(db.database, 'hanging', position, 10_000)).toBe(true);
    expect(sizes[1]).toBeLessThanOrEqual(10);
    expect(Math.max(...sizes.slice(1))).toBeGreaterThan(20);
    expect(await stalls('hanging')).toBe(1);
    wake();
    await until('the hung one to go on', () => late !== undefined);
    await expect(late).rejects.toThrow(/closed|released|terminated/i);
    expect(await db.database.query(`SELECT 1 FROM processor_skip WHERE name = 'late'`)).toEqual([]);
  });

  it('9: is begun anew where its connections lead nowhere, and its lock is not lost for ever', async () => {
    const { port, hostname } = new URL(db.url);
    expect(hostname).toBe('127.0.0.1');
    const proxy = await startSwallowingProxy(Number(port));
    const url = db.url.replace(`:${port}/`, `:${proxy.port}/`);
    const database = await openDatabase(url, accountSchema);
    const locks = openLocks(url);
    stops.push(
      () => proxy.close(),
      () => locks.close(),
      () => database.destroy(),
    );
    const inHand: number[] = [];
    const view = viewProcessor(accountList, database);
    const runner = work(
      {
        ...view,
        handle: async (batch, tx) => {
          await view.handle(batch, tx);
          inHand.push(batch.length);
          if (inHand.length === 2) proxy.swallow();
        },
      },
      { database, locks },
    );
    expect(await waitUntilSeen(db.database, view.name, (await account()).position, 10_000)).toBe(true);
    const { position } = await account();
    await until('the connections to lead nowhere', () => inHand.length >= 2);
    const began = performance.now();
    expect(await waitUntilSeen(db.database, view.name, position, 20_000)).toBe(true);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(await stalls(view.name)).toBeGreaterThanOrEqual(1);
    await until('it to run', () => runner.state().state === 'running');
  }, 40_000);

  it('9: is begun anew where its subscription has gone silent', async () => {
    const source = muting(log.store);
    work(viewProcessor(accountList, db.database), { store: source });
    expect(await waitUntilSeen(db.database, 'account-list', (await account()).position, 10_000)).toBe(true);
    source.mute();
    expect(await waitUntilSeen(db.database, 'account-list', (await account()).position, 5_000)).toBe(true);
    await until('the stall to be counted', async () => (await stalls('account-list')) === 1);
  });

  it('9: has not stalled where what the log is seen to hold is still on its way', async () => {
    let asked = 0;
    const late: Source = {
      head: () => log.store.head(),
      logId: () => log.store.logId(),
      async *readAll(options) {
        asked += 1;
        await account();
        yield* log.store.readAll(options);
      },
      async *subscribe(options) {
        for await (const delivery of log.store.subscribe(options)) {
          if (asked > 0) await pause(50);
          yield delivery;
        }
      },
    };
    work(viewProcessor(accountList, db.database), { store: late });
    await until('it to have been asked', () => asked >= 3);
    expect(await stalls('account-list')).toBe(0);
  });

  it('9: has not stalled where there is nothing to do, and where it waits for an operator', async () => {
    const quiet = work(viewProcessor(accountList, db.database));
    const poisoned = work({ name: 'poisoned', role: 'reactors', handle: () => Promise.reject(new Error('no')) });
    await until('the poison', () => poisoned.state().state === 'stopped');
    await until('the quiet one', () => quiet.state().lagSeconds === 0);
    await pause(2_000);
    expect([await stalls('account-list'), await stalls('poisoned')]).toEqual([0, 0]);
  });
});

describe('reference data', () => {
  const names = {
    initial: [] as readonly string[],
    evolve: (known: readonly string[], event: ReturnType<typeof opened>) =>
      event.type === 'AccountOpened' ? [...known, event.data.name] : known,
    decide: () => [],
  };

  it('follows again after its subscription has gone silent', async () => {
    const source = muting(log.store);
    const store = Object.assign(Object.create(log.store) as EventStoreDb, { subscribe: source.subscribe });
    const reference = new Reference(store, 'lead', names, 800);
    await reference.start();
    stops.push(() => reference.stop());
    source.mute();
    await append(log.store, 'lead-demo.silent', 'no-stream', [opened('North')]);
    await until('the news', () => reference.get('demo', 'silent').length === 1, 5_000);
  });

  it('follows again after the network to the log has died without a word', async () => {
    const proxy = await startSwallowingProxy(log.node.port);
    // the client notices a dead connection by itself, in a time that a test need not wait for
    const store = EventStoreDb.connect(
      `esdb://127.0.0.1:${proxy.port}?tls=false&keepAliveInterval=1000&keepAliveTimeout=1000`,
    );
    const reference = new Reference(store, 'lead', names, 800);
    await reference.start();
    stops.push(
      () => proxy.close(),
      () => store.close(),
      () => reference.stop(),
    );
    proxy.swallow();
    await append(log.store, 'lead-demo.dead', 'no-stream', [opened('North')]);
    await until('the news', () => reference.get('demo', 'dead').length === 1, 10_000);
    await expect(reference.reload('demo', 'dead')).resolves.not.toBeInstanceOf(LogUnavailable);
  });
});
