import type { DataSource, EntityManager } from 'typeorm';
import type { Recorded } from '../event-store/event-store.js';
import type { Processor, View } from './processor.js';
import { quote, type Row, rowShape, type RowShape } from './rows.js';

type Apply = (row: Row | undefined, event: Recorded, key: string) => Row | undefined;

/**
 * The processor of a view. A batch is one select of the rows it touches, a fold in memory, one upsert and one delete.
 *
 * @param table fill this one instead of the entity's own
 */
export const viewProcessor = (view: View, database: DataSource, table?: string): Processor => {
  const metadata = database.getMetadata(view.entity);
  const primary = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  if (primary.length !== 1 || primary[0] !== 'key')
    throw new Error(`${metadata.name}: the primary column of a view is \`key\``);
  const shape = rowShape(metadata);
  const sql = statements(quote(table ?? metadata.tableName), shape);
  const fold = view.fold as Readonly<Record<string, Apply | undefined>>;
  const isFolded = ({ type }: Recorded): boolean => Object.hasOwn(fold, type);

  const handle = async (batch: readonly Recorded[], tx: EntityManager): Promise<void> => {
    const touches = batch.filter(isFolded).flatMap((event) => view.keys(event).map((key) => ({ key, event })));
    if (touches.length === 0) return;
    const keys = [...new Set(touches.map(({ key }) => key))];
    const before = new Map<string, Row>();
    for (const row of await tx.query<Row[]>(sql.load, [keys])) before.set(row['key'] as string, shape.settle(row));
    const after = new Map<string, Row | undefined>(before);
    for (const { key, event } of touches) {
      const old = after.get(key);
      const row = fold[event.type]!(old, event, key);
      after.set(key, row && row !== old ? shape.settle({ ...row, key }) : row);
    }
    const changed = [...after].filter(([key, row]) => row !== before.get(key));
    const written = changed.map(([, row]) => row).filter((row) => row !== undefined);
    const deleted = changed.flatMap(([key, row]) => (row ? [] : key));
    if (written.length > 0) await tx.query(sql.write, [shape.toJson(written)]);
    if (deleted.length > 0) await tx.query(sql.delete, [deleted]);
  };
  const concerns = (event: Recorded) => isFolded(event) && view.keys(event).length > 0;
  return { name: view.name, role: 'views', batchLimit, concerns, handle };
};

/** A set of rows costs three round trips whatever its size. */
const batchLimit = 2_000;

const statements = (table: string, { columns, selected }: RowShape) => {
  const names = columns.map(({ name }) => quote(name)).join(', ');
  const others = columns.filter(({ name }) => name !== 'key').map(({ name }) => quote(name));
  const update =
    others.length > 0 ? `UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}` : 'NOTHING';
  return {
    load: `SELECT ${selected} FROM ${table} WHERE key = ANY($1)`,
    write: `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(null::${table}, $1::json)
      ON CONFLICT (key) DO ${update}`,
    delete: `DELETE FROM ${table} WHERE key = ANY($1)`,
  };
};
