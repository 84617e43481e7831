import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { type Delivery, WrongExpectedRevision } from '../../libs/platform/event-store/event-store.js';
import { type Source, shareTail, type Tail } from '../../libs/platform/processors/tail.js';
import { paid } from '../support/accounts.js';
import { append, startLog, type TestLog } from '../support/log.js';
import { until } from '../support/until.js';

let log: TestLog;
let tail: Tail | undefined;
const stopping: AbortController[] = [];
const reading: Promise<void>[] = [];

afterEach(async () => {
  for (const controller of stopping.splice(0)) controller.abort();
  await Promise.all(reading.splice(0));
  await tail?.close();
  await log.close();
});

const counting = (subscriptions: { opened: number }): Source => ({
  head: () => log.store.head(),
  readAll: (options) => log.store.readAll(options),
  logId: () => log.store.logId(),
  subscribe: (options) => {
    subscriptions.opened += 1;
    return log.store.subscribe(options);
  },
});

/** Reads from `after` as a processor does: again from where it was after each fault; `slowMs` a delivery. */
const follow = (source: Source, slowMs = 0, after?: string) => {
  const controller = new AbortController();
  stopping.push(controller);
  const got = { references: [] as string[], position: after, lives: 0 };
  const take = async (delivery: Delivery) => {
    if (delivery.kind === 'live') got.lives += 1;
    if (delivery.kind === 'checkpoint') got.position = delivery.position;
    if (delivery.kind !== 'event') return;
    got.position = delivery.event.position;
    got.references.push((delivery.event.data as { reference: string }).reference);
    if (slowMs > 0) await pause(slowMs);
  };
  const read = async () => {
    while (!controller.signal.aborted) {
      try {
        for await (const delivery of source.subscribe({ after: got.position, signal: controller.signal }))
          await take(delivery);
      } catch {
        await pause(10);
      }
    }
  };
  reading.push(read());
  return got;
};
const write = async (from: number, to: number) => {
  for (let i = from; i < to; i++)
    await until('an append', () =>
      append(log.store, `customer-demo.${i}`, 'no-stream', [paid(`${i}`)]).catch(
        (fault: unknown) => fault instanceof WrongExpectedRevision,
      ),
    );
};
const numbers = (to: number) => Array.from({ length: to }, (_, i) => `${i}`);

describe('the shared tail', () => {
  it('gives each of many every event once and in order: early, late and slow ones, over cuts', async () => {
    log = await startLog({ unkind: { dropSlowSubscribersAt: 20, cutSubscriptionsAfter: 150 } });
    tail = shareTail(log.store, 40);
    await write(0, 100);
    const readers = [follow(tail), follow(tail), follow(tail, 3)];
    await write(100, 300);
    readers.push(follow(tail), follow(tail, 1));
    await write(300, 500);
    for (const reader of readers) await until('the last event', () => reader.references.includes('499'));
    for (const { references } of readers) expect(references).toEqual(numbers(500));
  });

  it('costs the log one subscription for all who have caught up', async () => {
    log = await startLog();
    const subscriptions = { opened: 0 };
    tail = shareTail(counting(subscriptions));
    await write(0, 10);
    const first = follow(tail);
    await until('the first to be live', () => first.lives > 0);
    const others = Array.from({ length: 10 }, () => follow(tail!, 0, first.position));
    for (const other of others) await until('it to be live', () => other.lives > 0);
    await write(10, 60);
    for (const { references } of others) await until('the last event', () => references.includes('59'));
    // the first one's own, and the shared one
    expect(subscriptions.opened).toBe(2);
  });
});
