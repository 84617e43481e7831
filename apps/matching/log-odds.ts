/** One compared pair: what it says in words (`field:level`), whether it is one customer, and how much it counts. */
export type Example = { readonly levels: readonly string[]; readonly same: boolean; readonly counts: number };

export type LogOdds = { readonly prior: number; readonly weights: ReadonlyMap<string, number> };

export type Learning = {
  /** Levels that may only rise, in order: `field:level`. */
  readonly rising: readonly (readonly string[])[];
  /** What is not learned: `field:level`. */
  readonly fixed: ReadonlyMap<string, number>;
  /** Of the prior belief that a level says nothing, in examples. */
  readonly doubt: number;
  readonly rounds: number;
};

/** The nearest weights that never fall (pool adjacent violators), each counted as often as it was seen. */
const risen = (weights: readonly number[], seen: readonly number[]): number[] => {
  const pools: { sum: number; seen: number; size: number }[] = [];
  weights.forEach((weight, at) => {
    let pool = { sum: weight * (seen[at]! + 1e-6), seen: seen[at]! + 1e-6, size: 1 };
    for (let last = pools.at(-1); last && last.sum / last.seen > pool.sum / pool.seen; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, seen: last.seen + pool.seen, size: last.size + pool.size };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, seen: all, size }) => Array<number>(size).fill(sum / all));
};

/** Of a list's pairs most say the same in words: each once, with what counts for it and against. */
const merged = (examples: readonly Example[], idOf: (level: string) => number) => {
  const found = new Map<string, number>();
  const rows: Int32Array[] = [];
  const [alike, unlike]: [number[], number[]] = [[], []];
  for (const { levels, same, counts } of examples) {
    const row = Int32Array.from(levels, idOf);
    const key = row.join();
    const at = found.get(key) ?? rows.push(row) - 1;
    found.set(key, at);
    const side = same ? alike : unlike;
    side[at] = (side[at] ?? 0) + counts;
    const other = same ? unlike : alike;
    other[at] ??= 0;
  }
  return { rows, alike, unlike };
};

/**
 * Logistic regression over levels, by Newton steps along each weight at once, projected after each onto the orders given.
 * The same examples give the same weights.
 */
export const learn = (examples: readonly Example[], { rising, fixed, doubt, rounds }: Learning): LogOdds => {
  const ids = new Map<string, number>();
  const idOf = (level: string): number => {
    const known = ids.get(level) ?? ids.size;
    ids.set(level, known);
    return known;
  };
  const orders = rising.map((levels) => levels.map(idOf));
  const { rows, alike, unlike } = merged(examples, idOf);
  const weights = new Float64Array(ids.size);
  const learned = new Uint8Array(ids.size).fill(1);
  for (const [level, weight] of fixed) {
    const id = ids.get(level);
    if (id === undefined) continue;
    weights[id] = weight;
    learned[id] = 0;
  }
  const seen = new Float64Array(ids.size);
  rows.forEach((row, at) => row.forEach((id) => (seen[id]! += alike[at]! + unlike[at]!)));
  // all weights of an example move at once: together they must not overshoot
  const longest = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const step = 1.6 / Math.max(6, longest);
  let prior = 0;
  for (let round = 0; round < rounds; round += 1) {
    const slope = new Float64Array(ids.size);
    const bend = new Float64Array(ids.size);
    let [priorSlope, priorBend] = [0, 1];
    rows.forEach((row, at) => {
      const counts = alike[at]! + unlike[at]!;
      let sum = prior;
      for (const id of row) sum += weights[id]!;
      const chance = 1 / (1 + Math.exp(-sum));
      const error = alike[at]! - counts * chance;
      const curve = counts * chance * (1 - chance);
      priorSlope += error;
      priorBend += curve;
      for (const id of row) {
        slope[id]! += error;
        bend[id]! += curve;
      }
    });
    prior += (priorSlope / priorBend) * step;
    for (let id = 0; id < weights.length; id += 1)
      if (learned[id] === 1) weights[id]! += ((slope[id]! - doubt * weights[id]!) / (bend[id]! + doubt)) * step;
    for (const order of orders)
      risen(
        order.map((id) => weights[id]!),
        order.map((id) => seen[id]!),
      ).forEach((weight, at) => (weights[order[at]!] = weight));
  }
  return { prior, weights: new Map([...ids].map(([level, id]) => [level, weights[id]!])) };
};

export const sumOf = ({ prior, weights }: LogOdds, levels: readonly string[]): number =>
  levels.reduce((sum, level) => sum + (weights.get(level) ?? 0), prior);
