import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { until } from '../../../test/support/until.js';
import type { Event } from '../../kernel/decider.js';
import { readCheckpoint } from '../processors/checkpoint.js';
import { processorMigrations } from '../processors/checkpoint.migrations.js';
import { openLocks } from '../processors/lock.js';
import { startRunner } from '../processors/run.js';
import { fileBus } from './file-bus.js';
import type { Messages } from './messages.js';
import { publisher } from './publisher.js';

type ThingEvent = Event<'ThingCounted', { n: number; filler?: string }> | Event<'ThingNoted', { note: string }>;

const things: Messages<ThingEvent> = {
  slice: 'things',
  of: {
    ThingCounted: ({ data, stream }) => ({
      type: 'thing.counted.v1',
      subject: stream.id,
      partnerIds: [],
      data,
    }),
  },
};
const counted = (n: number): ThingEvent => ({ type: 'ThingCounted', data: { n } });
const noted: ThingEvent = { type: 'ThingNoted', data: { note: 'for us alone' } };

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let db: TestDatabase;
let log: TestLog;
let folder: string;
beforeAll(async () => {
  db = await startDatabase({ entities: [], migrations: processorMigrations });
});
beforeEach(async () => {
  log = await startLog();
  folder = await mkdtemp(join(tmpdir(), 'tiebreak-publisher-'));
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
  await db.database.query('TRUNCATE processor_checkpoint');
});
afterAll(() => db.drop());

const topics = () => join(folder, 'topics');
const file = () => join(topics(), 'tiebreak.things.v1.ndjson');
const published = async (): Promise<{ id: string; key: string; n: number }[]> => {
  const text = await readFile(file(), 'utf8').catch(() => '');
  const messages = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return messages.map(({ key, headers, value }) => ({ id: headers.ce_id, key, n: value.n }));
};
const numbers = async () => (await published()).map(({ n }) => n);

const working = async (use: () => Promise<void>): Promise<void> => {
  const locks = openLocks(db.url);
  const bus = fileBus(topics());
  const processor = publisher({ name: 'publisher-things', messages: things, bus, topicPrefix: 'tiebreak' });
  const runner = startRunner(processor, { database: db.database, store: log.store, locks, log: silent });
  try {
    await use();
  } finally {
    await runner.stop();
    await locks.close();
  }
};
const checkpoint = () => readCheckpoint(db.database, 'publisher-things');

describe('a publisher', () => {
  it('publishes what is told, in the order of the log, once where nothing goes wrong', async () => {
    await append(log.store, 'customer-demo.1', 'no-stream', [counted(0), noted, counted(1)]);
    await append(log.store, 'customer-demo.2', 'no-stream', [counted(2)]);
    await working(async () => {
      await until('what was there', async () => (await numbers()).length === 3);
      const { position } = await append(log.store, 'customer-demo.1', 2, [counted(3)]);
      await until('the checkpoint', async () => (await checkpoint())?.position === position);
    });
    await working(async () => {
      const { position } = await append(log.store, 'customer-demo.1', 3, [counted(4)]);
      await until('the checkpoint', async () => (await checkpoint())?.position === position);
    });
    expect((await published()).map(({ key, n }) => [key, n])).toEqual([
      ['1', 0],
      ['1', 1],
      ['2', 2],
      ['1', 3],
      ['1', 4],
    ]);
  });

  it('waits while the bus is away, and misses nothing', async () => {
    await writeFile(topics(), 'a file where the folder belongs');
    await append(log.store, 'customer-demo.1', 'no-stream', [counted(0), counted(1)]);
    await working(async () => {
      await until('its row', checkpoint);
      await append(log.store, 'customer-demo.1', 1, [counted(2)]);
      expect(await numbers()).toEqual([]);
      await rm(topics());
      await until('all of it', async () => (await numbers()).length >= 3);
    });
    expect(await numbers()).toEqual([0, 1, 2]);
    expect(await checkpoint()).toEqual(expect.objectContaining({ status: 'running' }));
  });

  it('publishes a batch again whose checkpoint was lost, under the same ids', async () => {
    await append(log.store, 'customer-demo.1', 'no-stream', [counted(0), counted(1)]);
    await working(async () => void (await until('all of it', async () => (await numbers()).length === 2)));
    await db.database.query('UPDATE processor_checkpoint SET position = 0');
    await working(async () => void (await until('all of it again', async () => (await numbers()).length === 4)));
    const ids = (await published()).map(({ id }) => id);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  });

  it('stops at an event that makes too large a message, after those before it, and names it', async () => {
    const large: ThingEvent = { type: 'ThingCounted', data: { n: 1, filler: 'x'.repeat(1_000_000) } };
    await append(log.store, 'customer-demo.1', 'no-stream', [counted(0), large, counted(2)]);
    await working(async () => {
      await until('its end', async () => (await checkpoint())?.status === 'stopped');
    });
    expect(await numbers()).toEqual([0]);
    const stopped = await checkpoint();
    expect(stopped?.error).toContain('thing.counted.v1');
    expect(stopped?.error).toContain('tiebreak.things.v1');
    expect(stopped?.failedEvent).toContain('ThingCounted');
  });
});
