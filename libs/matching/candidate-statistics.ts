import type { EntityManager } from 'typeorm';

/** How common features are among a vendor's claims, by a sample: as good for a search as the exact numbers. */
export type Statistics = {
  /** Claims that are searched. */
  readonly total: number;
  /** Claims that have the feature, about; above 0. */
  readonly frequencyOf: (feature: number) => number;
};

/** One feature that a search asks for, and what it tells: more, the rarer it is. */
export type Term = { readonly feature: number; readonly weight: number };

const sampled = 20_000;
/** A sample is taken anew after so long, or once so many more claims are there, which is looked at now and then. */
const freshMs = 300_000;
const lookMs = 3_000;
const outgrown = (last: number, sampledTo: number): boolean => last > sampledTo + Math.max(500, sampledTo / 4);

/** The work of a search follows this: claims that its terms lead to, counted with repeats. */
const budgetOf = (total: number): number => Math.max(300, 1.5 * total ** 0.6);

/** The rarest features, until they lead to more claims than a search may look at; one at least. */
export const termsOf = (features: Iterable<number>, { total, frequencyOf }: Statistics): Term[] => {
  const rarest = [...features]
    .map((feature) => ({ feature, frequency: frequencyOf(feature) }))
    .toSorted((a, b) => a.frequency - b.frequency || a.feature - b.feature);
  const budget = budgetOf(total);
  const terms: Term[] = [];
  let leadsTo = 0;
  for (const { feature, frequency } of rarest) {
    leadsTo += frequency;
    if (terms.length > 0 && leadsTo > budget) break;
    terms.push({ feature, weight: Math.round(100 * Math.log(1 + total / frequency)) });
  }
  return terms;
};

type Sample = Statistics & { readonly takenAt: number; readonly last: number; lookedAt: number };

const lastPlace = async (tx: EntityManager, vendor: number): Promise<number> => {
  const [row] = await tx.query<[{ last: number }]>(
    'SELECT coalesce(max(place), 0) AS last FROM candidate_claim WHERE vendor = $1',
    [vendor],
  );
  return row.last;
};

const sampleOf = async (tx: EntityManager, vendor: number): Promise<Sample> => {
  const last = await lastPlace(tx, vendor);
  // every n-th place: the same claims, the same answer, in every process
  const step = Math.max(1, Math.ceil(last / sampled));
  const rows = await tx.query<{ feature: number | null; count: number }[]>(
    `WITH sample AS MATERIALIZED (
       SELECT features FROM generate_series($2::int, $3::int, $2::int) nth
       CROSS JOIN LATERAL (SELECT features FROM candidate_claim WHERE vendor = $1 AND place = nth OFFSET 0) claim)
     SELECT null AS feature, count(*)::int AS count FROM sample
     UNION ALL
     SELECT feature, count(*)::int FROM sample, unnest(features) feature GROUP BY feature HAVING count(*) > 1`,
    [vendor, step, last],
  );
  const counts = new Map<number, number>();
  let size = 0;
  for (const { feature, count } of rows) {
    if (feature === null) size = count;
    else counts.set(feature, count);
  }
  const now = performance.now();
  return {
    total: Math.max(1, size * step),
    // of those seen once or never the truth lies between nothing and a step
    frequencyOf: (feature) => (counts.get(feature) ?? 0.7) * step,
    takenAt: now,
    lookedAt: now,
    last,
  };
};

/** The statistics of all vendors, kept for some minutes. */
export const openStatistics = () => {
  const samples = new Map<number, Sample>();
  const isFresh = async (tx: EntityManager, vendor: number, known: Sample): Promise<boolean> => {
    const now = performance.now();
    if (now - known.takenAt > freshMs) return false;
    if (now - known.lookedAt < lookMs) return true;
    known.lookedAt = now;
    return !outgrown(await lastPlace(tx, vendor), known.last);
  };
  return {
    async of(tx: EntityManager, vendor: number): Promise<Statistics> {
      const known = samples.get(vendor);
      if (known && (await isFresh(tx, vendor, known))) return known;
      const sample = await sampleOf(tx, vendor);
      samples.delete(vendor);
      samples.set(vendor, sample);
      if (samples.size > mostVendors) samples.delete(samples.keys().next().value!);
      return sample;
    },
  };
};

/** A sample is about 2 MB. */
const mostVendors = 50;
