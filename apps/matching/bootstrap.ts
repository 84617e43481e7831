import { add, type Figure, type Figures, nothing, type Tally } from './tally.js';

/** What is drawn as one: pairs, or the groups of a list. Most are alike, so each kind is kept once. */
export const sample = () => {
  const kinds: Tally[] = [];
  const kindOf = new Map<string, number>();
  const drawn: number[] = [];
  return {
    add: (unit: Tally) => {
      const key = Object.values(unit).join();
      const kind = kindOf.get(key) ?? kinds.push(unit) - 1;
      kindOf.set(key, kind);
      drawn.push(kind);
    },
    kinds,
    drawn,
  };
};
export type Sample = ReturnType<typeof sample>;

type Interval = readonly [low: number, high: number] | null;
/** Figures, rounded to four decimals, with those of each level's intervals beside them. */
export type Measured<F> = { readonly [K in keyof F]: F[K] extends Figure ? F[K] : Measured<F[K]> } & {
  readonly interval: Readonly<Record<string, Interval>>;
};

const mostResamples = 1_000;
const mostDraws = 200_000_000;

/** The figures of the sample, with 95 % percentile intervals. The same sample has the same intervals. */
export const measured = <F extends Figures>({ kinds, drawn }: Sample, figures: (total: Tally) => F): Measured<F> => {
  const resamples = Math.max(200, Math.min(mostResamples, Math.floor(mostDraws / Math.max(drawn.length, 1))));
  const random = randomFrom(20_260_131);
  const units = Uint32Array.from(drawn);
  const again = Array.from({ length: resamples }, () => figures(totalOf(kinds, drawnAgain(units, random))));
  return beside(figures(totalOf(kinds, units)), again) as Measured<F>;
};

const drawnAgain = (units: Uint32Array, random: () => number): Uint32Array => {
  const drawn = new Uint32Array(units.length);
  for (let nth = 0; nth < units.length; nth++) drawn[nth] = units[Math.floor(random() * units.length)]!;
  return drawn;
};

const totalOf = (kinds: readonly Tally[], drawn: Uint32Array): Tally => {
  const times = new Uint32Array(kinds.length);
  for (const kind of drawn) times[kind]!++;
  const total = { ...nothing };
  for (const [kind, tally] of kinds.entries()) if (times[kind]! > 0) add(total, tally, times[kind]);
  return total;
};

const beside = (figures: Figures, again: readonly Figures[]): object => {
  const shown: Record<string, Figure | object> = {};
  const interval: Record<string, Interval> = {};
  for (const [name, figure] of Object.entries(figures)) {
    const others = again.map((each) => each[name]);
    if (isFigure(figure)) {
      shown[name] = rounded(figure);
      interval[name] = spread(others.filter(isFigure));
    } else shown[name] = beside(figure, others as Figures[]);
  }
  return { ...shown, interval };
};

const isFigure = (value: Figure | Figures | undefined): value is Figure => value === null || typeof value === 'number';

const spread = (values: readonly Figure[]): Interval => {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  // a figure that most resamples don't have has no interval to speak of
  if (known.length * 2 < values.length || known.length === 0) return null;
  const at = (share: number) => rounded(known[Math.round(share * (known.length - 1))]!)!;
  return [at(0.025), at(0.975)];
};

const rounded = (value: Figure): Figure => (value === null ? null : Math.round(value * 10_000) / 10_000);

/** Mulberry32, uniform in [0, 1). */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
