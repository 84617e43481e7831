import { agreement, besides, telling } from '../../libs/matching/name-comparison.js';
import { compareRecords } from '../../libs/matching/record-comparison.js';
import type { Weights } from '../../libs/matching/weights.js';
import { type Example, learn, type Learning, type LogOdds, sumOf } from './log-odds.js';
import { bestOf, reachOf, type Judged } from './threshold-figures.js';
import { normalisedPair, type Training, type TrainingPair } from './training-pairs.js';
import { hashOf } from './typed-name.js';

/** How much a pair of each set counts. Records and names have thousands of pairs, the lists hundred thousands. */
const counts: Readonly<Record<TrainingPair['set'], number>> = { records: 2, names: 2, list: 0.4, typed: 0.5 };

/**
 * Not learned: a valid number is one company's, a customer does not span countries, and of funds, subsidiaries and
 * initials the labelled pairs have too few.
 */
const given: Weights['fields'] = {
  registryId: { equal: 8, different: -6 },
  country: { equal: 0, different: -6.5 },
  namePlace: { different: -3.5 },
  numbers: { different: -3.5 },
  // possible, where nothing speaks against it
  spelling: { acronym: 0.6 },
};

const ordered = (field: string, levels: readonly string[]) => levels.map((level) => `${field}:${level}`);
const learning: Learning = {
  rising: [
    ordered(
      'name',
      agreement.map(([, level]) => level),
    ),
    ordered(
      'sharedWords',
      telling.map(([, level]) => level),
    ),
    ordered('firstWord', ['different', 'similar', 'equal']),
    ...besides.map((beside) =>
      ordered(
        'spelling',
        ['abbreviated', 'far', 'off', 'near', 'close', 'slip'].map((each) => `${each}-${beside}`),
      ),
    ),
    ...['none', 'place', 'common', 'usual', 'telling'].map((rest) =>
      ordered(
        'otherWords',
        ['telling', 'usual', 'common'].map((other) => [rest, other].toSorted((a, b) => rank(a) - rank(b)).join('+')),
      ),
    ),
    ordered('domain', ['different', 'same-word', 'equal']),
    ordered('phone', ['different', 'same-line', 'equal']),
    ordered('address', ['elsewhere', 'same-building']),
  ],
  fixed: new Map(
    Object.entries(given).flatMap(([field, levels]) =>
      Object.entries(levels).map(([level, weight]) => [`${field}:${level}`, weight] as const),
    ),
  ),
  doubt: 3,
  rounds: 150,
};
function rank(rest: string): number {
  return ['none', 'place', 'common', 'usual', 'telling'].indexOf(rest);
}

/** Enough to tell which of several names to compare, before anything is learned. */
export const blank: Weights = {
  version: '',
  prior: 0,
  fields: { name: Object.fromEntries(agreement.map(([, level], at) => [level, at])) },
};

/** A pair in words. */
export type Compared = { readonly pair: TrainingPair; readonly levels: readonly string[] };

export const compareAll = (training: Training, weights: Weights): Compared[] =>
  training.pairs.map((pair) => {
    const [left, right] = normalisedPair(pair);
    const fields = compareRecords(left, right, weights);
    return { pair, levels: fields.map(({ field, level }) => `${field}:${level}`) };
  });

// most of a list's pairs have next to nothing in common: one in four stands for all of those
const thinned = 4;
export const learned = (compared: readonly Compared[]): LogOdds => learn(examplesOf(compared), learning);

const examplesOf = (compared: readonly Compared[]): Example[] =>
  compared.flatMap(({ pair, levels }) => {
    const { set, same, left, right } = pair;
    const dull =
      !same && counts[set] < 1 && levels.some((level) => level === 'name:different' || level === 'name:from-5%');
    if (dull && hashOf(`${left.name}|${right.name}`) % thinned !== 0) return [];
    return [{ levels, same, counts: counts[set] * (dull ? thinned : 1) }];
  });

/** As a version's file holds them. */
export const weightsOf = (version: string, { prior, weights }: LogOdds): Weights => {
  const fields: Record<string, Record<string, number>> = {};
  for (const [key, weight] of [...weights].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [field = '', level = ''] = key.split(':');
    (fields[field] ??= {})[level] = Math.round(weight * 100) / 100;
  }
  for (const [field, levels] of Object.entries(given)) fields[field] = { ...fields[field], ...levels };
  return { version, prior: Math.round(prior * 100) / 100, fields };
};

const folds = 5;
const foldOf = ({ unit }: TrainingPair): number => hashOf(unit) % folds;

/** Of each pair the log-odds that were learned without its customer. */
export const crossValidated = (compared: readonly Compared[]): ReadonlyMap<Compared, number> => {
  const sums = new Map<Compared, number>();
  for (let fold = 0; fold < folds; fold += 1) {
    const learnt = learned(compared.filter(({ pair }) => foldOf(pair) !== fold));
    for (const each of compared) if (foldOf(each.pair) === fold) sums.set(each, sumOf(learnt, each.levels));
  }
  return sums;
};

/** What each set comes to at the standard thresholds, and at the one that would suit it best. */
export const figuresOf = (compared: readonly Compared[], sums: ReadonlyMap<Compared, number>, { truths }: Training) =>
  (['records', 'names', 'list', 'typed'] as const).map((set) => {
    const judged: Judged[] = compared
      .filter(({ pair }) => pair.set === set)
      .map((each) => ({ same: each.pair.same, sum: sums.get(each)! }));
    const found = judged.filter(({ same }) => same).length;
    const all = set === 'list' || set === 'typed' ? truths[set] : found;
    return {
      set,
      pairs: judged.length,
      same: all,
      best: bestOf(judged, all),
      possible: reachOf(judged, all, 0),
      certain: reachOf(judged, all, Math.log(9)),
    };
  });
