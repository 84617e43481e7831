import type { DataSource } from 'typeorm';
import { openDatabase, type Schema } from './data-source.js';

const lock = 'tiebreak:migrate';

/** Runs what is pending and answers the names; several starters at once wait for each other. */
export const migrate = async (url: string, schema: Schema): Promise<readonly string[]> => {
  const database = await openDatabase(url, schema, { applicationName: 'tiebreak migrate', statementTimeoutMs: 0 });
  try {
    // the lock dies with its transaction, so with this process
    return await database.transaction(async (gate) => {
      await gate.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      await gate.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
      const done = await database.runMigrations({ transaction: 'each' });
      return done.map(({ name }) => name);
    });
  } finally {
    await database.destroy();
  }
};

/** Whether every migration of its schema has been run. Only reads: whoever migrates meanwhile is not in its way. */
export const isMigrated = async (database: DataSource): Promise<boolean> => {
  const [table] = await database.query<{ there: boolean }[]>(`SELECT to_regclass('migration') IS NOT NULL AS there`);
  if (!table?.there) return false;
  const rows = await database.query<{ name: string }[]>('SELECT name FROM migration');
  const run = new Set(rows.map(({ name }) => name));
  return database.migrations.every(({ name, constructor }) => run.has(name ?? constructor.name));
};
