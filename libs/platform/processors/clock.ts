import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Clock } from '../clock.js';
import type { Locks } from './lock.js';
import type { Alarm, DeadlineRow, Sweep } from './processor.js';
import { quote, type Row, rowShape } from './rows.js';
import type { Log } from './run.js';
import { openSession, type Session } from './session.js';

export type ClockState = {
  readonly name: 'clock';
  readonly role: 'clock';
  /** `standby`: another clock is live · `retrying`: something failed in the last round. */
  readonly state: 'starting' | 'standby' | 'running' | 'retrying';
  readonly error?: string;
};

export type ClockRunner = {
  state(): ClockState;
  /** Resolves once it runs or stands by for the first time. */
  readonly settled: Promise<void>;
  /** Lets the commands under way end, begins no other. */
  stop(): Promise<void>;
};

type Surroundings = {
  readonly database: DataSource;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly log: Log;
  /** How long a round may take before it is given up; unset: 30 s, the patience of a command. */
  readonly stallMs?: number;
};

const tickMs = 250;
const standbyMs = 1_000;
const atOnce = 100;
const concurrency = 8;
/** Until the view has seen what a command did, its row still looks due. */
const quietMs = 30_000;
const afterFaultMs = 5_000;

/**
 * The clock role: one live in all processes, by an advisory lock. Each 250 ms it rings for the rows of each alarm whose
 * `dueAt` has come by the {@link Clock}, oldest first; sweeps go by real time. An alarm or sweep that fails holds no other up
 * and is tried again; a takeover may ring again for what was rung: the deciders know. A round that hangs is given up with its
 * connections, and its rows are rung for again.
 */
export const startClock = (
  alarms: readonly Alarm[],
  sweeps: readonly Sweep[],
  { database, clock, locks, log, stallMs = 30_000 }: Surroundings,
): ClockRunner => {
  const stopping = new AbortController();
  let state: ClockState['state'] = 'starting';
  let error: string | undefined;
  let settle = nobody;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const become = (next: ClockState['state'], why?: string) => {
    if (next !== state || why !== error)
      log[next === 'retrying' ? 'warn' : 'info']({ ...(why && { error: why }) }, `the clock is ${next}`);
    state = next;
    error = why;
    if (next !== 'retrying') settle();
  };

  const bells = alarms.map((alarm) => bellOf(alarm, database, log));
  const chores = sweeps.map((sweep) => choreOf(sweep, database, log));
  const attend = async (over: AbortSignal) => {
    become('running');
    const session = openSession(database);
    while (!over.aborted) {
      for (const chore of chores) chore.runIfDue();
      const until = performance.now() + stallMs / 2;
      // a long round leaves the rest to the next: half the time is for what was begun, and one given up begins nothing more
      const mayBegin = () => !over.aborted && performance.now() < until;
      // all have ended before the next round: the rows that one still rings for must not be rung for again
      const rung = Promise.allSettled(bells.map((bell) => bell(session, clock.now(), mayBegin)));
      const rounds = await inTime(rung, stallMs);
      if (!rounds) {
        await session.tear();
        return become('retrying', `it stood still for ${stallMs / 1_000} s`);
      }
      const failed = rounds.find((round) => round.status === 'rejected');
      if (failed) become('retrying', messageOf(failed.reason));
      else become('running');
      await rest(tickMs, over);
    }
    await inTime(Promise.all(chores.map((chore) => chore.idle())), stallMs);
  };
  const takeTurns = async () => {
    while (!stopping.signal.aborted) {
      const held = await locks.take('tiebreak:clock').catch((fault: unknown) => {
        become('retrying', messageOf(fault));
        return null;
      });
      if (held) {
        await attend(AbortSignal.any([stopping.signal, held.lost]));
        await held.release();
        continue;
      }
      if (held === undefined) become('standby');
      await rest(standbyMs, stopping.signal);
    }
  };
  const running = takeTurns();

  return {
    settled,
    state: () => ({ name: 'clock', role: 'clock', state, ...(error && { error }) }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
};

type Bell = (session: Session, now: string, mayBegin: () => boolean) => Promise<void>;

const bellOf = (alarm: Alarm, database: DataSource, log: Log): Bell => {
  const metadata = database.getMetadata(alarm.entity);
  const shape = rowShape(metadata);
  const due = shape.columns.find(({ property }) => property === 'dueAt');
  if (!due) throw new Error(`${metadata.name}: rows of an alarm have a column dueAt`);
  // a row that got another deadline is another bell: it is rung for at once
  const bell = `key || ' ' || ${quote(due.name)}::text`;
  const sql = `SELECT ${shape.selected}, ${bell} AS bell FROM ${quote(metadata.tableName)}
    WHERE ${quote(due.name)} <= $1 AND ${bell} <> ALL($2) ORDER BY ${quote(due.name)} LIMIT ${atOnce}`;
  const restingUntil = new Map<string, number>();

  return async (session, now, mayBegin) => {
    const tick = performance.now();
    for (const [each, until] of restingUntil) if (until < tick) restingUntil.delete(each);
    const rows = await session.query<Row[]>(sql, [now, [...restingUntil.keys()]]);
    await inTurn(rows, mayBegin, async (row) => {
      const rung = String(row['bell']);
      try {
        await alarm.ring(shape.settle(row) as unknown as DeadlineRow, now);
        restingUntil.set(rung, performance.now() + quietMs);
      } catch (fault) {
        restingUntil.set(rung, performance.now() + afterFaultMs);
        log.warn({ alarm: alarm.name, key: row['key'], error: messageOf(fault) }, `${alarm.name} failed`);
      }
    });
  };
};

const choreOf = (sweep: Sweep, database: DataSource, log: Log) => {
  let dueAt = 0;
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      await sweep.run(database);
    } catch (fault) {
      log.warn({ sweep: sweep.name, error: messageOf(fault) }, `${sweep.name} failed`);
    }
    dueAt = performance.now() + sweep.everyMs;
    running = undefined;
  };
  return {
    runIfDue: () => {
      if (!running && performance.now() >= dueAt) running = run();
    },
    idle: async () => running,
  };
};

/** A few at a time, as long as more may be begun. */
const inTurn = async (
  rows: readonly Row[],
  mayBegin: () => boolean,
  ring: (row: Row) => Promise<void>,
): Promise<void> => {
  const left = rows.values();
  const worker = async () => {
    for (const row of left) {
      if (!mayBegin()) return;
      await ring(row);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, rows.length) }, worker));
};

/** Undefined once `ms` have passed. */
const inTime = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const nobody = (): void => undefined;
const rest = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => undefined);
const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
