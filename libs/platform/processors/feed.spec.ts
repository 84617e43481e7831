import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import type { Delivery, Recorded } from '../event-store/event-store.js';
import { type Feed, openFeed, OutOfOrder } from './feed.js';

const feeds: Feed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.close();
});

/** A subscription that yields what it is told, counts what was taken of it, then fails or stays silent. */
const feedOf = (
  deliveries: readonly Delivery[],
  { fault, capacity = 10 }: { fault?: Error; capacity?: number } = {},
) => {
  const taken = { count: 0 };
  const source = {
    async *readAll() {},
    async *subscribe({ signal }: { readonly signal: AbortSignal }) {
      for (const delivery of deliveries) {
        taken.count += 1;
        yield delivery;
      }
      if (fault) throw fault;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
  const feed = openFeed({ store: source, after: '0', capacity, signal: new AbortController().signal });
  feeds.push(feed);
  return { feed, taken };
};
const event = (position: number): Delivery => ({
  kind: 'event',
  event: { position: String(position) } as unknown as Recorded,
});
const mark = (position: number): Delivery => ({ kind: 'checkpoint', position: String(position) });
const live: Delivery = { kind: 'live' };
const settled = async (times = 50) => {
  for (let i = 0; i < times; i++) await turn();
};
const positions = (events: readonly Recorded[] = []) => events.map(({ position }) => position);

describe('the feed', () => {
  it('lets events gather until so many wait, the time is up or no more will come', async () => {
    const { feed } = feedOf([event(9), event(10), mark(11), live]);
    await feed.gather(2, 60_000);
    expect(feed.waiting()).toBeGreaterThanOrEqual(2);
    await settled();
    await feed.gather(4, 1);
    expect(positions((await feed.next(9, 0))?.events)).toEqual(['9', '10']);
    const { feed: failing } = feedOf([event(9)], { fault: new Error('away') });
    await failing.gather(2, 60_000);
    expect(positions((await failing.next(9, 0))?.events)).toEqual(['9']);
    const endless = feedOf([]).feed;
    const gathered = endless.gather(1, 60_000);
    await endless.close();
    await gathered;
  });

  it('gives what is waiting, up to the limit, and the position that is seen with it', async () => {
    const { feed } = feedOf([event(9), event(10), event(11), mark(12), mark(20)]);
    await settled();
    expect(positions((await feed.next(2, 1_000))?.events)).toEqual(['9', '10']);
    const rest = await feed.next(9, 1_000);
    expect([positions(rest?.events), rest?.position]).toEqual([['11'], '20']);
    expect(await feed.next(9, 1)).toBeUndefined();
  });

  it('gives events once that are told again', async () => {
    const { feed } = feedOf([event(9), event(10), mark(11), event(9), event(10), mark(11), event(12)]);
    await settled();
    const { events, position } = (await feed.next(9, 1_000))!;
    expect([positions(events), position]).toEqual([['9', '10', '12'], '12']);
  });

  it('reads no further ahead than its capacity', async () => {
    const { feed, taken } = feedOf(Array.from({ length: 50 }, (_, i) => event(i + 1)));
    await settled();
    expect([taken.count, feed.waiting()]).toEqual([10, 10]);
    await feed.next(4, 1_000);
    await settled();
    expect(taken.count).toBe(14);
  });

  it('tells a fault only after what came before it was taken', async () => {
    const { feed } = feedOf([event(1)], { fault: new Error('dropped') });
    await settled();
    expect(positions((await feed.next(5, 1_000))?.events)).toEqual(['1']);
    await expect(feed.next(5, 1_000)).rejects.toThrow('dropped');
  });

  it('has caught up once it is live and all is taken', async () => {
    const { feed } = feedOf([event(1), live]);
    expect(feed.caughtUpMsAgo()).toBeUndefined();
    await settled();
    expect(feed.caughtUpMsAgo()).toBeGreaterThan(0);
    await feed.next(5, 1_000);
    expect(feed.caughtUpMsAgo()).toBe(0);
  });

  it('lets an event that comes twice through once, and none behind a mark', async () => {
    const { feed } = feedOf([event(1), event(1), event(2), mark(9), event(8)]);
    await settled();
    expect(positions((await feed.next(5, 1_000))?.events)).toEqual(['1', '2']);
    await expect(feed.next(5, 1_000)).rejects.toThrow(OutOfOrder);
  });
});
