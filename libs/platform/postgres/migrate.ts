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

/** Whether every migration has been run. */
export const isMigrated = async (database: DataSource): Promise<boolean> => !(await database.showMigrations());
