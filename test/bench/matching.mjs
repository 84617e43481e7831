import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { schema } from '../../dist/apps/schema.js';
import { launch } from '../../dist/apps/standalone/child.js';
import { featuresOf } from '../../dist/libs/matching/candidate-features.js';
import { list, numberFor } from '../../dist/libs/matching/candidate-postings.js';
import { openCandidateSearch } from '../../dist/libs/matching/candidate-search.js';
import { match, standardThresholds } from '../../dist/libs/matching/match.js';
import { openDatabase } from '../../dist/libs/platform/postgres/data-source.js';
import { startPostgres } from '../../dist/libs/platform/postgres/embedded-postgres.js';
import { migrate } from '../../dist/libs/platform/postgres/migrate.js';
import { claimsAt, saveClaims } from '../../dist/libs/screening/screening-claim.js';
import { companiesOf, recordOf } from './company-names.mjs';
import { quantile } from './figures.mjs';
import { claimOf, measureScreening } from './screening-run.mjs';

const program = new Command('bench:matching')
  .description(
    'Measures the search for candidates, the scores, and screening from end to end on made-up companies, in a folder of its own that it removes. Judges nothing.',
  )
  .option('--million', 'a million claims too: a quarter of an hour more')
  .option('--quick', 'fewer claims and questions: a smoke test, no figures to keep')
  .option('--json', 'one JSON object on stdout')
  .parse();
const { million, quick, json } = program.opts();
const sizes = quick ? [2_000, 5_000] : [10_000, 100_000, ...(million ? [1_000_000] : [])];
const questions = quick ? 200 : 1_500;
/** As many claims as this share of the first vendor's have the others. */
const others = { names: ['second', 'third', 'fourth', 'fifth'], share: 0.05 };
const vendor = 'demo';
const batch = 64;
/** Beyond, each takes seconds. */
const mostForTrigrams = 100_000;

const say = (line) => console.error(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${line}`);
const digits = (value) => Number(value.toPrecision(3));
const spread = (times) => ({ p50: digits(quantile(times, 0.5)), p95: digits(quantile(times, 0.95)) });
const timed = async (work) => {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
};

/** Milliseconds of a processor that this process took, without Postgres: what other programs on the machine change little. */
const cpuMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

const companies = companiesOf(1);
const { company, twin } = companies;
/** Twins of claims all over the list. */
const asksOf = (size, count, from) =>
  Array.from({ length: count }, (_, k) => {
    const n = ((k + from) * 7_919) % size;
    return { place: n + 1, record: twin(company(n), n) };
  });

/** As screening would have left them; without indexes where so many come that these are cheaper made at the end. */
const fill = async (database, of, from, to) => {
  const bulk = to - from > 200_000;
  const key = 'candidate_posting_pkey';
  if (bulk) await database.query(`ALTER TABLE candidate_posting DROP CONSTRAINT ${key}`);
  for (let n = from; n < to; n += 2_000) {
    const claims = Array.from({ length: Math.min(2_000, to - n) }, (_, k) => claimOf(companies, n + k));
    await database.transaction(async (tx) => {
      await saveClaims(tx, of, claims);
      const entering = new Map(claims.map(({ place, record }) => [place, featuresOf(record)]));
      await list(tx, await numberFor(tx, of), entering);
    });
    if (n % 100_000 === 0 && n > from) say(`${n} claims`);
  }
  if (bulk)
    await database.query(
      `ALTER TABLE candidate_posting ADD CONSTRAINT ${key} PRIMARY KEY (vendor, feature, place) INCLUDE (counts)`,
    );
  await database.query('VACUUM ANALYZE candidate_posting');
  await database.query('VACUUM ANALYZE screening_claim');
};

/** Search alone, and with the candidates read and compared, as the partners' check does both. */
const oneByOne = async (search, database, asks) => {
  const [times, scored] = [[], []];
  let found = 0;
  for (const { place, record } of asks) {
    const { ms, result } = await timed(() => search.find(database.manager, vendor, [record]));
    times.push(ms);
    if (result[0].includes(place)) found += 1;
    const { ms: more } = await timed(async () => {
      for (const other of await claimsAt(database.manager, vendor, result[0]))
        match(record, other.record, standardThresholds);
    });
    scored.push(ms + more);
  }
  return { ...spread(times), scored: spread(scored), recall: digits(found / asks.length) };
};

/** Search alone, and with the candidates read and compared, as screening does both. */
const inBatches = async (search, database, asks) => {
  let [searching, proposed] = [0, 0];
  const before = process.cpuUsage();
  const { ms } = await timed(async () => {
    for (let from = 0; from < asks.length; from += batch) {
      const part = asks.slice(from, from + batch).map(({ record }) => ({ ...record }));
      const { ms: took, result } = await timed(() => search.find(database.manager, vendor, part));
      searching += took;
      const rows = await claimsAt(database.manager, vendor, [...new Set(result.flat())]);
      const recordAt = new Map(rows.map(({ place, record }) => [place, record]));
      for (const [at, places] of result.entries())
        for (const place of places) {
          match(part[at], recordAt.get(place), standardThresholds);
          proposed += 1;
        }
    }
  });
  return {
    searchedPerSecond: Math.round((asks.length / searching) * 1_000),
    scoredPerSecond: Math.round((asks.length / ms) * 1_000),
    candidatesPerClaim: digits(proposed / asks.length),
    cpuMsPerClaim: digits(cpuMs(before) / asks.length),
  };
};

/** Questions while claims come in as fast as they can be written, from another connection. */
const whileWriting = async (search, database, size, asks) => {
  const over = new AbortController();
  let written = 0;
  const write = async () => {
    const number = await numberFor(database.manager, vendor);
    while (!over.signal.aborted) {
      const entering = new Map(
        Array.from({ length: batch }, (_, k) => {
          const n = size + 1_000_000 + written + k;
          return [n, featuresOf(recordOf(company(n)))];
        }),
      );
      await database.transaction((tx) => list(tx, number, entering));
      written += batch;
    }
  };
  const writing = write();
  const { ms, result } = await timed(() => oneByOne(search, database, asks));
  over.abort();
  await writing;
  await database.query(
    `WITH gone AS (DELETE FROM candidate_claim WHERE place >= $1 RETURNING vendor, place)
     DELETE FROM candidate_posting posting USING gone WHERE posting.vendor = gone.vendor AND posting.place = gone.place`,
    [size + 1_000_000],
  );
  await database.query('VACUUM candidate_posting');
  return {
    whileWriting: {
      p50: result.p50,
      p95: result.p95,
      scored: result.scored,
      writtenPerSecond: Math.round((written / ms) * 1_000),
    },
  };
};

/** What comes with Postgres, on the same names. */
const byTrigrams = async (database, size, asks) => {
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  await database.query(
    `CREATE TABLE trigrams AS SELECT place, lower(record->>'name') AS name FROM screening_claim WHERE vendor = $1`,
    [vendor],
  );
  await database.query('CREATE INDEX ON trigrams USING gin (name gin_trgm_ops)');
  await database.query('VACUUM ANALYZE trigrams');
  const [times, { length }] = [[], asks];
  let found = 0;
  for (const { place, record } of asks) {
    const { ms, result } = await timed(() =>
      database.query('SELECT place FROM trigrams WHERE name % $1 ORDER BY similarity(name, $1) DESC, place LIMIT 15', [
        record.name.toLowerCase(),
      ]),
    );
    times.push(ms);
    if (result.some((row) => row.place === place)) found += 1;
  }
  await database.query('DROP TABLE trigrams');
  return { trigrams: { ...spread(times), recall: digits(found / length) } };
};

const sizeOf = async (database) => {
  const [row] = await database.query(
    `SELECT pg_relation_size('candidate_posting_pkey') AS index, pg_relation_size('candidate_posting') AS postings,
       pg_total_relation_size('candidate_claim') AS claims, pg_total_relation_size('screening_claim') AS screening`,
  );
  return { megabytes: Object.fromEntries(Object.entries(row).map(([name, bytes]) => [name, Math.round(bytes / 1e6)])) };
};

const measure = async (database, size) => {
  const search = openCandidateSearch();
  const { ms } = await timed(() => search.find(database.manager, vendor, [{ name: 'Orion' }]));
  await oneByOne(search, database, asksOf(size, 200, 50_000));
  const asks = asksOf(size, questions, 0);
  return {
    claims: size,
    samplingMs: Math.round(ms),
    ...(await oneByOne(search, database, asks)),
    ...(await inBatches(search, database, asksOf(size, 2 * questions, 10_000))),
    ...(await whileWriting(search, database, size, asksOf(size, questions / 2, 20_000))),
    ...(size <= mostForTrigrams ? await byTrigrams(database, size, asks.slice(0, 150)) : {}),
    ...(await sizeOf(database)),
  };
};

const main = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiebreak-matching-'));
  const postgres = await startPostgres(join(folder, 'postgres'));
  const over = new AbortController();
  const logFile = join(folder, 'log.txt');
  let eventStoreUrl = '';
  const log = launch(
    {
      name: 'eventstore',
      entry: fileURLToPath(new URL('../../dist/libs/embedded-eventstore/main.js', import.meta.url)),
      args: ['--port', '0', '--data', join(folder, 'log')],
      env: process.env,
      logFile,
      ready: /^ready (esdb:\S+)/,
      onReady: ([, url]) => (eventStoreUrl = url),
    },
    over.signal,
  );
  try {
    await log;
    await migrate(postgres.url, schema);
    const database = await openDatabase(postgres.url, schema, { statementTimeoutMs: 0 });
    const figures = [];
    let loaded = 0;
    for (const size of sizes) {
      say(`${size} claims, and ${others.names.length} other vendors with ${others.share * 100} % as many each`);
      for (const other of others.names)
        await fill(database, other, Math.round(loaded * others.share), Math.round(size * others.share));
      await fill(database, vendor, loaded, size);
      loaded = size;
      figures.push(await measure(database, size));
      say(JSON.stringify(figures.at(-1)));
      if (size !== (quick ? sizes.at(-1) : 100_000)) continue;
      // later sizes begin behind what this leaves
      const count = quick ? 300 : 3_000;
      const screened = await measureScreening({ database, eventStoreUrl, vendor, companies, known: size, count });
      say(JSON.stringify({ claims: size, ...screened }));
      figures.push({ claims: size, endToEnd: screened });
      loaded += count;
    }
    await database.destroy();
    const machine = `${cpus()[0].model.trim()} × ${availableParallelism()}, Node ${process.version}`;
    if (json) console.log(JSON.stringify({ machine, figures }));
  } finally {
    over.abort();
    await log.then(({ ended }) => ended).catch(() => undefined);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};

await main();
process.exit();
