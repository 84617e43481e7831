export type Judged = { readonly same: boolean; readonly sum: number };
export type Reach = { readonly p: number; readonly r: number; readonly f1: number };

const reach = (right: number, wrong: number, all: number): Reach => ({
  p: right / (right + wrong || 1),
  r: right / (all || 1),
  f1: (2 * right) / (right + wrong + all || 1),
});

/** Of all `all` true pairs, what is called at or above a sum of log-odds. */
export const reachOf = (judged: readonly Judged[], all: number, least: number): Reach => {
  const called = judged.filter(({ sum }) => sum >= least);
  const right = called.filter(({ same }) => same).length;
  return reach(right, called.length - right, all);
};

/** The threshold with the best F1, to be held against the one for all. */
export const bestOf = (judged: readonly Judged[], all: number): Reach & { readonly least: number } => {
  const falling = judged.toSorted((a, b) => b.sum - a.sum);
  let best = { ...reach(0, 0, all), least: Infinity };
  let [right, wrong] = [0, 0];
  falling.forEach(({ same, sum }, at) => {
    if (same) right += 1;
    else wrong += 1;
    if (falling[at + 1]?.sum === sum) return;
    const here = reach(right, wrong, all);
    if (here.f1 > best.f1) best = { ...here, least: sum };
  });
  return best;
};
