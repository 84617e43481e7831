import { setTimeout as pause } from 'node:timers/promises';
import { isAfter, type Recorded } from '../event-store/event-store.js';
import {
  type Checkpoint,
  heartbeatMs,
  moveCheckpoint,
  openCheckpoint,
  readCheckpoint,
  type Stop,
  stopCheckpoint,
} from './checkpoint.js';
import { isTransient } from './faults.js';
import { type Feed, openFeed, OutOfOrder } from './feed.js';
import type { Processor } from './processor.js';
import type { Session } from './session.js';
import type { Source } from './tail.js';

const watchMs = 500;
/** A batch of no concern moves the checkpoint at most so often; lists that wait for a position can wait that long. */
const quietMs = 400;
/** How long after a batch events gather for the next; what a person waits for may take a step more in each view. */
const gatherMs = 120;

/** The row isn't where we left it: a rebuild, an operator or another runner has moved it. */
export class Moved extends Error {}
/** An operator has to act. */
class Stopped extends Error {
  constructor(readonly stop: Stop) {
    super(stop.error);
  }
}
/** What `handle` or `concerns` threw. */
class Refused extends Error {}

export type Surroundings = {
  readonly store: Source;
  readonly session: Session;
  readonly over: AbortSignal;
  readonly silentMs: number;
  /** Most events that are read ahead. */
  readonly capacity: number;
};

/** What the runner hears; `limit` is asked before each batch. */
export type Notes = {
  readonly limit: () => number;
  /** The row was found, before anything is done about it. */
  readonly opened: (row: Checkpoint) => Promise<void>;
  readonly running: () => void;
  readonly stopped: (why: string) => void;
  readonly moved: (row: Checkpoint, caughtUpMsAgo: number | undefined) => void;
  /** It got a step further, if only to see that there is nothing to do. */
  readonly stepped: () => void;
};

export type Attempt = {
  /** Rejects with a fault; resolves where it was told to end or a stopped processor may go on. */
  readonly ended: Promise<void>;
  /** It waits for events, and not for anything that may hang. */
  isIdle(): boolean;
  /** Nothing waits for it, here or at the log. */
  isCaughtUp(): boolean;
  /** Events that have arrived and wait. */
  waiting(): number;
};

/** One course of a processor from its checkpoint on, until `over` aborts, a fault, or an event that it can't handle. */
export const attempt = (
  processor: Processor,
  { store, session, over, silentMs, capacity }: Surroundings,
  notes: Notes,
): Attempt => {
  const { name, prompt = false, handle } = processor;
  let feed: Feed | undefined;
  let idle = false;
  let at = '0';

  const commit = async (row: Checkpoint, events: readonly Recorded[], to: string, total: number) => {
    const caughtUpMsAgo = feed?.caughtUpMsAgo();
    const move = { name, logId: row.logId, from: row.position, to, events: total, caughtUpMsAgo };
    if (events.length === 0) {
      if (!(await moveCheckpoint(session, move))) throw new Moved();
    } else {
      await session.transaction(async (tx) => {
        const now = await readCheckpoint(tx, name, { lock: true });
        if (now?.position !== row.position || now.logId !== row.logId || now.status !== 'running') throw new Moved();
        try {
          await handle(events, tx);
        } catch (cause) {
          throw new Refused(messageOf(cause), { cause });
        }
        if (!(await moveCheckpoint(tx, move))) throw new Moved();
      });
    }
    const moved = { ...row, position: to, events: total };
    at = to;
    notes.moved(moved, caughtUpMsAgo);
    return moved;
  };

  const concerns = (event: Recorded): boolean => {
    try {
      return processor.concerns?.(event) ?? true;
    } catch (cause) {
      throw new Refused(messageOf(cause), { cause });
    }
  };

  /** The row as it is where none of the events is of concern. */
  const commitOurs = async (row: Checkpoint, events: readonly Recorded[], to: string, total: number) =>
    events.some(concerns) ? commit(row, events, to, total) : row;

  const commitOneByOne = async (row: Checkpoint, events: readonly Recorded[], before: number) => {
    let reached = row;
    for (const [index, event] of events.entries()) {
      const total = before + index + 1;
      reached = await commitOurs(reached, [event], event.position, total).catch((fault: unknown) => {
        if (!isPoison(fault)) throw fault;
        const { position, type, id, stream } = event;
        const named = `${type} ${id} in ${stream.category}-${stream.vendor}.${stream.id}@${event.revision}`;
        throw new Stopped({ error: fault.message, position, event: named, events: total });
      });
      notes.stepped();
    }
    return reached;
  };

  const follow = async (opened: Checkpoint): Promise<void> => {
    feed = openFeed({ store, after: opened.position, capacity, signal: over, silentMs });
    notes.running();
    let row = opened;
    let reached = row.position;
    let total = row.events;
    let writtenAt = performance.now();
    let [gatheredAt, skippedAt] = [-Infinity, -Infinity];
    while (!over.aborted) {
      notes.stepped();
      idle = true;
      if (!prompt) await feed.gather(notes.limit(), gatheredAt + gatherMs - performance.now());
      const due = (reached === row.position ? writtenAt + heartbeatMs : skippedAt + quietMs) - performance.now();
      const batch = due > 0 ? await feed.next(notes.limit(), due) : undefined;
      idle = false;
      const before = row;
      if (batch) {
        const seen = total;
        reached = batch.position;
        total += batch.events.length;
        row = await commitOurs(row, batch.events, reached, total).catch(async (fault: unknown) => {
          if (!isPoison(fault)) throw fault;
          return commit(await commitOneByOne(row, batch.events, seen), [], reached, total);
        });
        if (row === before) continue;
        gatheredAt = performance.now();
      } else {
        row = await commit(row, [], reached, total);
        if (row.position !== before.position) skippedAt = performance.now();
      }
      writtenAt = performance.now();
    }
  };

  const waitForOperator = async (why: string): Promise<void> => {
    notes.stopped(why);
    while (!over.aborted && (await readCheckpoint(session, name))?.status === 'stopped') {
      notes.stepped();
      await rest(watchMs, over);
    }
  };

  const run = async (): Promise<void> => {
    const logId = await store.logId();
    const row = await openCheckpoint(session, processor, logId);
    await notes.opened(row);
    at = row.position;
    if (row.status === 'stopped') return waitForOperator(row.error ?? 'stopped');
    try {
      assertSameLog(row, logId, await store.head(), processor.role);
      await follow(row);
    } catch (fault) {
      idle = false;
      if (fault instanceof Stopped) await stopCheckpoint(session, name, at, fault.stop);
      else if (fault instanceof OutOfOrder) await stopCheckpoint(session, name, at, { error: fault.message });
      else throw fault;
    } finally {
      await feed?.close();
    }
  };
  return {
    ended: run(),
    isIdle: () => idle,
    isCaughtUp: () => idle && feed?.caughtUpMsAgo() === 0,
    waiting: () => feed?.waiting() ?? 0,
  };
};

const isPoison = (fault: unknown): fault is Refused => fault instanceof Refused && !isTransient(fault.cause);

const assertSameLog = (
  { logId, position }: Checkpoint,
  current: string,
  head: string,
  role: Processor['role'],
): void => {
  const advice = role === 'views' ? 'rebuild it' : 'see "Backup and restore" in docs/operations.md';
  if (logId !== current)
    throw new Stopped({ error: `its checkpoint is of the log ${logId}, this is ${current}: ${advice}` });
  if (isAfter(position, head))
    throw new Stopped({ error: `its checkpoint ${position} lies beyond the log's end ${head}: ${advice}` });
};

const rest = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => undefined);
const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
