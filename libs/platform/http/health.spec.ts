import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { processorMigrations } from '../processors/checkpoint.migrations.js';
import { type HealthParts, watchHealth } from './health.js';

const required: HealthParts['required'] = [
  { name: 'orders', role: 'views' },
  { name: 'publisher-orders', role: 'publishers' },
];
const noted = { type: 'Noted', data: {} };
const ok = { log: 'ok', postgres: 'ok', migrations: 'ok' };

describe('health', () => {
  it('is ready where what is required keeps up', async () => {
    await ran('orders', 'views');
    await ran('publisher-orders', 'publishers');
    expect(await watch()()).toMatchObject({ status: 'ready', checks: ok });
  });

  it.each(['renamed', 'of a role that nobody runs here'])(
    'tells of a processor %s, and is ready all the same',
    async (name) => {
      await ran('orders', 'views');
      await ran('publisher-orders', 'publishers');
      await ran(name, 'reactors', { behind: 3_600 });
      expect(await watch()()).toMatchObject({
        status: 'ready',
        checks: { ...ok, [`processor ${name}`]: expect.stringMatching(/^\d+ s behind$/) },
      });
    },
  );

  it('is unready without a required one, degraded without a publisher', async () => {
    await ran('orders', 'views', { behind: 3_600 });
    await ran('publisher-orders', 'publishers');
    expect(await watch()()).toMatchObject({ status: 'unready', checks: { 'processor orders': expect.anything() } });
    await database(`UPDATE processor_checkpoint SET caught_up_at = now(), status = 'stopped', error = 'event 7'`);
    expect(await watch()()).toMatchObject({ status: 'unready', checks: { 'processor orders': 'stopped: event 7' } });
    await database(`UPDATE processor_checkpoint SET status = 'running' WHERE name = 'orders'`);
    expect(await watch()()).toMatchObject({ status: 'degraded' });
  });

  it('tells how far each is behind, in seconds and in events of this log', async () => {
    await ran('orders', 'views', { behind: 10 });
    await append(log.store, 'lead-demo.1', 'no-stream', [noted, noted, noted]);
    await database(`UPDATE processor_checkpoint SET log_id = $1, position = 0`, [await log.store.logId()]);
    const [orders] = (await watch()()).processors!;
    expect(orders).toEqual({
      name: 'orders',
      role: 'views',
      status: 'running',
      lagSeconds: expect.closeTo(8.5, -0.6),
      lagEvents: 3,
      stalls: 0,
    });
  });

  it('gives one that never ran some time, and then is unready', async () => {
    expect(await watch()()).toEqual({ status: 'ready', checks: ok, processors: [] });
    expect(await watch({ lagBound: 0 })()).toEqual({
      status: 'unready',
      checks: { ...ok, 'processor orders': 'has never run', 'processor publisher-orders': 'has never run' },
      processors: [],
    });
  });

  it('is unready once the process is to end', async () => {
    let ending = false;
    const health = watch({ required: [], stopping: () => ending });
    expect((await health()).status).toBe('ready');
    ending = true;
    expect((await health()).status).toBe('unready');
  });
});

let tables: TestDatabase;
let log: TestLog;
beforeAll(async () => {
  [tables, log] = await Promise.all([startDatabase({ entities: [], migrations: processorMigrations }), startLog()]);
});
afterEach(() => database('DELETE FROM processor_checkpoint'));
afterAll(async () => {
  await log?.close();
  await tables?.drop();
});

const database = (sql: string, values?: unknown[]) => tables.database.query(sql, values);
const watch = (parts: Partial<HealthParts> = {}) =>
  watchHealth({ store: log.store, database: tables.database, required, stopping: () => false, ...parts });
const ran = (name: string, role: string, { behind = 0 } = {}) =>
  database(
    `INSERT INTO processor_checkpoint (name, role, log_id, position, caught_up_at)
     VALUES ($1, $2, 'l', 1, now() - make_interval(secs => $3))`,
    [name, role, behind],
  );
