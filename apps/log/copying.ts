import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Ahead, isCopy, ownEvents } from './comparing.js';
import { OrderedAppends, sizeOf } from './ordered-appends.js';
import { deletes, isMetastream, metadataIn, metastreamOf, originalOf, type RawEvent, tombstone } from './raw-event.js';
import type { RawLog } from './raw-log.js';

/** Of one append that a server takes: the default of MaxAppendSize. */
const largestAppend = 1 << 20;
const chunk = { events: 200, bytes: 256 << 10 };
const echoPatienceMs = 2_000;

type Watch = { readonly signal: AbortSignal; readonly onEvent: (event: RawEvent) => void };

/**
 * Appends `events` to the target's end, in their order. What its server writes by itself when it is asked the same
 * question as the source's was (a stream's metadata when a deleted stream is written to again) is awaited, not written.
 * When it throws or `signal` aborts, the target holds the beginning of `events` and nothing else.
 */
export const copyTo = async (target: RawLog, events: Ahead<RawEvent>, { signal, onEvent }: Watch): Promise<void> => {
  const appends = new OrderedAppends(target);
  const copier = new Copier(target, appends);
  try {
    for (let run: RawEvent[] = []; !signal.aborted;) {
      const next = run.length > 0 ? await gather(run, events) : await events.take();
      if (run.length === 0) {
        if (!next) break;
        if (next.revision === tombstone || isMetastream(next.stream)) {
          const echoed = await copier.copyOne(next, await events.peek());
          onEvent(next);
          if (echoed) onEvent((await events.take())!);
        } else run = [next];
        continue;
      }
      const more = next?.stream === run[0]!.stream && next.revision !== tombstone;
      const now = more ? run.splice(0, head(run)) : run.splice(0);
      const echoed = await copier.copyRun(now, more ? undefined : next);
      for (const event of now) onEvent(event);
      if (echoed) onEvent((await events.take())!);
    }
    await appends.settled();
  } finally {
    await appends.close();
  }
};

/** Takes what follows in the same stream, more than two appends' worth at most, and shows what comes then. */
const gather = async (run: RawEvent[], events: Ahead<RawEvent>): Promise<RawEvent | undefined> => {
  let size = run.reduce((sum, event) => sum + sizeOf(event), 0);
  for (;;) {
    const next = await events.peek();
    if (!next || next.stream !== run[0]!.stream || next.revision === tombstone || size > 2 * largestAppend) return next;
    run.push(next);
    size += sizeOf(next);
    await events.take();
  }
};

/** How many events of the run can't belong to an append that goes on behind it. */
const head = (run: readonly RawEvent[]): number => {
  let from = run.length;
  for (let size = 0; from > 1 && size <= largestAppend;) size += sizeOf(run[--from]!);
  return from;
};

class Copier {
  constructor(
    private readonly target: RawLog,
    private readonly appends: OrderedAppends,
  ) {}

  /** Events of one stream that stand one behind the other; true: `next` was written by the target. */
  async copyRun(run: readonly RawEvent[], next: RawEvent | undefined): Promise<boolean> {
    const { stream } = run[0]!;
    const seenFrom = next && next.stream === metastreamOf(stream) ? metadataIn(next)?.['$tb'] : undefined;
    const revived = run.findIndex(({ revision }) => revision === seenFrom);
    if (revived < 0 || !next || (await this.isDeleted(stream)) !== 'yes') {
      for (const part of chunks(run)) await this.appends.send(part);
      return false;
    }
    for (const part of chunks(run.slice(0, revived))) await this.appends.send(part);
    // one append at the source, or its metadata would stand between
    await this.appends.send(run.slice(revived));
    await this.appends.settled();
    return this.echoes(next);
  }

  /** A tombstone, or an event of a stream's metadata; true: `next` was written by the target. */
  async copyOne(event: RawEvent, next: RawEvent | undefined): Promise<boolean> {
    await this.appends.settled();
    if (event.revision === tombstone) {
      await this.target.remove(event.stream, 'Tombstone');
      return false;
    }
    const stream = originalOf(event.stream);
    const deleted = await this.isDeleted(stream);
    const from = next && deleted !== 'no' ? seenFromElsewhere(event, next) : undefined;
    const echo = from !== undefined && (deleted !== 'yes' || from === (await this.target.lastRevision(stream))! + 1);
    if (deleted === 'yes' && !echo && deletes(event)) {
      // deleted once more: as an append it would bring the stream back
      await this.target.remove(stream, 'Delete');
      return false;
    }
    await this.appends.send([event]);
    await this.appends.settled();
    return echo && this.echoes(next!);
  }

  private async isDeleted(stream: string): Promise<'yes' | 'no' | 'for ever'> {
    await this.appends.settled();
    const metadata = await this.target.eventOf(metastreamOf(stream));
    if (metadata === 'gone') return 'for ever';
    return metadata && deletes(metadata) ? 'yes' : 'no';
  }

  /** The target's end is `event`, at once or a moment later. */
  private async echoes(event: RawEvent): Promise<boolean> {
    for (const end = Date.now() + echoPatienceMs; Date.now() < end; await wait(10))
      for await (const last of ownEvents(this.target.readAllBackwards())) {
        if (isCopy(event, last)) return true;
        break;
      }
    return false;
  }
}

/** `next` may be what a server adds when the metadata of a deleted stream is written: the revision it is seen from again. */
const seenFromElsewhere = (event: RawEvent, next: RawEvent): number | undefined => {
  if (next.stream !== event.stream || next.type !== '$metadata') return undefined;
  const [said, again] = [metadataIn(event), metadataIn(next)];
  const from = again?.['$tb'];
  return said && typeof from === 'number' && isDeepStrictEqual({ ...said, $tb: from }, again) ? from : undefined;
};

function* chunks(run: readonly RawEvent[]): Generator<readonly RawEvent[]> {
  for (let from = 0; from < run.length;) {
    let [to, size] = [from, 0];
    while (to < run.length && to - from < chunk.events && (to === from || size + sizeOf(run[to]!) <= chunk.bytes))
      size += sizeOf(run[to++]!);
    yield run.slice(from, to);
    from = to;
  }
}
