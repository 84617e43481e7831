import type { DataSource, EntityManager, EntityMetadata } from 'typeorm';
import type { Recorded } from '../event-store/event-store.js';
import type { Processor, View } from './processor.js';

type Row = Record<string, unknown>;
type Apply = (row: object | undefined, event: Recorded, key: string) => object | undefined;
type Column = { readonly property: string; readonly name: string; readonly type: string; readonly array: boolean };

/**
 * The processor of a view. A batch is one select of the rows it touches, a fold in memory, one upsert and one delete.
 * Rows look to the fold as if Postgres had kept them, whether they come from there or from earlier in the batch: every column
 * present, null for what is missing, instants in UTC with milliseconds, numerics as strings.
 *
 * @param table fill this one instead of the entity's own
 */
export const viewProcessor = (view: View, database: DataSource, table?: string): Processor => {
  const metadata = database.getMetadata(view.entity);
  const columns = columnsOf(metadata);
  const sql = statements(quote(table ?? metadata.tableName), columns);
  const fold = view.fold as Readonly<Record<string, Apply | undefined>>;
  const folded = (event: Recorded): event is Recorded => Object.hasOwn(fold, event.type);

  const handle = async (batch: readonly Recorded[], tx: EntityManager): Promise<void> => {
    const touches = batch.filter(folded).flatMap((event) => view.keys(event).map((key) => ({ key, event })));
    if (touches.length === 0) return;
    const keys = [...new Set(touches.map(({ key }) => key))];
    const before = new Map<string, object>();
    for (const row of await tx.query<Row[]>(sql.load, [keys])) before.set(row['key'] as string, settle(row, columns));
    const after = new Map<string, object | undefined>(before);
    for (const { key, event } of touches) {
      const old = after.get(key);
      const row = fold[event.type]!(old, event, key);
      after.set(key, row && row !== old ? settle({ ...row, key }, columns) : row);
    }
    const written: object[] = [];
    const deleted: string[] = [];
    for (const [key, row] of after) {
      if (row === before.get(key)) continue;
      if (row) written.push(row);
      else deleted.push(key);
    }
    if (written.length > 0) await tx.query(sql.write, [toJson(written, columns)]);
    if (deleted.length > 0) await tx.query(sql.delete, [deleted]);
  };
  const concerns = (event: Recorded) => folded(event) && view.keys(event).length > 0;
  return { name: view.name, role: 'views', concerns, handle };
};

/** An SQL identifier. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const columnsOf = (metadata: EntityMetadata): readonly Column[] => {
  const columns = metadata.columns.map((column) => ({
    property: column.propertyName,
    name: column.databaseName,
    type: typeof column.type === 'string' ? column.type : column.type.name.toLowerCase(),
    array: column.isArray,
  }));
  const primary = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  if (primary.length !== 1 || primary[0] !== 'key')
    throw new Error(`${metadata.name}: the primary column of a view is \`key\``);
  return columns;
};

const statements = (table: string, columns: readonly Column[]) => {
  const names = columns.map(({ name }) => quote(name)).join(', ');
  const loaded = columns.map(({ property, name, type }) => {
    // pg would make a local midnight of it
    const value = type === 'date' ? `${quote(name)}::text` : quote(name);
    return `${value} AS ${quote(property)}`;
  });
  const others = columns.filter(({ name }) => name !== 'key').map(({ name }) => quote(name));
  const update =
    others.length > 0 ? `UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}` : 'NOTHING';
  return {
    load: `SELECT ${loaded.join(', ')} FROM ${table} WHERE key = ANY($1)`,
    write: `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(null::${table}, $1::json)
      ON CONFLICT (key) DO ${update}`,
    delete: `DELETE FROM ${table} WHERE key = ANY($1)`,
  };
};

const settle = (row: Row, columns: readonly Column[]): object => {
  const settled: Row = {};
  for (const { property, type, array } of columns) {
    const value = row[property] ?? null;
    settled[property] = value === null || array ? value : settleValue(value, type);
  }
  return settled;
};

const settleValue = (value: unknown, type: string): unknown => {
  switch (type) {
    case 'timestamptz':
    case 'timestamp with time zone':
      return typeof value === 'string' && value.length === 24 && value.endsWith('Z')
        ? value
        : new Date(value as string | Date).toISOString();
    case 'numeric':
    case 'decimal':
    case 'bigint':
    case 'int8':
      return typeof value === 'string' ? value : String(value);
    default:
      return value;
  }
};

const toJson = (rows: readonly object[], columns: readonly Column[]): string => {
  const named = rows.map((row) =>
    Object.fromEntries(columns.map(({ property, name }) => [name, (row as Row)[property]])),
  );
  const text = JSON.stringify(named);
  // Postgres keeps neither NUL nor half a surrogate pair: such text must not stop the view
  if (!/\\u(?:0000|d[89a-f])/.test(text)) return text;
  return JSON.stringify(named, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') : value,
  );
};
