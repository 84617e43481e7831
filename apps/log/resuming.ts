import { Ahead, difference, isCopy, ownEvents, told } from './comparing.js';
import { CannotFinish } from './failures.js';
import type { RawEvent } from './raw-event.js';
import type { RawLog } from './raw-log.js';

const tries = 1_000;

export type Begun = {
  /** What is still to be copied. */
  readonly rest: Ahead<RawEvent>;
  /** The target had something. */
  readonly resumed: boolean;
};

/** The source's own events behind position `after` and up to `end`. */
export async function* upTo(source: RawLog, end: number, after?: number): AsyncGenerator<RawEvent> {
  for await (const event of ownEvents(source.readAll(after))) {
    if (event.position > end) return;
    yield event;
  }
}

const elsewhere = (target: RawLog, what: string): CannotFinish =>
  new CannotFinish(`${target.name} holds something else: it ${what}. Take an empty target`);

const firstOf = async (events: AsyncIterable<RawEvent>): Promise<RawEvent | undefined> => {
  for await (const event of events) return event;
  return undefined;
};

/**
 * Where a copy goes on, from what the target holds alone: its newest event that the source can show by stream and revision
 * is looked up there, and the few behind it are compared. Throws {@link CannotFinish} where the target isn't the beginning
 * of a copy; what lies further back than that is compared at the end of the run.
 */
export const goOn = async (source: RawLog, target: RawLog, end: number): Promise<Begun> => {
  const began = await firstOf(ownEvents(target.readAll()));
  if (!began) return { rest: new Ahead(upTo(source, end)), resumed: false };
  const first = await firstOf(upTo(source, end));
  if (!first || !isCopy(first, began)) throw elsewhere(target, told({ expected: first, found: began }));
  const behind: RawEvent[] = [];
  for await (const event of ownEvents(target.readAllBackwards())) {
    const original = await source.eventOf(event.stream, event.revision);
    if (original && original !== 'gone') {
      if (!isCopy(original, event)) throw elsewhere(target, told({ expected: original, found: event }));
      // servers before 22.6 don't tell it
      if (original.position === 0) break;
      const rest = new Ahead(upTo(source, end, original.position));
      await follow(rest, target, arrayOf(behind.toReversed()));
      return { rest, resumed: true };
    }
    // hidden there by its stream's deletion or metadata
    if (behind.push(event) === tries) break;
  }
  return goOnFromTheBeginning(upTo(source, end), target);
};

/** As {@link goOn}, for events that can be had from their beginning only: all that the target holds is compared. */
export const goOnFromTheBeginning = async (
  events: AsyncIterable<RawEvent>,
  target: RawLog,
  onEvent: (event: RawEvent) => void = () => undefined,
): Promise<Begun> => {
  const rest = new Ahead(events);
  let resumed = false;
  await follow(rest, target, ownEvents(target.readAll()), (event) => {
    resumed = true;
    onEvent(event);
  });
  return { rest, resumed };
};

const follow = async (
  rest: Ahead<RawEvent>,
  target: RawLog,
  copied: AsyncIterable<RawEvent>,
  onEvent: (event: RawEvent) => void = () => undefined,
): Promise<void> => {
  try {
    const found = await difference(rest, copied, { whole: false, onEvent });
    if (found) throw elsewhere(target, told(found));
  } catch (fault) {
    await rest.leave();
    throw fault;
  }
};

async function* arrayOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
