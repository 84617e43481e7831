import type { DataSource } from 'typeorm';
import type { Recorded } from '../event-store/event-store.js';
import type { Sql } from './checkpoint.js';
import type { Processor, View } from './processor.js';
import { quote, type Row, rowShape, type RowShape } from './rows.js';

type Apply = (row: Row | undefined, event: Recorded, key: string) => Row | undefined;
/** An event and one of the rows that it touches. */
type Touch = { readonly key: string; readonly event: Recorded };
/** Rows by key; undefined: there is none. */
export type Rows = ReadonlyMap<string, Row | undefined>;

/** A view's fold and its table. */
export type ViewTable = {
  readonly touches: (events: readonly Recorded[]) => readonly Touch[];
  readonly load: (sql: Sql, keys: readonly string[]) => Promise<Rows>;
  /** What `touches` make of `rows`: those that changed. */
  readonly fold: (touches: readonly Touch[], rows: Rows) => Rows;
  readonly write: (sql: Sql, changed: Rows) => Promise<void>;
};

/** @param table this one instead of the entity's own */
export const viewTable = (view: View, database: DataSource, table?: string): ViewTable => {
  const metadata = database.getMetadata(view.entity);
  const primary = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  if (primary.length !== 1 || primary[0] !== 'key')
    throw new Error(`${metadata.name}: the primary column of a view is \`key\``);
  const shape = rowShape(metadata);
  const sql = statements(quote(table ?? metadata.tableName), shape);
  const folds = view.fold as Readonly<Record<string, Apply | undefined>>;

  return {
    touches: (events) =>
      events.flatMap((event) =>
        Object.hasOwn(folds, event.type) ? view.keys(event).map((key) => ({ key, event })) : [],
      ),
    async load(tx, keys) {
      const found = keys.length === 0 ? [] : await tx.query<Row[]>(sql.load, [keys]);
      const rows = new Map<string, Row | undefined>(keys.map((key) => [key, undefined]));
      for (const row of found) rows.set(row['key'] as string, shape.settle(row));
      return rows;
    },
    fold(touches, rows) {
      const after = new Map<string, Row | undefined>();
      for (const { key, event } of touches) {
        const old = after.has(key) ? after.get(key) : rows.get(key);
        const row = folds[event.type]!(old, event, key);
        after.set(key, row && row !== old ? shape.settle({ ...row, key }) : row);
      }
      for (const [key, row] of after) if (row === rows.get(key)) after.delete(key);
      return after;
    },
    async write(tx, changed) {
      const written = [...changed.values()].filter((row) => row !== undefined);
      const deleted = [...changed].flatMap(([key, row]) => (row ? [] : key));
      if (written.length > 0) await tx.query(sql.write, shape.toArrays(written));
      if (deleted.length > 0) await tx.query(sql.delete, [deleted]);
    },
  };
};

/** The processor of a view. A batch is one select of the rows it touches, a fold in memory, one upsert and one delete. */
export const viewProcessor = (view: View, database: DataSource, table?: string): Processor => {
  const { touches, load, fold, write } = viewTable(view, database, table);
  return {
    name: view.name,
    role: 'views',
    batchLimit,
    concerns: (event) => touches([event]).length > 0,
    async handle(batch, tx) {
      const touched = touches(batch);
      if (touched.length === 0) return;
      const rows = await load(tx, [...new Set(touched.map(({ key }) => key))]);
      await write(tx, fold(touched, rows));
    },
  };
};

/** A set of rows costs three round trips whatever its size. */
const batchLimit = 2_000;

const statements = (table: string, { columns, selected, unnested }: RowShape) => {
  const names = columns.map(({ name }) => quote(name)).join(', ');
  const others = columns.filter(({ name }) => name !== 'key').map(({ name }) => quote(name));
  const update =
    others.length > 0 ? `UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}` : 'NOTHING';
  return {
    load: `SELECT ${selected} FROM ${table} WHERE key = ANY($1)`,
    write: `INSERT INTO ${table} (${names}) ${unnested} ON CONFLICT (key) DO ${update}`,
    delete: `DELETE FROM ${table} WHERE key = ANY($1)`,
  };
};
