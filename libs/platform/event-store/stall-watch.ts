import { setTimeout as pause } from 'node:timers/promises';
import { type Category, type Delivery, type EventStore, LogUnavailable } from './event-store.js';

/** A subscription that looked alive gave nothing although the log held something for it. */
export class Stalled extends LogUnavailable {}

type Options = Parameters<EventStore['subscribe']>[0];

/** A server says where a filtered subscription is at least once in so many events. */
const unmarked = 2_000;

/**
 * A subscription of `store` that can't go silent unnoticed: where nothing came for `silentMs` while its reader waited, the
 * log is asked; if it holds an event that should have come and still doesn't, or doesn't answer either, this rejects with
 * {@link Stalled}.
 */
export async function* watched(
  store: Pick<EventStore, 'subscribe' | 'readAll'>,
  { after, signal, only }: Options,
  silentMs = 30_000,
): AsyncGenerator<Delivery> {
  const givingUp = new AbortController();
  let seen = after;
  let deliveries = 0;
  let looked = -1;
  let missed = -1;
  let waiting = true;
  let asking = false;

  const look = async () => {
    if (!waiting || asking) return;
    // by deliveries instead of by time: a process that was frozen has given nobody a chance
    if (looked !== deliveries) {
      looked = deliveries;
      return;
    }
    // what was missing at the look before may have been on its way
    if (missed === deliveries) return givingUp.abort();
    asking = true;
    const asked = deliveries;
    const isMissed = await Promise.race([isMissing(store, seen, only), pause(silentMs, true, { ref: false })]);
    asking = false;
    if (isMissed) missed = asked;
  };
  const timer = setInterval(() => void look(), silentMs / 3).unref();
  try {
    const over = AbortSignal.any([signal, givingUp.signal]);
    for await (const delivery of store.subscribe({ after, signal: over, ...(only && { only }) })) {
      waiting = false;
      deliveries += 1;
      if (delivery.kind !== 'live') seen = delivery.kind === 'event' ? delivery.event.position : delivery.position;
      yield delivery;
      waiting = true;
    }
  } finally {
    clearInterval(timer);
  }
  if (givingUp.signal.aborted && !signal.aborted) throw new Stalled('the subscription has stalled');
}

const isMissing = async (
  store: Pick<EventStore, 'readAll'>,
  seen: string | undefined,
  only: readonly Category[] | undefined,
): Promise<boolean> => {
  let passed = 0;
  try {
    for await (const { stream } of store.readAll({ after: seen, limit: unmarked }))
      if (!only || only.includes(stream.category) || ++passed === unmarked) return true;
  } catch {
    // the log is away: the subscription will be told so too
  }
  return false;
};
