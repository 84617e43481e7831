import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { type EventStore, isAfter, type Recorded } from '../event-store/event-store.js';
import { moveCheckpoint, openCheckpoint, readCheckpoint } from './checkpoint.js';
import { isTransient } from './faults.js';
import { fill, type Piece } from './fill.js';
import type { View } from './processor.js';
import { quote } from './rows.js';
import type { Surroundings } from './run.js';
import { viewProcessor, viewTable } from './view.js';

export type Progress = {
  readonly events: number;
  readonly seconds: number;
  readonly position: string;
  readonly head: string;
  /** Everything is in the table; its indexes are being made. */
  readonly finishing?: true;
};
export type Rebuilt = Progress & { readonly view: string; readonly resumed: boolean };

type Options = {
  readonly signal: AbortSignal;
  /** Begin at the beginning although an earlier rebuild left off in the middle, e.g. after a change of the fold. */
  readonly fresh?: boolean;
  /** An earlier rebuild is taken up: the rows up to `position` are those of the fold it had. */
  readonly onResume?: (position: string) => void;
  readonly onProgress?: (progress: Progress) => void;
};

const tries = 40;

/**
 * Fills a new table beside the view's own and puts it in its place. The guarantees it keeps:
 * 1. Reads see the old rows until the switch and the new ones after it, never a half-built table; writes to the log go on.
 * 2. The switch waits for the runner's batch in hand and keeps it from the next one: it holds the checkpoint's row. The new
 *    table is brought to that row's position first, so that a list never goes back in time.
 * 3. Tables, names of indexes, and checkpoint change in one transaction, or not at all. Who can't have the table's lock
 *    within half a second lets the readers through and tries again.
 * 4. Interrupted, it goes on from its own checkpoint `<view>__rebuild`.
 * 5. A view that was stopped (a poison event of an older fold, another log) runs again afterwards.
 *
 * Grants on the table are not carried over.
 */
export const rebuild = async (
  view: View,
  { database, store, locks }: Pick<Surroundings, 'database' | 'locks'> & { readonly store: EventStore },
  { signal, fresh = false, onResume = nobody, onProgress = nobody }: Options,
): Promise<Rebuilt> => {
  const held = await locks.take(`tiebreak:rebuild:${view.name}`);
  if (!held) throw new Error(`${view.name} is being rebuilt elsewhere`);
  try {
    const over = AbortSignal.any([signal, held.lost]);
    let left = tries;
    const again = async <T>(work: () => Promise<T>): Promise<T> => {
      for (; ; left--) {
        over.throwIfAborted();
        try {
          return await work();
        } catch (fault) {
          if (!isTransient(fault) || left === 0) throw fault;
          await pause(250, undefined, { signal: over }).catch(() => undefined);
        }
      }
    };
    const logId = await again(() => store.logId());
    const table = database.getMetadata(view.entity).tableName;
    const draft = { name: `${view.name}__rebuild`, table: `${table}__rebuild`, logId };
    const started = performance.now();
    const resumed = await again(() => prepare(database, table, draft, fresh));
    let { position, events: total } = (await again(() => readCheckpoint(database, draft.name)))!;
    const before = total;
    if (resumed) onResume(position);

    return await again(async () => {
      // a fault may have hidden whether the last piece was committed, and a crash of Postgres may have taken some
      const drafted = await readCheckpoint(database, draft.name);
      // only the switch takes it away: its answer was lost
      if (!drafted) return { view: view.name, resumed, ...progress(position) };
      ({ position, events: total } = drafted);
      const head = await store.head();
      await fillFrom(head);
      onProgress({ ...progress(head), finishing: true });
      await finish(database, table, draft);
      await fillFrom(head);
      const filled = { position, total };
      ({ position, total } = await switchOver(database, view.name, table, draft, filled, catchUp));
      return { view: view.name, resumed, ...progress(head) };
    });

    function progress(head: string): Progress {
      const seconds = (performance.now() - started) / 1_000;
      return { events: total - before, seconds, position, head: isAfter(position, head) ? position : head };
    }

    async function fillFrom(head: string): Promise<void> {
      const move = async (tx: EntityManager, piece: Piece) => {
        const to = { to: piece.position, events: total + piece.events, caughtUpMsAgo: undefined };
        if (!(await moveCheckpoint(tx, { name: draft.name, logId, from: position, ...to })))
          throw new Error(`${draft.name} was changed by somebody else`);
      };
      const onPiece = (piece: Piece) => {
        position = piece.position;
        total += piece.events;
        left = tries;
        onProgress(progress(head));
      };
      await fill(viewTable(view, database, draft.table), {
        store,
        database,
        after: position,
        signal: over,
        move,
        onPiece,
      });
      over.throwIfAborted();
    }

    /** Inside the switch: what the live view has seen and the draft hasn't. */
    async function catchUp(tx: EntityManager, filled: Filled): Promise<Filled> {
      const rest: Recorded[] = [];
      for await (const event of store.readAll({ after: filled.position })) rest.push(event);
      await viewProcessor(view, database, draft.table).handle(rest, tx);
      return { position: rest.at(-1)?.position ?? filled.position, total: filled.total + rest.length };
    }
  } finally {
    await held.release();
  }
};

/** How far the draft is, and how many events that are. */
type Filled = { readonly position: string; readonly total: number };
type Draft = { readonly name: string; readonly table: string; readonly logId: string };

/** True where an earlier rebuild of the same log is taken up. */
const prepare = (database: DataSource, table: string, draft: Draft, fresh: boolean): Promise<boolean> =>
  database.transaction(async (tx) => {
    const row = await readCheckpoint(tx, draft.name, { lock: true });
    const [found] = await tx.query<{ there: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS there', [
      quote(draft.table),
    ]);
    if (!fresh && found!.there && row?.logId === draft.logId) return true;
    await tx.query(`DROP TABLE IF EXISTS ${quote(draft.table)}`);
    await tx.query('DELETE FROM processor_checkpoint WHERE name = $1', [draft.name]);
    // the other indexes are made once it is full: a third of the time
    await tx.query(`CREATE TABLE ${quote(draft.table)} (LIKE ${quote(table)} INCLUDING ALL EXCLUDING INDEXES)`);
    await tx.query(`ALTER TABLE ${quote(draft.table)} ADD PRIMARY KEY (key)`);
    const [kept] = await tx.query<{ options: string | null }[]>(
      `SELECT array_to_string(reloptions, ', ') AS options FROM pg_class WHERE oid = $1::regclass`,
      [quote(table)],
    );
    if (kept?.options) await tx.query(`ALTER TABLE ${quote(draft.table)} SET (${kept.options})`);
    await openCheckpoint(tx, { name: draft.name, role: 'views' }, draft.logId);
    return false;
  });

const switchOver = (
  database: DataSource,
  name: string,
  table: string,
  draft: Draft,
  filled: Filled,
  catchUp: (tx: EntityManager, filled: Filled) => Promise<Filled>,
): Promise<Filled> =>
  database.transaction(async (tx) => {
    // its rows were committed without waiting for the disk: from here on they are no longer only a draft
    await tx.query(`SET LOCAL lock_timeout = '10s'; SET LOCAL synchronous_commit = on`);
    await openCheckpoint(tx, { name, role: 'views' }, draft.logId);
    const live = (await readCheckpoint(tx, name, { lock: true }))!;
    const isAhead = live.logId === draft.logId && isAfter(live.position, filled.position);
    const caughtUp = isAhead ? await catchUp(tx, filled) : filled;
    // the live one may stand at a mark behind the last event
    const position = isAhead && isAfter(live.position, caughtUp.position) ? live.position : caughtUp.position;

    await tx.query(`SET LOCAL lock_timeout = '500ms'`);
    const renames = await indexRenames(tx, table, draft.table);
    await tx.query(`DROP TABLE ${quote(table)}`);
    await tx.query(`ALTER TABLE ${quote(draft.table)} RENAME TO ${quote(table)}`);
    for (const { from, to } of renames) await tx.query(`ALTER INDEX ${quote(from)} RENAME TO ${quote(to)}`);
    await tx.query('DELETE FROM processor_checkpoint WHERE name = $1', [draft.name]);
    await tx.query(
      `UPDATE processor_checkpoint
       SET log_id = $2, position = $3, events = $4, status = 'running', error = NULL, failed_position = NULL,
           failed_event = NULL, failed_events = NULL, updated_at = now()
       WHERE name = $1`,
      [name, draft.logId, position, caughtUp.total],
    );
    return { position, total: caughtUp.total };
  });

type Index = {
  readonly name: string;
  readonly isUnique: boolean;
  /** From USING on. */
  readonly method: string;
  /** Of the constraint that it backs. */
  readonly constraint: string | null;
};

const indexesOf = (tx: EntityManager, table: string): Promise<readonly Index[]> =>
  tx.query<Index[]>(
    `SELECT c.relname AS name, i.indisunique AS "isUnique", pg_get_constraintdef(o.oid) AS constraint,
       substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*') AS method
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.conrelid = i.indrelid
     WHERE i.indrelid = $1::regclass ORDER BY c.oid`,
    [quote(table)],
  );

/** Of which index each is a copy; undefined: of none, or of one that another is already a copy of. */
const pairsOf = (indexes: readonly Index[], copies: readonly Index[]) => {
  const left = [...copies];
  return indexes.map((index) => {
    const at = left.findIndex(
      ({ isUnique, method, constraint }) =>
        isUnique === index.isUnique && method === index.method && constraint === index.constraint,
    );
    return { index, copy: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
};

/** The indexes that the draft lacks, and what the planner has to know of it. */
const finish = (database: DataSource, table: string, draft: Draft): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.query(`SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '128MB'`);
    for (const { index, copy } of pairsOf(await indexesOf(tx, table), await indexesOf(tx, draft.table))) {
      if (copy) continue;
      const unique = index.isUnique ? 'UNIQUE ' : '';
      if (index.constraint) await tx.query(`ALTER TABLE ${quote(draft.table)} ADD ${index.constraint}`);
      else await tx.query(`CREATE ${unique}INDEX ON ${quote(draft.table)}${index.method}`);
    }
    await tx.query(`ANALYZE ${quote(draft.table)}`);
  });

/** Postgres named the copies: each gets the name of the index it is a copy of; an index that backs a constraint takes that along. */
const indexRenames = async (
  tx: EntityManager,
  table: string,
  copy: string,
): Promise<readonly { readonly from: string; readonly to: string }[]> =>
  pairsOf(await indexesOf(tx, table), await indexesOf(tx, copy)).map(({ index, copy: made }) => {
    if (!made) throw new Error(`${copy} lacks the index ${index.name}: begin afresh`);
    return { from: made.name, to: index.name };
  });

const nobody = (): void => undefined;
