import type { DataSource } from 'typeorm';
import type { Processor } from './processor.js';

/** A DataSource or a transaction of it. */
export type Sql = { query<T>(sql: string, parameters?: unknown[]): Promise<T> };

/** How far a processor is, and whether it goes on. Positions are decimal strings, '0' = nothing seen. */
export type Checkpoint = {
  readonly name: string;
  readonly role: Processor['role'];
  readonly logId: string;
  readonly position: string;
  /** How many events of our categories the log holds up to `position`. */
  readonly events: number;
  readonly status: 'running' | 'stopped';
  readonly error: string | null;
  /** The poison event's; null where it isn't an event that stopped it. */
  readonly failedPosition: string | null;
  readonly failedEvent: string | null;
  /** How often it stood still and was begun anew. */
  readonly stalls: number;
  /** Seconds since it was last known to have seen everything, less the two between its runner's heartbeats. */
  readonly behindSeconds: number;
};

/** How often a runner that has nothing to do says so in its row. */
export const heartbeatMs = 2_000;

const columns = `name, role, log_id AS "logId", position, events::float8, status, error,
  failed_position AS "failedPosition", failed_event AS "failedEvent", stalls,
  greatest(0, extract(epoch FROM now() - caught_up_at) - ${(heartbeatMs + 500) / 1_000})::float8 AS "behindSeconds"`;

/** All processors that ever ran, by name; rebuilds under way are not among them. */
export const listCheckpoints = (sql: Sql): Promise<Checkpoint[]> =>
  sql.query(`SELECT ${columns} FROM processor_checkpoint WHERE name NOT LIKE '%\\_\\_rebuild' ORDER BY name`);

/** @param lock hold the row against every other runner, rebuild and operator until the transaction ends */
export const readCheckpoint = async (
  sql: Sql,
  name: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Checkpoint | undefined> => {
  const [row] = await sql.query<Checkpoint[]>(
    `SELECT ${columns} FROM processor_checkpoint WHERE name = $1${lock ? ' FOR UPDATE' : ''}`,
    [name],
  );
  return row;
};

/** The row as it is, or a new one at the beginning of this log. */
export const openCheckpoint = async (
  sql: Sql,
  { name, role }: Pick<Processor, 'name' | 'role'>,
  logId: string,
): Promise<Checkpoint> => {
  await sql.query(
    `INSERT INTO processor_checkpoint (name, role, log_id, position) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
    [name, role, logId],
  );
  return (await readCheckpoint(sql, name))!;
};

type Move = {
  readonly name: string;
  readonly logId: string;
  readonly from: string;
  readonly to: string;
  /** Up to `to`. */
  readonly events: number;
  /** Everything that reached us up to so many ms ago is done; undefined: unknown, it is still catching up. */
  readonly caughtUpMsAgo: number | undefined;
};

/** Compare-and-set: false where the row is no longer at `from`, in this log and running. */
export const moveCheckpoint = async (
  sql: Sql,
  { name, logId, from, to, events, caughtUpMsAgo }: Move,
): Promise<boolean> => {
  const [, moved] = await sql.query<[unknown, number]>(
    `UPDATE processor_checkpoint
     SET position = $4, events = $5, updated_at = now(),
         caught_up_at = coalesce(now() - make_interval(secs => $6::float8 / 1000), caught_up_at)
     WHERE name = $1 AND log_id = $2 AND position = $3 AND status = 'running'`,
    [name, logId, from, to, events, caughtUpMsAgo ?? null],
  );
  return moved === 1;
};

/** What stopped it; the rest where it was an event, `events` counting it. */
export type Stop = {
  readonly error: string;
  readonly position?: string;
  readonly event?: string;
  readonly events?: number;
};

/** Nothing happens where the row is no longer at `from`. */
export const stopCheckpoint = async (
  sql: Sql,
  name: string,
  from: string,
  { error, position, event, events }: Stop,
): Promise<void> => {
  await sql.query(
    `UPDATE processor_checkpoint
     SET status = 'stopped', error = $3, failed_position = $4, failed_event = $5, failed_events = $6,
         updated_at = now()
     WHERE name = $1 AND position = $2`,
    [name, from, error.replaceAll('\0', '').slice(0, 2_000), position ?? null, event ?? null, events ?? null],
  );
};

/** It stood still so often more, and was begun anew. */
export const countStalls = async (sql: Sql, name: string, stalls: number): Promise<void> => {
  await sql.query('UPDATE processor_checkpoint SET stalls = stalls + $2 WHERE name = $1', [name, stalls]);
};

/**
 * An operator's word to a stopped processor: its poison event again, or past it, which is recorded with `by`. Its runner
 * goes on within half a second. Answers what was wrong with asking, or undefined.
 */
export const resume = (
  database: DataSource,
  name: string,
  how: 'retry' | 'skip',
  by: string,
): Promise<string | undefined> =>
  database.transaction(async (tx) => {
    const row = await readCheckpoint(tx, name, { lock: true });
    if (!row) return `there is no processor ${name}`;
    if (row.status !== 'stopped') return `${name} is not stopped`;
    if (how === 'skip') {
      if (row.failedPosition === null) return `no event stopped ${name}: ${row.error}`;
      await tx.query(
        `INSERT INTO processor_skip (name, log_id, position, event, error, skipped_by)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [name, row.logId, row.failedPosition, row.failedEvent, row.error, by],
      );
    }
    await tx.query(
      `UPDATE processor_checkpoint
       SET status = 'running', error = NULL, failed_position = NULL, failed_event = NULL, failed_events = NULL,
           position = CASE WHEN $2 THEN failed_position ELSE position END,
           events = CASE WHEN $2 THEN failed_events ELSE events END, updated_at = now()
       WHERE name = $1`,
      [name, how === 'skip'],
    );
    return undefined;
  });
