import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logging.js';
import { type DatabaseOptions, openDatabase, type Schema } from './data-source.js';
import { isMigrated } from './migrate.js';

const patienceMs = 500;

/** Connects to a database that has every migration of `schema`; waits for it, and for them, as long as it takes. */
export const openPatiently = async (
  url: string,
  schema: Schema,
  options: Omit<DatabaseOptions, 'onFault'>,
  logger: Pick<Logger, 'warn'>,
): Promise<DataSource> => {
  const onFault = (fault: Error) => logger.warn({ err: fault }, 'a database connection was lost');
  for (; ; await pause(patienceMs)) {
    try {
      const database = await openMigrated(url, schema, { ...options, onFault });
      if (database) return database;
      logger.warn('waiting for the migrations of the database: npm run migrate');
    } catch (error) {
      logger.warn({ err: error }, 'waiting for Postgres');
    }
  }
};

const openMigrated = async (url: string, schema: Schema, options: DatabaseOptions): Promise<DataSource | undefined> => {
  const database = await openDatabase(url, schema, options);
  let migrated = false;
  try {
    migrated = await isMigrated(database);
  } finally {
    if (!migrated) await database.destroy();
  }
  return migrated ? database : undefined;
};
