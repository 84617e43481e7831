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
  readonly similarTo: (record: ClaimRecord) => Promise<readonly number[]>;
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
  const search = openCandidateSearch();
  let [added, vacuumed] = [0, 0];
  return {
    add: async (records) => {
      const claims = records.map((record, nth) => ({ place: added + nth + 1, record }));
      await database.transaction((tx) => indexClaims(tx, vendor, claims));
      added += records.length;
      // autovacuum comes by once a minute: too seldom for a list that grows from nothing at full speed
      if (added - vacuumed < Math.max(1_000, vacuumed / 5)) return;
      await database.query('VACUUM ANALYZE candidate_posting, candidate_claim');
      vacuumed = added;
    },
    similarTo: async (record) => {
      const [places] = await search.find(database.manager, vendor, [record]);
      return places!.map((place) => place - 1);
    },
  };
};
