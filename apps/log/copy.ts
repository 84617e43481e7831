import { Ahead, difference, ownEvents, told } from './comparing.js';
import { copyTo } from './copying.js';
import { CannotFinish } from './failures.js';
import type { Progress } from './progress.js';
import type { RawEvent } from './raw-event.js';
import type { RawLog } from './raw-log.js';
import { goOn, upTo } from './resuming.js';

export type Watched = { readonly progress: Progress; readonly signal: AbortSignal };

/** What a copy or an import ends with. */
export type Copied = {
  /** In this run. */
  readonly copied: number;
  /** Of the whole log, if it was compared at the end. */
  readonly verified: number | undefined;
  readonly resumed: boolean;
  /** The source was written to meanwhile: there is more to copy. */
  readonly more: boolean;
  readonly seconds: number;
  readonly eventsPerSecond: number;
};

/** Copies the log of `source` up to its present end into `target`, or what that still lacks, and compares both. */
export const copyLog = async (source: RawLog, target: RawLog, { progress, signal }: Watched): Promise<Copied> => {
  const end = await source.head();
  await target.head();
  const { rest, resumed } = await goOn(source, target, end);
  if (resumed && (await rest.peek())) progress.note(`${target.name} has the beginning already: going on behind it`);
  const began = performance.now();
  const copied = await copyRest(rest, target, { progress, signal, end });
  const seconds = (performance.now() - began) / 1_000;
  const verified = await verifyCopy(upTo(source, end), target, { progress, signal, end });
  const more = (await source.head()) > end;
  return { copied, verified, resumed, more, seconds, eventsPerSecond: Math.round(copied / Math.max(seconds, 0.001)) };
};

type Bounded = Watched & { readonly end: number };

/** Appends the rest and says how many events that were; throws {@link CannotFinish} where `signal` aborted. */
export const copyRest = async (
  rest: Ahead<RawEvent>,
  target: RawLog,
  { progress, signal, end }: Bounded,
): Promise<number> => {
  let copied = 0;
  const onEvent = ({ position }: RawEvent) => progress.show('copying', ++copied, position, end);
  try {
    await copyTo(target, rest, { signal, onEvent });
  } finally {
    await rest.leave();
  }
  signal.throwIfAborted();
  progress.clear();
  return copied;
};

/** Reads both from their beginnings and compares each event; the number of them. Throws {@link CannotFinish} on a difference. */
export const verifyCopy = async (
  events: AsyncIterable<RawEvent>,
  target: RawLog,
  { progress, signal, end }: Bounded,
): Promise<number> => {
  let verified = 0;
  const onEvent = ({ position }: RawEvent) => {
    signal.throwIfAborted();
    progress.show('comparing', ++verified, position, end);
  };
  const log = new Ahead(events);
  const found = await difference(log, ownEvents(target.readAll()), { whole: true, onEvent }).finally(() => log.leave());
  if (found)
    throw new CannotFinish(
      `${target.name} is no copy: it ${told(found)}. Was it written to? Empty it and copy once more`,
    );
  progress.clear();
  return verified;
};
