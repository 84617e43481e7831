import { type Delivery, type EventStore, isAfter, LogUnavailable } from '../event-store/event-store.js';
import { type Feed, openFeed } from './feed.js';

/** What a runner needs of the log. */
export type Source = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'logId'>;
export type Tail = Source & { close(): Promise<void> };

type Item = Exclude<Delivery, { kind: 'live' }>;
type Upstream = { readonly feed: Feed; fault?: unknown };
type Ring = {
  readonly logId: string;
  /** Everything behind this position, up to `end`, is in `items`. */
  start: string;
  end: string;
  items: Item[];
  /** How many items have left at the front: the number of `items[0]`. */
  gone: number;
};

const positionOf = (item: Item): string => (item.kind === 'event' ? item.event.position : item.position);

/**
 * The log for many processors of one process: who has caught up is served from one subscription that all share, so that an
 * event is sent and decoded once, not once a processor. Who is behind the last `capacity` events, or falls behind them, reads
 * a subscription of its own until it is there. When the shared one fails, so does every one that it serves; whoever subscribes
 * next opens it again where it ended.
 */
export const shareTail = (store: Source, capacity = 4_000, silentMs?: number): Tail => {
  const closing = new AbortController();
  let ring: Ring | undefined;
  let upstream: Upstream | undefined;
  let pumping = Promise.resolve();
  const waiting: (() => void)[] = [];

  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  const news = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.push(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  const keep = (to: Ring, items: readonly Item[], end: string) => {
    to.items.push(...items);
    to.end = end;
    if (to.items.length > capacity) {
      const leaving = to.items.splice(0, to.items.length - capacity / 2);
      to.gone += leaving.length;
      to.start = positionOf(leaving.at(-1)!);
    }
    wakeAll();
  };
  const pump = async (to: Ring, shared: Upstream) => {
    try {
      while (!closing.signal.aborted) {
        const wasLive = shared.feed.caughtUpMsAgo() !== undefined;
        const batch = await shared.feed.next(capacity / 4, 1_000);
        if (batch) {
          const items: Item[] = batch.events.map((event) => ({ kind: 'event', event }));
          const isMarked = batch.events.at(-1)?.position !== batch.position;
          keep(to, isMarked ? [...items, { kind: 'checkpoint', position: batch.position }] : items, batch.position);
        } else if (!wasLive) wakeAll();
      }
      shared.fault = new LogUnavailable('the shared subscription was closed');
    } catch (fault) {
      shared.fault = fault;
    }
    if (upstream === shared) upstream = undefined;
    wakeAll();
    await shared.feed.close();
  };
  const open = async (at: Ring) => {
    if ((await store.logId()) !== at.logId) {
      if (ring === at) ring = undefined;
      throw new LogUnavailable('another log has taken the place of this one');
    }
    if (upstream || closing.signal.aborted) return;
    upstream = { feed: openFeed({ store, after: at.end, capacity, signal: closing.signal, silentMs }) };
    pumping = pump(at, upstream);
  };

  const isCovered = (position: string): boolean => ring !== undefined && !isAfter(ring.start, position);

  const holds = (from: Ring, place: number): boolean => ring === from && place >= from.gone;
  /** The place in the ring behind `position`. */
  const placeOf = (position: string, { items, gone }: Ring): number =>
    gone + items.findLastIndex((item) => !isAfter(positionOf(item), position)) + 1;

  async function* alone(after: string, signal: AbortSignal): AsyncGenerator<Delivery, string> {
    const leaving = new AbortController();
    let at = after;
    const over = AbortSignal.any([signal, leaving.signal]);
    try {
      for await (const delivery of store.subscribe({ after: at === '0' ? undefined : at, signal: over })) {
        if (delivery.kind === 'live') {
          const logId = await store.logId();
          ring ??= { logId, start: at, end: at, items: [], gone: 0 };
          // from the shared one it will hear that it is live
          if (!isCovered(at)) yield delivery;
        } else {
          at = positionOf(delivery);
          yield delivery;
        }
        if (isCovered(at)) break;
      }
    } finally {
      leaving.abort();
    }
    return at;
  }

  async function* together(after: string, from: Ring, signal: AbortSignal): AsyncGenerator<Delivery, string> {
    if (!upstream) await open(from);
    const shared = upstream;
    let place = placeOf(after, from);
    let at = after;
    let isLive = false;
    while (!signal.aborted && holds(from, place)) {
      const item = from.items[place - from.gone];
      if (item) {
        place += 1;
        at = positionOf(item);
        yield item;
        continue;
      }
      if (shared !== upstream || !shared) throw shared?.fault ?? new LogUnavailable('the shared subscription ended');
      if (!isLive && shared.feed.caughtUpMsAgo() !== undefined) {
        isLive = true;
        yield { kind: 'live' };
        continue;
      }
      await news(signal);
    }
    return at;
  }

  return {
    head: () => store.head(),
    logId: () => store.logId(),
    readAll: (options) => store.readAll(options),
    async *subscribe({ after, signal }) {
      let at = after ?? '0';
      while (!signal.aborted) at = ring && isCovered(at) ? yield* together(at, ring, signal) : yield* alone(at, signal);
    },
    async close() {
      closing.abort();
      wakeAll();
      await pumping;
    },
  };
};
