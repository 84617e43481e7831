import type { DataSource } from 'typeorm';
import type { EventStore } from '../event-store/event-store.js';
import { isMigrated } from '../postgres/migrate.js';
import { listCheckpoints } from '../processors/checkpoint.js';
import type { Processor } from '../processors/processor.js';

export type Health = {
  readonly status: 'ready' | 'degraded' | 'unready';
  /** `ok`, or in a line what is the matter. */
  readonly checks: Readonly<Record<string, string>>;
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
  return () => healthOf(parts, (performance.now() - began) / 1_000);
};

const healthOf = async (parts: HealthParts, upSeconds: number): Promise<Health> => {
  const { store, database, stopping } = parts;
  if (stopping()) return { status: 'unready', checks: { process: 'is stopping' } };
  const [log, postgres] = await Promise.all([verdict(() => store.head()), verdict(() => database.query('SELECT 1'))]);
  if (postgres !== 'ok') return { status: 'unready', checks: { log, postgres } };
  const migrations = await verdict(async () => {
    if (!(await isMigrated(database))) throw new Error('some are not applied: run npm run migrate');
  });
  const checks: Record<string, string> = { log, postgres, migrations };
  const late = migrations === 'ok' ? await lateProcessors(parts, upSeconds) : [];
  for (const { name, why } of late) checks[`processor ${name}`] = why;
  const missed = parts.required.filter(({ name }) => late.some((one) => one.name === name));
  const grave = [log, migrations].some((check) => check !== 'ok') || missed.some(({ role }) => role !== 'publishers');
  return { status: grave ? 'unready' : missed.length > 0 ? 'degraded' : 'ready', checks };
};

const lateProcessors = async ({ database, required, lagBound = 60 }: HealthParts, upSeconds: number) => {
  const rows = await listCheckpoints(database);
  const late = rows.flatMap(({ name, status, behindSeconds, error }) => {
    if (status === 'stopped') return [{ name, why: `stopped: ${(error ?? '').slice(0, 200)}` }];
    return behindSeconds > lagBound ? [{ name, why: `${Math.round(behindSeconds)} s behind` }] : [];
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
