import { type EventStore, isAfter, LogUnavailable, type Recorded } from '../event-store/event-store.js';
import { watched } from '../event-store/stall-watch.js';

/** What was waiting: everything up to `position` is seen with it. */
export type Batch = { readonly events: readonly Recorded[]; readonly position: string };

export type Feed = {
  /**
   * All that is waiting, up to `limit` events; else waits for something, `patienceMs` at most (then undefined). Rejects
   * with the subscription's fault once everything that came before the fault has been taken.
   */
  next(limit: number, patienceMs: number): Promise<Batch | undefined>;
  /** Resolves once `count` events wait, `patienceMs` have passed or no more will come; takes none. */
  gather(count: number, patienceMs: number): Promise<void>;
  /** Events that have arrived and are not yet taken. */
  waiting(): number;
  /** How long ago that was up to which everything has been taken, in ms; undefined while it catches up. */
  caughtUpMsAgo(): number | undefined;
  close(): Promise<void>;
};

type Item = { readonly position: string; readonly event?: Recorded; readonly arrived: number };

const nobody = (): void => undefined;

/** An event came behind a mark that says everything up to there was seen: whoever trusted the mark has missed it. */
export class OutOfOrder extends Error {
  constructor(position: string, seen: string) {
    super(`the log gave an event at ${position} after everything up to ${seen}`);
  }
}

/**
 * A subscription read ahead into a buffer of `capacity` events, so that the next batch arrives while the one before it is
 * being handled; full, it stops reading. One that goes silent is given up, see {@link watched}.
 */
export const openFeed = ({
  store,
  after,
  capacity,
  signal,
  silentMs,
}: {
  readonly store: Pick<EventStore, 'subscribe' | 'readAll'>;
  readonly after: string;
  readonly capacity: number;
  readonly signal: AbortSignal;
  readonly silentMs?: number | undefined;
}): Feed => {
  const closing = new AbortController();
  const over = AbortSignal.any([signal, closing.signal]);
  let items: Item[] = [];
  let seen = after;
  let lastEvent = after;
  let fresh = false;
  let everLive = false;
  let fault: { readonly error: unknown } | undefined;
  let wake = nobody;
  let room = nobody;

  const keep = (item: Item) => {
    // a mark moves the last mark instead of piling up
    if (!item.event && items.length > 0 && !items.at(-1)!.event) items.pop();
    items.push(item);
    seen = item.position;
    wake();
  };
  const read = async () => {
    const subscription = { after: after === '0' ? undefined : after, signal: over };
    for await (const delivery of watched(store, subscription, silentMs)) {
      const arrived = performance.now();
      if (delivery.kind === 'live') {
        fresh = everLive = true;
        wake();
        continue;
      }
      const position = delivery.kind === 'event' ? delivery.event.position : delivery.position;
      if (isAfter(position, seen)) {
        keep({ position, arrived, ...(delivery.kind === 'event' && { event: delivery.event }) });
      } else if (delivery.kind === 'event' && isAfter(position, lastEvent)) throw new OutOfOrder(position, seen);
      // a shared subscription may lie behind what was read alone, and tell some of it again
      if (delivery.kind === 'event' && isAfter(position, lastEvent)) lastEvent = position;
      if (items.length < capacity) continue;
      // from here on nobody knows what waits at the server
      fresh = false;
      await new Promise<void>((resolve) => {
        room = resolve;
        if (over.aborted) resolve();
      });
      if (over.aborted) return;
    }
    throw new LogUnavailable('the subscription ended');
  };
  const fail = (error: unknown) => {
    fault ??= { error };
    closing.abort();
    wake();
  };
  const stop = () => {
    room();
    wake();
  };
  over.addEventListener('abort', stop, { once: true });
  const reading = read().catch(fail);

  const arrival = (patienceMs: number, present = 0) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (items.length > present || fault || over.aborted) wake();
    });

  return {
    async next(limit, patienceMs) {
      if (items.length === 0) await arrival(patienceMs);
      if (items.length === 0) {
        if (fault) throw fault.error;
        return undefined;
      }
      const taken = items.slice(0, limit);
      items = items.slice(taken.length);
      if (items.length < capacity) room();
      if (items.length === 0) fresh = everLive;
      return {
        events: taken.flatMap(({ event }) => event ?? []),
        position: taken.at(-1)!.position,
      };
    },
    async gather(count, patienceMs) {
      const until = performance.now() + patienceMs;
      for (let left = patienceMs; left > 0; left = until - performance.now()) {
        if (items.length >= count || fault || over.aborted) return;
        await arrival(left, items.length);
      }
    },
    waiting: () => items.length,
    caughtUpMsAgo: () => {
      if (!fresh) return undefined;
      return items[0] ? performance.now() - items[0].arrived : 0;
    },
    async close() {
      closing.abort();
      stop();
      await reading;
    },
  };
};
