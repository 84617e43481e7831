import type { DataSource, EntityManager, EntityTarget } from 'typeorm';
import type { Event, Instant } from '../../kernel/decider.js';
import type { Recorded } from '../event-store/event-store.js';

/**
 * What one runner keeps going: a lock, a checkpoint and a batch loop stand around `handle`, which sends its commands or
 * messages first and then writes its rows through `tx`; the checkpoint is committed with those rows. A batch may come
 * again after a crash, so commands carry ids that follow from their event.
 */
export type Processor = {
  /** Durable key of the checkpoint; never reused. */
  readonly name: string;
  readonly role: 'views' | 'reactors' | 'publishers';
  /** Most events in a batch; what is waiting, up to this. */
  readonly batchLimit?: number;
  readonly handle: (batch: readonly Recorded[], tx: EntityManager) => Promise<void>;
};

type Fold<E extends Event, Row> = {
  readonly [T in E['type']]?: (
    row: Row | undefined,
    event: Recorded<Extract<E, { type: T }>>,
    key: string,
  ) => Row | undefined;
};

/** A Postgres table as a fold per row: the runner loads the rows a batch touches, folds in memory, writes the set. `undefined` deletes. */
export type View<E extends Event = Event, Row extends object = object> = {
  /** Durable key of its checkpoint; never reused. */
  readonly name: string;
  /** Its one primary column is `key`. */
  readonly entity: EntityTarget<Row>;
  /** The rows that an event touches: usually one, `[]` for an event of no concern. */
  readonly keys: (event: Recorded<E>) => readonly string[];
  readonly fold: Fold<E, Row>;
};
export const view = <E extends Event, Row extends object>(v: View<E, Row>): View<E, Row> => v;

/** A row of a view that waits for its time. */
export type DeadlineRow = { readonly key: string; readonly vendor: string; readonly dueAt: Instant };

/** Deadlines are rows of a view; the clock role rings for those that are due, the decider checks `now` itself. */
export type Alarm<Row extends DeadlineRow = DeadlineRow> = {
  readonly name: string;
  readonly entity: EntityTarget<Row>;
  /** Sends the command. One that comes too late or again answers `[]`. */
  readonly ring: (row: Row, now: Instant) => Promise<unknown>;
};

/** A job of the clock role by real time, e.g. a sweep. */
export type Sweep = {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (database: DataSource) => Promise<unknown>;
};
