import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.js';
import { startDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { processorMigrations } from '../processors/checkpoint.migrations.js';
import { openDatabase, type Schema } from './data-source.js';
import { isMigrated, migrate } from './migrate.js';
import { openPatiently } from './open-patiently.js';

describe('migrations', () => {
  it('are asked for without a trace', async () => {
    const database = await openDatabase(tables.url, schema);
    try {
      expect(await isMigrated(database)).toBe(false);
      expect(await there('migration')).toBe(false);
      await migrate(tables.url, { ...schema, migrations: [] });
      expect(await isMigrated(database)).toBe(false);
      expect(await migrate(tables.url, schema)).toHaveLength(schema.migrations.length);
      expect(await isMigrated(database)).toBe(true);
    } finally {
      await database.destroy();
    }
  });

  it('may be ahead of who asks', async () => {
    await migrate(tables.url, schema);
    await sql(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
    const database = await openDatabase(tables.url, schema);
    expect(await isMigrated(database).finally(() => database.destroy())).toBe(true);
  });

  it('are waited for, and no attempt leaves a connection behind', async () => {
    const warnings: unknown[] = [];
    const warn = (...words: unknown[]) => void warnings.push(words);
    await sql('CREATE TABLE migration (broken int)');
    const opening = openPatiently(tables.url, schema, { applicationName: 'patient' }, { warn });
    await until('two attempts', () => warnings.length > 1);
    await sql('DROP TABLE migration');
    await migrate(tables.url, schema);
    const database = await opening;
    const [found] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'patient'`,
    );
    await database.destroy();
    expect(found).toEqual({ n: 1 });
  });
});

const schema: Schema = { entities: [], migrations: processorMigrations };
let tables: TestDatabase;
beforeAll(async () => {
  tables = await startDatabase({ entities: [], migrations: [] });
});
beforeEach(() => sql('DROP TABLE IF EXISTS migration, processor_checkpoint, processor_skip'));
afterAll(() => tables?.drop());

const sql = <Row>(text: string): Promise<Row[]> => tables.database.query<Row[]>(text);
const there = async (table: string) =>
  (await sql<{ there: boolean }>(`SELECT to_regclass('${table}') IS NOT NULL AS there`))[0]?.there;
