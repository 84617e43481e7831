import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { type EventStore, isAfter, type Recorded } from '../event-store/event-store.js';
import { moveCheckpoint, openCheckpoint, readCheckpoint } from './checkpoint.js';
import { isTransient } from './faults.js';
import { openFeed } from './feed.js';
import type { Processor, View } from './processor.js';
import { quote } from './rows.js';
import type { Surroundings } from './run.js';
import { viewProcessor } from './view.js';

export type Progress = {
  readonly events: number;
  readonly seconds: number;
  readonly position: string;
  readonly head: string;
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

const batchLimit = 2_000;
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
    const logId = await store.logId();
    const table = database.getMetadata(view.entity).tableName;
    const draft = { name: `${view.name}__rebuild`, table: `${table}__rebuild`, logId };
    const started = performance.now();
    const resumed = await prepare(database, table, draft, fresh);
    const processor = viewProcessor(view, database, draft.table);
    let position = (await readCheckpoint(database, draft.name))!.position;
    let events = 0;
    if (resumed) onResume(position);

    for (let left = tries; ; left--) {
      over.throwIfAborted();
      try {
        const head = await store.head();
        await fill(head);
        if (over.aborted) continue;
        position = await switchOver(database, view.name, table, draft, position, catchUp);
        return { view: view.name, resumed, events, seconds: secondsSince(started), position, head };
      } catch (fault) {
        if (!isTransient(fault) || left === 0) throw fault;
        await pause(250, undefined, { signal: over }).catch(() => undefined);
      }
    }

    async function fill(head: string): Promise<void> {
      const feed = openFeed({ store, after: position, capacity: batchLimit * 2, signal: over });
      try {
        while (!over.aborted && (feed.caughtUpMsAgo() === undefined || feed.waiting() > 0)) {
          const batch = await feed.next(batchLimit, 1_000);
          if (!batch) continue;
          await database.transaction(async (tx) => {
            await processor.handle(batch.events, tx);
            const move = { name: draft.name, logId, from: position, to: batch.position, caughtUpMsAgo: undefined };
            if (!(await moveCheckpoint(tx, move))) throw new Error(`${draft.name} was changed by somebody else`);
          });
          position = batch.position;
          events += batch.events.length;
          const end = isAfter(position, head) ? position : head;
          onProgress({ events, seconds: secondsSince(started), position, head: end });
        }
      } finally {
        await feed.close();
      }
    }

    /** Inside the switch: what the live view has seen and the draft hasn't. */
    async function catchUp(tx: EntityManager, after: string): Promise<string> {
      const rest: Recorded[] = [];
      for await (const event of store.readAll({ after })) rest.push(event);
      await handleInPieces(processor, rest, tx);
      events += rest.length;
      return rest.at(-1)?.position ?? after;
    }
  } finally {
    await held.release();
  }
};

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
    await tx.query(`CREATE TABLE ${quote(draft.table)} (LIKE ${quote(table)} INCLUDING ALL)`);
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
  filledTo: string,
  catchUp: (tx: EntityManager, after: string) => Promise<string>,
): Promise<string> =>
  database.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '10s'`);
    await openCheckpoint(tx, { name, role: 'views' }, draft.logId);
    const live = (await readCheckpoint(tx, name, { lock: true }))!;
    const isAhead = live.logId === draft.logId && isAfter(live.position, filledTo);
    const caughtUp = isAhead ? await catchUp(tx, filledTo) : filledTo;
    // the live one may stand at a mark behind the last event
    const position = isAhead && isAfter(live.position, caughtUp) ? live.position : caughtUp;

    await tx.query(`SET LOCAL lock_timeout = '500ms'`);
    const renames = await indexRenames(tx, table, draft.table);
    await tx.query(`DROP TABLE ${quote(table)}`);
    await tx.query(`ALTER TABLE ${quote(draft.table)} RENAME TO ${quote(table)}`);
    for (const { from, to } of renames) await tx.query(`ALTER INDEX ${quote(from)} RENAME TO ${quote(to)}`);
    await tx.query('DELETE FROM processor_checkpoint WHERE name = $1', [draft.name]);
    await tx.query(
      `UPDATE processor_checkpoint
       SET log_id = $2, position = $3, status = 'running', error = NULL, failed_position = NULL, failed_event = NULL,
           updated_at = now()
       WHERE name = $1`,
      [name, draft.logId, position],
    );
    return position;
  });

/** Postgres named the copies: each gets the name of the index it is a copy of; an index that backs a constraint takes that along. */
const indexRenames = async (
  tx: EntityManager,
  table: string,
  copy: string,
): Promise<readonly { readonly from: string; readonly to: string }[]> => {
  const indexesOf = (of: string) =>
    tx.query<{ name: string; definition: string }[]>(
      `SELECT c.relname AS name, i.indisprimary || ' ' || i.indisunique || ' ' ||
         substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*') AS definition
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = $1::regclass ORDER BY c.oid`,
      [quote(of)],
    );
  const copies = await indexesOf(copy);
  return (await indexesOf(table)).map(({ name, definition }) => {
    const at = copies.findIndex((index) => index.definition === definition);
    if (at < 0) throw new Error(`${copy} lacks the index ${name}: begin afresh`);
    return { from: copies.splice(at, 1)[0]!.name, to: name };
  });
};

const handleInPieces = async (processor: Processor, events: readonly Recorded[], tx: EntityManager): Promise<void> => {
  for (let from = 0; from < events.length; from += batchLimit)
    await processor.handle(events.slice(from, from + batchLimit), tx);
};
const nobody = (): void => undefined;
const secondsSince = (started: number): number => (performance.now() - started) / 1_000;
