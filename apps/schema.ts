import type { Schema } from '../libs/platform/postgres/data-source.js';
import { processorMigrations } from '../libs/platform/processors/checkpoint.migrations.js';

/** Every table of Tiebreak. */
export const schema: Schema = {
  entities: [],
  migrations: [...processorMigrations],
};
