import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { until } from '../../test/support/until.js';
import { dropClaims, indexClaims, openCandidateSearch } from './candidate-search.js';
import { candidateSearchMigrations } from './candidate-search.migrations.js';
import { candidateVacuum } from './candidate-vacuum.js';
import type { ClaimRecord } from './claim-record.js';

const vendor = 'demo';
const named = (name: string, more: Partial<ClaimRecord> = {}): ClaimRecord => ({ name, countryCode: 'PL', ...more });
let db: TestDatabase;
const search = openCandidateSearch();

beforeEach(async () => {
  db = await startDatabase({ entities: [], migrations: candidateSearchMigrations });
});
afterEach(() => db.drop());

const index = (records: readonly ClaimRecord[], from = 1, of = vendor) =>
  indexClaims(
    db.database.manager,
    of,
    records.map((record, at) => ({ place: from + at, record })),
  );
const find = async (record: ClaimRecord, limit?: number) =>
  (await openCandidateSearch().find(db.database.manager, vendor, [record], limit))[0];

describe('the search', () => {
  it('finds nothing where nothing is', async () => {
    expect(await find(named('Orion'))).toEqual([]);
    expect(await search.find(db.database.manager, vendor, [])).toEqual([]);
  });

  it('proposes who shares a key before who has a like name, and the surer key first', async () => {
    await index([
      named('Orion Systems'),
      named('Sirius', { phone: '22 123 45 67' }),
      named('Vega', { domain: 'orion.pl' }),
      named('Altair'),
    ]);
    expect(await find(named('Orion Systems', { phone: '+48221234567', domain: 'orion.pl' }))).toEqual([3, 2, 1]);
  });

  it('answers each of many as it would answer it alone', async () => {
    const records = ['Orion Systems', 'Orion Software', 'Sirius Systems', 'Sirius Bau'].map((name) => named(name));
    await index(records);
    const together = await search.find(db.database.manager, vendor, records);
    expect(together).toEqual(await Promise.all(records.map((record) => find(record))));
    expect(together.map(([first]) => first)).toEqual([1, 2, 3, 4]);
  });

  it('keeps to the limit, the earliest first of those alike', async () => {
    await index(Array.from({ length: 40 }, () => named('Orion Systems')));
    expect(await find(named('Orion Systems'))).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
    expect(await find(named('Orion Systems'), 3)).toEqual([1, 2, 3]);
  });

  it('of equal names prefers those of the same country', async () => {
    await index([named('Orion Systems', { countryCode: 'DE' }), named('Orion Systems')]);
    expect(await find(named('Orion Systems'))).toEqual([2, 1]);
  });

  it('leaves room for the name where many share a key, and looks at a bounded number of those', async () => {
    const phone = '22 123 45 67';
    await index([
      ...Array.from({ length: 100 }, (_, at) =>
        named(`${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10)]}`, { phone }),
      ),
      named('Orion Systems'),
    ]);
    const found = await find(named('Orion System', { phone }));
    expect(found).toContain(101);
    expect(found).toHaveLength(15);
    expect(found!.slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('finds the surest key among many that share a weak one', async () => {
    const phone = '22 123 45 67';
    const registryIds = [{ type: 'vat', value: 'PL5260250274' }];
    await index([...Array.from({ length: 100 }, () => named('Centrala', { phone })), named('Sirius', { registryIds })]);
    expect((await find(named('Centrala', { phone, registryIds })))![0]).toBe(101);
  });

  it('knows claims of its vendor alone', async () => {
    await index([named('Orion Systems')], 1, 'other');
    await index([named('Sirius')], 7);
    expect(await find(named('Orion Systems'))).toEqual([]);
    expect(await find(named('Sirius'))).toEqual([7]);
  });

  it('forgets what was dropped and what a claim said before', async () => {
    await index([named('Orion Systems', { domain: 'orion.pl' }), named('Sirius'), named('Vega')]);
    await dropClaims(db.database.manager, vendor, [2]);
    await index([named('Altair')]);
    expect(await find(named('Orion Systems', { domain: 'orion.pl' }))).toEqual([]);
    expect(await find(named('Sirius'))).toEqual([]);
    expect(await find(named('Altair'))).toEqual([1]);
    const [left] = await db.database.query('SELECT count(DISTINCT place)::int AS places FROM candidate_posting');
    expect(left).toEqual({ places: 2 });
  });
});

describe('a procession', () => {
  it('lets each claim see those before it as if they were in the index, and what left no more', async () => {
    await index([named('Orion Systems'), named('Orion Systems')]);
    const asked = [
      named('Orion Systems'),
      named('Orion Systems', { domain: 'orion.pl' }),
      named('Orion', { domain: 'orion.pl' }),
    ];
    const pass = await search.ahead(db.database.manager, vendor, asked, 1);
    expect(pass.propose(0)).toEqual([1, 2]);
    pass.enter({ place: 3, record: asked[0]! });
    pass.leave(1);
    expect(pass.propose(1)).toEqual([2, 3]);
    pass.enter({ place: 4, record: asked[1]! });
    expect(pass.propose(2)).toEqual([4, 2, 3]);
    expect(pass.propose(2, 2)).toEqual([4, 3]);
    expect(await find(asked[2]!)).toEqual([1, 2]);
    await pass.write();
    expect(await find(asked[2]!)).toEqual([4, 2, 3]);
  });

  it('proposes with spare places whoever comes in where so many leave', async () => {
    const phone = '22 123 45 67';
    await index([
      ...Array.from({ length: 20 }, (_, at) => named(`${'abcdefghijklmnopqrst'[at]}x`, { phone })),
      ...Array.from({ length: 20 }, () => named('Orion Systems')),
    ]);
    const asked = [named('Orion Systems', { phone })];
    const pass = await search.ahead(db.database.manager, vendor, asked, 3);
    const [before, spare] = [pass.propose(0), pass.propose(0, undefined, 3)];
    expect(spare).toEqual(expect.arrayContaining([...before]));
    for (const place of [1, 2, 21]) pass.leave(place);
    const left = pass.propose(0);
    expect(left.filter((place) => !before.includes(place))).toHaveLength(3);
    expect(spare).toEqual(expect.arrayContaining([...left]));
  });

  it('fills the places of those that left', async () => {
    await index(Array.from({ length: 20 }, () => named('Orion Systems')));
    const pass = await search.ahead(db.database.manager, vendor, [named('Orion Systems')], 3);
    for (const place of [1, 5, 9]) pass.leave(place);
    expect(pass.propose(0)).toEqual([2, 3, 4, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
  });
});

it('is vacuumed as soon as much has come in', async () => {
  const claims = Array.from({ length: 1_500 }, (_, at) => ({
    place: at + 1,
    record: named(`Firma ${String(at).repeat(3)} Usługi Handlowe`),
  }));
  await db.database.transaction(async (tx) => {
    await indexClaims(tx, vendor, claims);
    // the count of rows that came in is told to the others now and then only
    await tx.query('SELECT pg_stat_force_next_flush()');
  });
  const vacuums = async () => {
    await candidateVacuum.run(db.database);
    const [table] = await db.database.query<[{ count: number }]>(
      `SELECT vacuum_count::int AS count FROM pg_stat_user_tables WHERE relname = 'candidate_posting'`,
    );
    return table.count;
  };
  await until('a vacuum', vacuums);
  expect(await vacuums()).toBe(1);
});
