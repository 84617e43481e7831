import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
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
import type { Held, Locks } from './lock.js';
import type { Processor } from './processor.js';
import type { Source } from './tail.js';

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

export type Surroundings = {
  readonly database: DataSource;
  readonly store: Source;
  readonly locks: Locks;
  readonly log: Log;
};

export type ProcessorState = {
  readonly name: string;
  readonly role: Processor['role'];
  /** `standby`: another runner is live · `retrying`: something it needs is away · `stopped`: an operator has to act. */
  readonly state: 'starting' | 'standby' | 'running' | 'retrying' | 'stopped';
  readonly position: string;
  /** Seconds since it had last seen everything, 0 when it has; Infinity where that isn't known yet. */
  readonly lagSeconds: number;
  /** Events that have arrived and wait: no more than its buffer holds. */
  readonly waiting: number;
  readonly error?: string;
};

export type Runner = {
  readonly name: string;
  state(): ProcessorState;
  /** Resolves once it runs, stands by or is stopped for the first time. */
  readonly settled: Promise<void>;
  /** Finishes the batch in hand, commits it and lets go of the lock. */
  stop(): Promise<void>;
};

/** A reactor holds its transaction open while it sends commands. */
const defaultLimits = { views: 500, publishers: 500, reactors: 100 };
const nobody = (): void => undefined;
const standbyMs = 1_000;
const watchMs = 500;
/** A batch of no concern moves the checkpoint at most so often; lists that wait for a position can wait that long. */
const quietMs = 400;
/** How long after a batch events gather for the next; what a person waits for may take a step more in each view. */
const gatherMs = 120;
const longestPauseMs = 5_000;

/** The row isn't where we left it: a rebuild, an operator or another runner has moved it. */
class Moved extends Error {}
/** An operator has to act. */
class Stopped extends Error {
  constructor(readonly stop: Stop) {
    super(stop.error);
  }
}
/** What `handle` or `concerns` threw. */
class Refused extends Error {}

/**
 * Keeps one processor going until `stop`. The guarantees it keeps:
 * 1. One live runner per processor: an advisory lock; the others stand by and take over within about a second of its end.
 *    A runner that loses the lock's connection stops.
 * 2. Every event of our categories is given to `handle` in commit order, in batches of what is waiting.
 * 3. The rows that `handle` writes are committed with the checkpoint, or not at all.
 * 4. The checkpoint moves from the position this runner left it at, in this log, or not at all: a runner that lost its lock
 *    without knowing can neither move it nor write. The row is locked before `handle`, so such a runner sends nothing either.
 * 5. The checkpoint moves on past events of no concern, and past other streams' where the log tells.
 * 6. A transient fault is met by the same batch again, after 0.1 to 5 s; a subscription that ends after it gave something
 *    is opened again at once.
 * 7. Any other fault of `handle` or `concerns`: its batch goes event by event; the one that fails stops this processor alone, and its
 *    row says which event and why, until an operator has it tried again or skipped.
 * 8. Another log than the checkpoint's, or one that ends before it, stops the processor: nothing of it would be true.
 */
export const startRunner = (processor: Processor, surroundings: Surroundings): Runner => {
  const { name, role, batchLimit = defaultLimits[role], prompt = false, handle } = processor;
  const { database, store, locks, log } = surroundings;
  const stopping = new AbortController();
  let state: ProcessorState['state'] = 'starting';
  let position = '0';
  let caughtUpAt: number | undefined;
  let feed: Feed | undefined;
  let error: string | undefined;
  let failures = 0;
  let idle = false;
  let settle = nobody;
  const settled = new Promise<void>((resolve) => (settle = resolve));

  const become = (next: ProcessorState['state'], why?: string) => {
    if (state !== next || error !== why) {
      const level = next === 'stopped' ? 'error' : next === 'retrying' ? 'warn' : 'info';
      log[level]({ processor: name, position, ...(why && { error: why }) }, `${name} is ${next}`);
    }
    state = next;
    error = why;
    if (next !== 'retrying') settle();
  };

  const commit = async (row: Checkpoint, events: readonly Recorded[], to: string): Promise<Checkpoint> => {
    const caughtUpMsAgo = feed?.caughtUpMsAgo();
    const move = { name, logId: row.logId, from: row.position, to, caughtUpMsAgo };
    if (events.length === 0) {
      if (!(await moveCheckpoint(database, move))) throw new Moved();
    } else {
      await database.transaction(async (tx) => {
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
    failures = 0;
    position = to;
    if (caughtUpMsAgo !== undefined) caughtUpAt = performance.now() - caughtUpMsAgo;
    return { ...row, position: to };
  };

  const concerns = (event: Recorded): boolean => {
    try {
      return processor.concerns?.(event) ?? true;
    } catch (cause) {
      throw new Refused(messageOf(cause), { cause });
    }
  };

  /** The row as it is where none of the events is of concern. */
  const commitOurs = async (row: Checkpoint, events: readonly Recorded[], to: string): Promise<Checkpoint> =>
    events.some(concerns) ? commit(row, events, to) : row;

  const commitOneByOne = async (row: Checkpoint, events: readonly Recorded[]): Promise<Checkpoint> => {
    let reached = row;
    for (const event of events) {
      reached = await commitOurs(reached, [event], event.position).catch((fault: unknown) => {
        if (!(fault instanceof Refused) || isTransient(fault.cause)) throw fault;
        const { position: at, type, id, stream } = event;
        const named = `${type} ${id} in ${stream.category}-${stream.vendor}.${stream.id}@${event.revision}`;
        throw new Stopped({ error: fault.message, position: at, event: named });
      });
    }
    return reached;
  };

  /** From the checkpoint on, until `over` aborts or a fault. */
  const follow = async (opened: Checkpoint, over: AbortSignal): Promise<void> => {
    feed = openFeed({ store, after: opened.position, capacity: batchLimit * 2, signal: over });
    become('running');
    let row = opened;
    let reached = row.position;
    let writtenAt = performance.now();
    let [gatheredAt, skippedAt] = [-Infinity, -Infinity];
    while (!over.aborted) {
      idle = true;
      if (!prompt) await feed.gather(batchLimit, gatheredAt + gatherMs - performance.now());
      const due = (reached === row.position ? writtenAt + heartbeatMs : skippedAt + quietMs) - performance.now();
      const batch = due > 0 ? await feed.next(batchLimit, due) : undefined;
      idle = false;
      const before = row;
      if (batch) {
        reached = batch.position;
        row = await commitOurs(row, batch.events, reached).catch(async (fault: unknown) => {
          if (!(fault instanceof Refused) || isTransient(fault.cause)) throw fault;
          return commit(await commitOneByOne(row, batch.events), [], reached);
        });
        if (row === before) continue;
        gatheredAt = performance.now();
      } else {
        row = await commit(row, [], reached);
        if (row.position !== before.position) skippedAt = performance.now();
      }
      writtenAt = performance.now();
    }
  };

  const attempt = async (over: AbortSignal): Promise<void> => {
    const logId = await store.logId();
    const row = await openCheckpoint(database, processor, logId);
    position = row.position;
    caughtUpAt ??= performance.now() - row.behindSeconds * 1_000;
    if (row.status === 'stopped') return waitForOperator(row.error ?? 'stopped', over);
    try {
      assertSameLog(row, logId, await store.head());
      await follow(row, over);
    } catch (fault) {
      if (fault instanceof OutOfOrder) throw new Stopped({ error: fault.message });
      throw fault;
    } finally {
      await feed?.close();
      feed = undefined;
    }
  };

  const waitForOperator = async (why: string, over: AbortSignal): Promise<void> => {
    become('stopped', why);
    while (!over.aborted && (await readCheckpoint(database, name))?.status === 'stopped') await rest(watchMs, over);
  };

  const attend = async (over: AbortSignal): Promise<void> => {
    while (!over.aborted) {
      try {
        await attempt(over);
      } catch (fault) {
        if (over.aborted) return;
        await recover(fault, over);
      }
    }
  };

  const recover = async (fault: unknown, over: AbortSignal): Promise<void> => {
    if (fault instanceof Stopped) {
      await stopCheckpoint(database, name, position, fault.stop).catch((away: unknown) => recover(away, over));
      return;
    }
    const wait = failures === 0 ? 0 : Math.min(100 * 2 ** (failures - 1), longestPauseMs) * (0.75 + Math.random() / 2);
    failures += 1;
    if (wait > 0 && !(fault instanceof Moved)) become('retrying', messageOf(fault));
    await rest(wait, over);
  };

  const takeTurns = async () => {
    while (!stopping.signal.aborted) {
      let held: Held | undefined;
      try {
        held = await locks.take(`tiebreak:processor:${name}`);
        if (!held) become('standby');
      } catch (fault) {
        become('retrying', messageOf(fault));
      }
      if (!held) {
        await rest(standbyMs * (0.75 + Math.random() / 2), stopping.signal);
        continue;
      }
      await attend(AbortSignal.any([stopping.signal, held.lost]));
      await held.release();
    }
  };
  const running = takeTurns();

  return {
    name,
    settled,
    state: () => ({
      name,
      role,
      state,
      position,
      lagSeconds: idle && feed?.caughtUpMsAgo() === 0 ? 0 : lag(caughtUpAt),
      waiting: feed?.waiting() ?? 0,
      ...(error && { error }),
    }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
};

const assertSameLog = ({ logId, position }: Checkpoint, current: string, head: string): void => {
  if (logId !== current)
    throw new Stopped({ error: `its checkpoint is of the log ${logId}, this is ${current}: rebuild it` });
  if (isAfter(position, head))
    throw new Stopped({ error: `its checkpoint ${position} lies beyond the log's end ${head}: rebuild it` });
};

const lag = (caughtUpAt: number | undefined): number =>
  caughtUpAt === undefined ? Infinity : Math.max(0, performance.now() - caughtUpAt) / 1_000;
const rest = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => undefined);
const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
