import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Stalled } from '../event-store/stall-watch.js';
import { type Attempt, attempt, Moved, type Notes } from './attempt.js';
import { type Checkpoint, countStalls } from './checkpoint.js';
import type { Held, Locks } from './lock.js';
import type { Processor } from './processor.js';
import { endBackends, openSession } from './session.js';
import type { Source } from './tail.js';

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

export type Surroundings = {
  readonly database: DataSource;
  readonly store: Source;
  readonly locks: Locks;
  readonly log: Log;
  /** How long a processor may stand still before it is begun anew; unset: 30 s, the patience of a command and of a statement. */
  readonly stallMs?: number;
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
const longestPauseMs = 5_000;
const looks = 4;

/** It got no step further for too long. */
class Hung extends Error {}

/**
 * Keeps one processor going until `stop`. The guarantees it keeps:
 * 1. One live runner per processor: an advisory lock; the others stand by and take over within about a second of its end.
 *    A runner that loses the lock's connection stops.
 * 2. Every event of our categories is given to `handle` in commit order, in batches of what is waiting.
 * 3. The rows that `handle` writes are committed with the checkpoint, or not at all.
 * 4. The checkpoint moves from the position this runner left it at, in this log, or not at all: a runner that lost its lock
 *    without knowing can neither move it nor write. The row is locked before `handle`, so such a runner sends nothing either.
 * 5. The checkpoint moves on past events of no concern, and past other streams' where the log tells; it counts our events.
 * 6. A transient fault is met by the same batch again, after 0.1 to 5 s; a subscription that ends after it gave something
 *    is opened again at once.
 * 7. Any other fault of `handle` or `concerns`: its batch goes event by event; the one that fails stops this processor alone, and its
 *    row says which event and why, until an operator has it tried again or skipped.
 * 8. Another log than the checkpoint's, or one that ends before it, stops the processor: nothing of it would be true.
 * 9. One that stands still (a handler or a connection that hangs, a subscription that went silent) is begun anew and counted:
 *    its connection is ended here and at the server, so that what it hung on can write nothing; the same batch comes again,
 *    in smaller pieces.
 */
export const startRunner = (processor: Processor, surroundings: Surroundings): Runner => {
  const { name, role, batchLimit = defaultLimits[role] } = processor;
  const { database, store, locks, log, stallMs = 30_000 } = surroundings;
  const stopping = new AbortController();
  let state: ProcessorState['state'] = 'starting';
  let position = '0';
  let caughtUpAt: number | undefined;
  let current: Attempt | undefined;
  let error: string | undefined;
  let failures = 0;
  let limit = batchLimit;
  /** What the next attempt has to put in order. */
  const left = { stalls: 0, backends: [] as number[] };
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

  const opened = async (sql: Parameters<typeof countStalls>[0], row: Checkpoint) => {
    position = row.position;
    caughtUpAt ??= performance.now() - row.behindSeconds * 1_000;
    await endBackends(sql, left.backends, stallMs / 2);
    left.backends = [];
    if (left.stalls > 0) await countStalls(sql, name, left.stalls);
    left.stalls = 0;
  };

  /** Rejects once it got no further for so long; by looks instead of by time, so that a frozen process hangs nobody. */
  const watch = (watched: Attempt, steps: () => number, over: AbortSignal) =>
    new Promise<never>((_, reject) => {
      let [seen, still] = [steps(), 0];
      const timer = setInterval(() => {
        still = steps() === seen && !watched.isIdle() ? still + 1 : 0;
        seen = steps();
        if (still >= looks) reject(new Hung(`it stood still for ${stallMs / 1_000} s`));
      }, stallMs / looks);
      over.addEventListener('abort', () => clearInterval(timer), { once: true });
    });

  /** Until it ends by itself or is given up; nothing is heard of it afterwards. */
  const attemptOnce = async (over: AbortSignal): Promise<void> => {
    const leaving = new AbortController();
    const session = openSession(database);
    let steps = 0;
    const heard =
      <Said extends unknown[]>(hear: (...said: Said) => void) =>
      (...said: Said): void => {
        steps += 1;
        if (!leaving.signal.aborted) hear(...said);
      };
    const notes: Notes = {
      limit: () => limit,
      opened: (row) => opened(session, row),
      stepped: heard(nobody),
      running: heard(() => become('running')),
      stopped: heard((why: string) => become('stopped', why)),
      moved: heard((row: Checkpoint, caughtUpMsAgo: number | undefined) => {
        failures = 0;
        limit = Math.min(batchLimit, limit * 2);
        position = row.position;
        if (caughtUpMsAgo !== undefined) caughtUpAt = performance.now() - caughtUpMsAgo;
      }),
    };
    const either = AbortSignal.any([over, leaving.signal]);
    // the whole limit's, however small the pieces are after a stall: they grow again
    const capacity = batchLimit * 2;
    const tried = attempt(processor, { store, session, over: either, silentMs: stallMs, capacity }, notes);
    current = tried;
    try {
      await Promise.race([tried.ended, watch(tried, () => steps, leaving.signal)]);
    } catch (fault) {
      if (fault instanceof Hung) {
        left.backends = [...left.backends, ...(await session.tear())];
        limit = Math.max(1, Math.floor(limit / 10));
      }
      if (fault instanceof Hung || fault instanceof Stalled) left.stalls += 1;
      throw fault;
    } finally {
      current = undefined;
      leaving.abort();
    }
  };

  const attend = async (over: AbortSignal): Promise<void> => {
    while (!over.aborted) {
      try {
        await attemptOnce(over);
      } catch (fault) {
        if (!over.aborted) await recover(fault, over);
      }
    }
  };

  const recover = async (fault: unknown, over: AbortSignal): Promise<void> => {
    const wait = failures === 0 ? 0 : Math.min(100 * 2 ** (failures - 1), longestPauseMs) * (0.75 + Math.random() / 2);
    failures += 1;
    if (fault instanceof Hung || (wait > 0 && !(fault instanceof Moved))) become('retrying', messageOf(fault));
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
      lagSeconds: current?.isCaughtUp() ? 0 : lag(caughtUpAt),
      waiting: current?.waiting() ?? 0,
      ...(error && { error }),
    }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
};

const lag = (caughtUpAt: number | undefined): number =>
  caughtUpAt === undefined ? Infinity : Math.max(0, performance.now() - caughtUpAt) / 1_000;
const rest = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => undefined);
const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
