import type { DataSource, EntityManager } from 'typeorm';
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
  /**
   * Takes what waits as soon as it can. Unset: for a moment after each batch it lets events gather, since most of a
   * batch's cost is its transaction; what comes after a quiet spell is taken at once all the same.
   */
  readonly prompt?: boolean;
  /** False for an event that `handle` would do nothing about: a batch of those moves the checkpoint alone, without `handle`. */
  readonly concerns?: (event: Recorded) => boolean;
  /** Throws {@link Transient} or a fault of the log or of Postgres to be given the batch again; any other error is a poison event's. */
  readonly handle: (batch: readonly Recorded[], tx: EntityManager) => Promise<void>;
};

/** Something outside can't be reached now: the same batch again, a little later. */
export class Transient extends Error {}

// a method, so that the folds of one slice's events fit into a list of views of any events
type Apply<E extends Event, Row> = {
  apply(row: Row | undefined, event: Recorded<E>, key: string): Row | undefined;
}['apply'];
// rows are plain values of the entity's shape: a fold spreads them
type Plain<Row> = { readonly [Property in keyof Row]: Row[Property] };
type Fold<E extends Event, Row> = {
  readonly [T in E['type']]?: Apply<Extract<E, { type: T }>, Plain<Row>>;
};

/** A Postgres table as a fold per row: the runner loads the rows a batch touches, folds in memory, writes the set. `undefined` deletes. */
export type View<E extends Event = Event, Row extends object = object> = {
  /** Durable key of its checkpoint; never reused. */
  readonly name: string;
  /** Its one primary column is `key`. */
  readonly entity: new () => Row;
  /** The rows that an event touches: usually one, `[]` for an event of no concern. Asked only for events that `fold` names. */
  keys(event: Recorded<E>): readonly string[];
  readonly fold: Fold<E, Row>;
};
export const view = <E extends Event, Row extends object>(v: View<E, Row>): View<E, Row> => v;

/** A row of a view that waits for its time. */
export type DeadlineRow = { readonly key: string; readonly vendor: string; readonly dueAt: Instant };

/** Deadlines are rows of a view; the clock role rings for those that are due, the decider checks `now` itself. */
export type Alarm<Row extends DeadlineRow = DeadlineRow> = {
  readonly name: string;
  readonly entity: new () => Row;
  /** Sends the command. One that comes too late or again answers `[]`. */
  ring(row: Row, now: Instant): Promise<unknown>;
};

/** A job of the clock role by real time, e.g. a sweep. */
export type Sweep = {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (database: DataSource) => Promise<unknown>;
};
