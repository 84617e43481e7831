import { Client } from 'pg';

/** Rows as Postgres writes them, in order; by table. */
export type Dump = ReadonlyMap<string, readonly string[]>;

export const queryAll = async <R extends object>(url: string, sql: string): Promise<R[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** Kept for requests or runners, not made from the log. */
const notOfTheLog = ['processor_checkpoint', 'processor_skip', 'idempotency_key', 'migration'];
/** What of a table's row has to be the same again: not the time on the wall, nor a number that a sequence gave. */
const vendorByName = `to_jsonb(t) || jsonb_build_object('vendor', (SELECT v.vendor FROM candidate_vendor v WHERE v.number = t.vendor))`;
const comparable: Readonly<Record<string, string>> = {
  exclusivity_grant: `to_jsonb(t) - 'taken_at'`,
  candidate_vendor: `to_jsonb(t) - 'number'`,
  candidate_claim: vendorByName,
  candidate_posting: vendorByName,
};

/** Every table that follows from the log. */
export const dumpTables = async (url: string): Promise<Dump> => {
  const tables = await queryAll<{ name: string }>(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const dump = new Map<string, string[]>();
  for (const { name } of tables) {
    if (notOfTheLog.includes(name)) continue;
    const row = comparable[name] ?? 'to_jsonb(t)';
    const rows = await queryAll<{ row: string }>(url, `SELECT (${row})::text AS row FROM "${name}" t`);
    dump.set(name, rows.map((each) => each.row).toSorted());
  }
  return dump;
};

/** Where two dumps differ; a few rows of each table. */
export const compareDumps = (what: string, one: Dump, other: Dump): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].flatMap((table) => {
    const [left, right] = [new Set(one.get(table)), new Set(other.get(table))];
    const gone = [...left].filter((row) => !right.has(row)).map((row) => `${what}: ${table} had ${row.slice(0, 600)}`);
    const come = [...right]
      .filter((row) => !left.has(row))
      .map((row) => `${what}: ${table} now has ${row.slice(0, 600)}`);
    const counts =
      (one.get(table)?.length ?? -1) === (other.get(table)?.length ?? -1)
        ? []
        : [`${what}: ${table} had ${one.get(table)?.length ?? 'no'} rows, now ${other.get(table)?.length ?? 'no'}`];
    return [...counts, ...gone.slice(0, 3), ...come.slice(0, 3)];
  });
