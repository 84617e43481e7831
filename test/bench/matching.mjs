import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { schema } from '../../dist/apps/schema.js';
import { indexClaims, openCandidateSearch } from '../../dist/libs/matching/candidate-search.js';
import { match, standardThresholds } from '../../dist/libs/matching/match.js';
import { openDatabase } from '../../dist/libs/platform/postgres/data-source.js';
import { startPostgres } from '../../dist/libs/platform/postgres/embedded-postgres.js';
import { migrate } from '../../dist/libs/platform/postgres/migrate.js';
import { companiesOf, recordOf } from './company-names.mjs';

const program = new Command('bench:matching')
  .description(
    'Measures the search for candidates and the scores on made-up companies, in a Postgres of its own that it removes. Judges nothing.',
  )
  .option('--million', 'a million claims too: some minutes more')
  .option('--sizes <list>', 'numbers of claims, rising', (list) => list.split(',').map(Number), [10_000, 100_000])
  .option('--json', 'one JSON object on stdout')
  .parse();
const { million, sizes: asked, json } = program.opts();
const sizes = million ? [...asked, 1_000_000] : asked;
const vendor = 'bench';
const batch = 64;

const say = (line) => console.error(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}`);
const rounded = (value, digits = 2) => Number(value.toFixed(digits));
const quantile = (times, q) => times.toSorted((a, b) => a - b)[Math.floor(q * (times.length - 1))];
const spread = (times) => ({ p50: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) });

const { company, twin } = companiesOf(1);
const claim = (n) => ({ place: n + 1, record: recordOf(company(n)) });
/** Asks for the twin of every so manieth claim. */
const asksOf = (size, count, from = 0) =>
  Array.from({ length: count }, (_, k) => {
    const n = Math.floor(((k + from + 0.5) * 7_919) % size);
    return { place: n + 1, record: twin(company(n), n) };
  });

const timed = async (work) => {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
};

const load = async (database, from, to, to_vendor = vendor) => {
  const chunk = 2_000;
  for (let n = from; n < to; n += chunk) {
    const claims = Array.from({ length: Math.min(chunk, to - n) }, (_, k) => claim(n + k));
    await database.transaction((tx) => indexClaims(tx, to_vendor, claims));
  }
};

const single = async (search, manager, asks) => {
  const times = [];
  let found = 0;
  for (const { place, record } of asks) {
    const { ms, result } = await timed(() => search.find(manager, vendor, [record]));
    times.push(ms);
    if (result[0].includes(place)) found += 1;
  }
  return { ...spread(times), recall: rounded(found / asks.length, 4) };
};

/** As screening does it: search for a batch, then compare each with its candidates. */
const batched = async (search, manager, asks) => {
  let [compared, searching] = [0, 0];
  const { ms } = await timed(async () => {
    for (let from = 0; from < asks.length; from += batch) {
      const part = asks.slice(from, from + batch).map(({ record }) => ({ ...record }));
      const { ms: took, result } = await timed(() => search.find(manager, vendor, part));
      searching += took;
      for (const [at, places] of result.entries())
        for (const place of places) {
          match(part[at], claim(place - 1).record, standardThresholds);
          compared += 1;
        }
    }
  });
  return {
    perSecond: Math.round((asks.length / ms) * 1_000),
    searchesPerSecond: Math.round((asks.length / searching) * 1_000),
    comparedPerClaim: rounded(compared / asks.length, 1),
  };
};

const sizeOf = async (database) => {
  const [row] = await database.query(
    `SELECT pg_relation_size('candidate_posting_pkey') AS index, pg_total_relation_size('candidate_posting') + pg_total_relation_size('candidate_claim') AS total`,
  );
  return { indexMb: Math.round(row.index / 1e6), totalMb: Math.round(row.total / 1e6) };
};

const main = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiebreak-matching-'));
  const postgres = await startPostgres(folder);
  try {
    await migrate(postgres.url, schema);
    const database = await openDatabase(postgres.url, schema, { statementTimeoutMs: 0 });
    const figures = [];
    let loaded = 0;
    for (const size of sizes) {
      const { ms } = await timed(() => load(database, loaded, size));
      const added = size - loaded;
      loaded = size;
      await database.query('VACUUM ANALYZE candidate_posting');
      const search = openCandidateSearch();
      const { ms: sampling } = await timed(() => search.find(database.manager, vendor, [claim(0).record]));
      await single(search, database.manager, asksOf(size, 100, 5_000));
      const one = await single(search, database.manager, asksOf(size, 1_000));
      const many = await batched(search, database.manager, asksOf(size, 3_000, 2_000));
      const row = {
        size,
        ...one,
        ...many,
        samplingMs: Math.round(sampling),
        indexedPerSecond: Math.round((added / ms) * 1_000),
        ...(await sizeOf(database)),
      };
      say(JSON.stringify(row));
      figures.push(row);
    }
    await database.destroy();
    if (json)
      console.log(JSON.stringify({ machine: `${cpus()[0].model.trim()} × ${availableParallelism()}`, figures }));
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};

await main();
