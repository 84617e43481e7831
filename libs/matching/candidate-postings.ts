import type { EntityManager } from 'typeorm';
import type { Features } from './candidate-features.js';
import type { Hit } from './candidate-ranking.js';
import type { Term } from './candidate-statistics.js';

/** What one record asks of the table. */
export type Question = {
  readonly terms: readonly Term[];
  /** Feature and what it counts. */
  readonly keys: readonly (readonly [number, number])[];
};
export type Found = {
  /** Of each question the best, in order. */
  readonly names: readonly (readonly Hit[])[];
  /** Of each key of each question the earliest places. */
  readonly keys: readonly (readonly (readonly number[])[])[];
};

/** The vendor's number; 0 where nothing was ever indexed for it. */
export const numberOf = async (tx: EntityManager, vendor: string): Promise<number> => {
  const known = await tx.query<{ number: number }[]>('SELECT number FROM candidate_vendor WHERE vendor = $1', [vendor]);
  return known[0]?.number ?? 0;
};

export const numberFor = async (tx: EntityManager, vendor: string): Promise<number> => {
  const known = await numberOf(tx, vendor);
  if (known > 0) return known;
  await tx.query('INSERT INTO candidate_vendor (vendor) VALUES ($1) ON CONFLICT DO NOTHING', [vendor]);
  return numberOf(tx, vendor);
};

// OFFSET 0 keeps the inner select a loop over the index: joined in one piece, a plan may read the whole table
const byNames = `
  SELECT no::int - 1 AS no, array_agg(hit.place ORDER BY hit.score DESC, hit.place) AS places,
    array_agg(hit.score ORDER BY hit.score DESC, hit.place) AS scores
  FROM unnest($2::int[], $3::int[]) WITH ORDINALITY question(first, last, no)
  CROSS JOIN LATERAL (
    SELECT posting.place, sum(term.weight * posting.counts)::float8 AS score
    FROM unnest(($4::int[])[first:last], ($5::int[])[first:last]) term(feature, weight)
    CROSS JOIN LATERAL (
      SELECT place, counts FROM candidate_posting WHERE vendor = $1 AND feature = term.feature OFFSET 0) posting
    GROUP BY posting.place ORDER BY score DESC, posting.place LIMIT $6) hit
  GROUP BY no`;

const byKeys = `
  SELECT no::int - 1 AS no, array_agg(posting.place ORDER BY posting.place) AS places
  FROM unnest($2::int[]) WITH ORDINALITY asked(feature, no)
  CROSS JOIN LATERAL (
    SELECT place FROM candidate_posting WHERE vendor = $1 AND feature = asked.feature ORDER BY place LIMIT $3) posting
  GROUP BY no`;

export const search = async (
  tx: EntityManager,
  vendor: number,
  questions: readonly Question[],
  mostNamed: number,
  mostOfKey: number,
): Promise<Found> => {
  const terms = questions.flatMap((question) => question.terms);
  const keys = [...new Set(questions.flatMap((question) => question.keys.map(([feature]) => feature)))];
  const lasts = questions.map(() => 0);
  let last = 0;
  for (const [no, question] of questions.entries()) lasts[no] = last += question.terms.length;
  const named = await tx.query<{ no: number; places: number[]; scores: number[] }[]>(byNames, [
    vendor,
    questions.map((question, no) => lasts[no]! - question.terms.length + 1),
    lasts,
    terms.map(({ feature }) => feature),
    terms.map(({ weight }) => weight),
    mostNamed,
  ]);
  const keyed =
    keys.length === 0 ? [] : await tx.query<{ no: number; places: number[] }[]>(byKeys, [vendor, keys, mostOfKey]);
  const names: (readonly Hit[])[] = questions.map(() => []);
  for (const { no, places, scores } of named)
    names[no] = places.map((place, at): Hit => ({ place, score: scores[at]! }));
  const placesOf = new Map(keyed.map(({ no, places }) => [keys[no]!, places]));
  return { names, keys: questions.map((question) => question.keys.map(([feature]) => placesOf.get(feature) ?? [])) };
};

export const list = async (
  tx: EntityManager,
  vendor: number,
  entering: ReadonlyMap<number, Features>,
): Promise<void> => {
  const claims = [...entering].map(([place, { names, keys }]) => ({ place, features: new Map([...names, ...keys]) }));
  const rows = claims.flatMap(({ place, features }) =>
    [...features].map(([feature, counts]) => ({ place, feature, counts })),
  );
  // neighbours in the index one after the other
  rows.sort((a, b) => a.feature - b.feature || a.place - b.place);
  await tx.query(
    `INSERT INTO candidate_claim (vendor, place, features) SELECT $1, place, features::int[] FROM unnest($2::int[], $3::text[]) claim(place, features)`,
    [vendor, claims.map(({ place }) => place), claims.map(({ features }) => `{${[...features.keys()].join(',')}}`)],
  );
  await tx.query(
    `INSERT INTO candidate_posting (vendor, feature, place, counts)
     SELECT $1, * FROM unnest($2::int[], $3::int[], $4::smallint[])`,
    [vendor, rows.map(({ feature }) => feature), rows.map(({ place }) => place), rows.map(({ counts }) => counts)],
  );
};

export const unlist = async (tx: EntityManager, vendor: number, places: readonly number[]): Promise<void> => {
  await tx.query(
    `WITH gone AS (DELETE FROM candidate_claim WHERE vendor = $1 AND place = ANY($2::int[]) RETURNING place, features),
       loose AS (SELECT place, feature FROM gone, unnest(features) feature)
     DELETE FROM candidate_posting posting USING loose
     WHERE posting.vendor = $1 AND posting.feature = loose.feature AND posting.place = loose.place`,
    [vendor, places],
  );
};
