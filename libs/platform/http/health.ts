import type { DataSource } from 'typeorm';
import type { EventStore } from '../event-store/event-store.js';
import { isMigrated } from '../postgres/migrate.js';
import { listCheckpoints } from '../processors/checkpoint.js';

export type Health = {
  readonly status: 'ready' | 'degraded' | 'unready';
  /** `ok`, or in a line what is the matter. */
  readonly checks: Readonly<Record<string, string>>;
};

export type HealthParts = {
  readonly store: EventStore;
  readonly database: DataSource;
  /** Seconds that a processor may be behind. */
  readonly lagBound?: number;
  /** True once the process is to end. */
  readonly stopping: () => boolean;
};

const patienceMs = 2_000;

/**
 * Whether requests would be served: log, Postgres, its schema, processors. A publisher that is behind or stopped only
 * degrades: requests are served without Kafka.
 */
export const healthOf = async ({ store, database, lagBound = 60, stopping }: HealthParts): Promise<Health> => {
  if (stopping()) return { status: 'unready', checks: { process: 'is stopping' } };
  const [log, postgres] = await Promise.all([verdict(() => store.head()), verdict(() => database.query('SELECT 1'))]);
  if (postgres !== 'ok') return { status: 'unready', checks: { log, postgres } };
  const migrations = await verdict(async () => {
    if (!(await isMigrated(database))) throw new Error('some are not applied: run npm run migrate');
  });
  const checks: Record<string, string> = { log, postgres, migrations };
  const late = migrations === 'ok' ? await lateProcessors(database, lagBound) : [];
  for (const { name, why } of late) checks[`processor ${name}`] = why;
  const grave = [log, migrations].some((check) => check !== 'ok') || late.some(({ role }) => role !== 'publishers');
  return { status: grave ? 'unready' : late.length > 0 ? 'degraded' : 'ready', checks };
};

const lateProcessors = async (database: DataSource, lagBound: number) =>
  (await listCheckpoints(database)).flatMap(({ name, role, status, behindSeconds, error }) => {
    if (status === 'stopped') return [{ name, role, why: `stopped: ${(error ?? '').slice(0, 200)}` }];
    return behindSeconds > lagBound ? [{ name, role, why: `${Math.round(behindSeconds)} s behind` }] : [];
  });

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
