import type { EntityMetadata } from 'typeorm';

export type Row = Record<string, unknown>;
type Column = { readonly property: string; readonly name: string; readonly type: string; readonly array: boolean };

/** How rows of an entity travel between Postgres and a fold, which sees them alike whether they come from there or not. */
export type RowShape = {
  readonly columns: readonly Column[];
  /** For a SELECT: each column under its property's name. */
  readonly selected: string;
  /** Every column present, null for what is missing, instants in UTC with milliseconds, numerics as strings. */
  settle(row: Row): Row;
  /** For json_populate_recordset: settled rows under the names of their columns. */
  toJson(rows: readonly Row[]): string;
};

export const rowShape = (metadata: EntityMetadata): RowShape => {
  const columns = metadata.columns.map((column) => ({
    property: column.propertyName,
    name: column.databaseName,
    type: typeof column.type === 'string' ? column.type : column.type.name.toLowerCase(),
    array: column.isArray,
  }));
  const selected = columns.map(({ property, name, type }) => {
    // pg would make a local midnight of it
    const value = type === 'date' ? `${quote(name)}::text` : quote(name);
    return `${value} AS ${quote(property)}`;
  });
  return {
    columns,
    selected: selected.join(', '),
    settle(row) {
      const settled: Row = {};
      for (const { property, type, array } of columns) {
        const value = row[property] ?? null;
        settled[property] = value === null || array ? value : settleValue(value, type);
      }
      return settled;
    },
    toJson(rows) {
      const named = rows.map((row) => Object.fromEntries(columns.map(({ property, name }) => [name, row[property]])));
      const text = JSON.stringify(named);
      // Postgres keeps neither NUL nor half a surrogate pair: such text must not stop a view
      return /\\u(?:0000|d[89a-f])/.test(text) ? JSON.stringify(named, (_, value: unknown) => storable(value)) : text;
    },
  };
};

/** An SQL identifier. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

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

const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') : value;
