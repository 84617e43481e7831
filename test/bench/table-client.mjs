// What Postgres can take: the rows of a view once more, by `INSERT … SELECT … FROM unnest(arrays)` and nothing else.
import { Client } from 'pg';
import { serveJobs } from './inflight.mjs';

const client = new Client(process.argv[2]);
await client.connect();
await client.query('SET statement_timeout = 0; SET synchronous_commit = off');
const pieceRows = 2_000;
const columnsSql = `SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`;

const isArray = ({ type }) => type.endsWith('[]');

/** @param {{ table: string, indexes: boolean }} job into a copy of the table, empty, with all its indexes or none */
const insert = async ({ table, indexes }) => {
  const { rows: columns } = await client.query(columnsSql, [table]);
  const names = columns.map(({ name }) => name).join(', ');
  const asArrays = columns.map(({ name }) => `array_agg(${name}::text)::text AS ${name}`).join(', ');
  const numbered = `SELECT *, (row_number() OVER () - 1) / ${pieceRows} AS piece FROM ${table}`;
  // Postgres writes the arrays itself: all that is measured is to send and to store them
  const { rows: pieces } = await client.query(
    `SELECT count(*) AS rows, ${asArrays} FROM (${numbered}) t GROUP BY piece`,
  );
  const target = 'bench_copy';
  await client.query(`DROP TABLE IF EXISTS ${target}`);
  await client.query(`CREATE TABLE ${target} (LIKE ${table}${indexes ? ' INCLUDING ALL' : ''})`);
  const sent = columns.map((column, at) => `$${at + 1}::${isArray(column) ? 'text' : column.type}[]`).join(', ');
  const taken = columns.map((column) => `${column.name}${isArray(column) ? `::${column.type}` : ''}`).join(', ');
  const sql = `INSERT INTO ${target} (${names}) SELECT ${taken} FROM unnest(${sent}) AS sent (${names})`;
  let calls = 0;
  const began = performance.now();
  for (const { rows, piece: _, ...arrays } of pieces) {
    await client.query(sql, Object.values(arrays));
    calls += Number(rows);
  }
  const seconds = (performance.now() - began) / 1_000;
  await client.query(`DROP TABLE ${target}`);
  return { calls, seconds };
};

serveJobs(insert);
