import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { indexClaims, openCandidateSearch } from '../../libs/matching/candidate-search.js';
import { candidateSearchMigrations } from '../../libs/matching/candidate-search.migrations.js';
import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { openDatabase, type Schema } from '../../libs/platform/postgres/data-source.js';
import { startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';
import { migrate } from '../../libs/platform/postgres/migrate.js';

/** A list's earlier claims, in the index that screening searches; by the numbers they were added in, from 0. */
export type KnownClaims = {
  readonly add: (records: readonly ClaimRecord[]) => Promise<void>;
  /** Of one claim alone, as the partners' check asks. */
  readonly similarTo: (record: ClaimRecord) => Promise<readonly number[]>;
  /** Of some, as screening asks: the same answers, for less. Where they are `entering`, each is known to those after it. */
  readonly similarToEach: (
    records: readonly ClaimRecord[],
    entering: boolean,
  ) => Promise<readonly (readonly number[])[]>;
};

export const knownSchema: Schema = { entities: [], migrations: candidateSearchMigrations };

/** With a Postgres of their own, in a temporary folder that is gone afterwards. */
export const withKnownClaims = async <T>(use: (known: KnownClaims, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'tiebreak-eval-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const postgres = await startPostgres(folder).catch(async (fault: unknown) => {
    await remove();
    throw fault;
  });
  const end = async () => {
    await postgres.stop();
    await remove();
  };
  // the server outlives a process that is merely killed
  const interrupted = () => void end().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    return await withIndex(postgres.url, (known) => use(known, folder));
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
    await end();
  }
};

const withIndex = async <T>(url: string, use: (known: KnownClaims) => Promise<T>): Promise<T> => {
  await migrate(url, knownSchema);
  const database = await openDatabase(url, knownSchema, { poolSize: 1, statementTimeoutMs: 0, lazyCommits: true });
  try {
    return await use(knownIn(database, 'measured'));
  } finally {
    await database.destroy();
  }
};

/** Of one vendor of a database that has the index. */
export const knownIn = (database: DataSource, vendor: string): KnownClaims => {
  let search = openCandidateSearch();
  let [added, settled] = [0, 0];
  // a list grows from nothing at full speed: vacuum and statistics, which go by the clock, are made to go by its size
  const settle = async () => {
    if (added - settled < Math.max(500, settled / 4)) return;
    await database.query('VACUUM ANALYZE candidate_posting, candidate_claim');
    search = openCandidateSearch();
    settled = added;
  };
  return {
    add: async (records) => {
      const claims = records.map((record, nth) => ({ place: added + nth + 1, record }));
      await database.transaction((tx) => indexClaims(tx, vendor, claims));
      added += records.length;
      await settle();
    },
    similarTo: async (record) => numbers((await search.find(database.manager, vendor, [record]))[0]!),
    similarToEach: async (records, entering) => {
      const proposed = await database.transaction(async (tx) => {
        const ahead = await search.ahead(tx, vendor, records, 0);
        const inTurn = records.map((record, nth) => {
          const places = ahead.propose(nth);
          if (entering) ahead.enter({ place: added + nth + 1, record });
          return numbers(places);
        });
        await ahead.write();
        return inTurn;
      });
      if (entering) added += records.length;
      await settle();
      return proposed;
    },
  };
};

const numbers = (places: readonly number[]) => places.map((place) => place - 1);
