import type { DataSource } from 'typeorm';
import type { EventStore } from '../event-store/event-store.js';
import { isMigrated } from '../postgres/migrate.js';
import { listCheckpoints } from '../processors/checkpoint.js';
import { type Lag, watchLag } from '../processors/lag.js';
import type { Processor } from '../processors/processor.js';

export type Health = {
  readonly status: 'ready' | 'degraded' | 'unready';
  /** `ok`, or in a line what is the matter. */
  readonly checks: Readonly<Record<string, string>>;
  /** Every processor that ever ran, where Postgres can tell. */
  readonly processors?: readonly Told[];
};

/** A processor as its row says, 2.5 s old at most; `lagEvents` where the log could tell, see {@link Lag}. */
export type Told = Pick<Lag, 'name' | 'role' | 'status' | 'estimated' | 'stalls'> & {
  readonly lagSeconds: number;
  readonly lagEvents?: number;
};

export type HealthParts = {
  readonly store: EventStore;
  readonly database: DataSource;
  /** Those that have to keep up; of any other, e.g. of an earlier build, only the trouble is told. */
  readonly required: readonly Pick<Processor, 'name' | 'role'>[];
  /** Seconds that a processor may be behind, or may take to show up after this process has begun. */
  readonly lagBound?: number;
  /** True once the process is to end. */
  readonly stopping: () => boolean;
};

const patienceMs = 2_000;

/**
 * Tells whether requests would be served: log, Postgres, its schema, processors. A publisher that is behind or stopped
 * only degrades: requests are served without Kafka.
 */
export const watchHealth = (parts: HealthParts): (() => Promise<Health>) => {
  const began = performance.now();
  const lags = watchLag(parts.database, parts.store);
  return () => healthOf(parts, lags, (performance.now() - began) / 1_000);
};

type Lags = ReturnType<typeof watchLag>;

const healthOf = async (parts: HealthParts, lags: Lags, upSeconds: number): Promise<Health> => {
  const { store, database, stopping } = parts;
  if (stopping()) return { status: 'unready', checks: { process: 'is stopping' } };
  const [log, postgres] = await Promise.all([verdict(() => store.head()), verdict(() => database.query('SELECT 1'))]);
  if (postgres !== 'ok') return { status: 'unready', checks: { log, postgres } };
  const migrations = await verdict(async () => {
    if (!(await isMigrated(database))) throw new Error('some are not applied: run npm run migrate');
  });
  const checks: Record<string, string> = { log, postgres, migrations };
  if (migrations !== 'ok') return { status: 'unready', checks };
  const rows = log === 'ok' ? await lags() : await listCheckpoints(database);
  const late = lateProcessors(parts, rows, upSeconds);
  for (const { name, why } of late) checks[`processor ${name}`] = why;
  const missed = parts.required.filter(({ name }) => late.some((one) => one.name === name));
  const grave = log !== 'ok' || missed.some(({ role }) => role !== 'publishers');
  return { status: grave ? 'unready' : missed.length > 0 ? 'degraded' : 'ready', checks, processors: rows.map(shown) };
};

const shown = ({ name, role, status, behindSeconds, behindEvents, estimated, stalls }: Lag): Told => ({
  name,
  role,
  status,
  lagSeconds: Math.round(behindSeconds * 10) / 10,
  ...(behindEvents !== undefined && { lagEvents: behindEvents }),
  ...(estimated && { estimated }),
  stalls,
});

const lateProcessors = ({ required, lagBound = 60 }: HealthParts, rows: readonly Lag[], upSeconds: number) => {
  const late = rows.flatMap(({ name, status, behindSeconds, behindEvents, error }) => {
    if (status === 'stopped') return [{ name, why: `stopped: ${(error ?? '').slice(0, 200)}` }];
    const events = behindEvents === undefined ? '' : `, ${behindEvents} events`;
    return behindSeconds > lagBound ? [{ name, why: `${Math.round(behindSeconds)} s behind${events}` }] : [];
  });
  const absent = required.filter(({ name }) => !rows.some((row) => row.name === name));
  return upSeconds > lagBound ? [...late, ...absent.map(({ name }) => ({ name, why: 'has never run' }))] : late;
};

const verdict = async (check: () => Promise<unknown>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${patienceMs / 1000} s`), patienceMs);
  });
  const told = check().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200),
  );
  return Promise.race([told, late]).finally(() => clearTimeout(timer));
};
