import type { ClaimRecord } from './claim-record.js';
import { type Normalised, normalise } from './normalise.js';
import { type ComparedField, compareRecords, type FieldName } from './record-comparison.js';
import { currentWeights, type Weights, weightOf } from './weights.js';

export { weightsVersion } from './weights.js';

export type MatchVerdict = 'none' | 'possible' | 'certain';

export type FieldMatch = ComparedField & {
  /** Log-odds: above 0 speaks for the same customer. */
  readonly weight: number;
};

export type Match = {
  readonly verdict: MatchVerdict;
  /** 0..1, four decimals. */
  readonly score: number;
  readonly fields: readonly FieldMatch[];
  /** The smallest change of one thing that would have changed the verdict. */
  readonly flip: string | undefined;
};

export type Thresholds = { readonly certain: number; readonly possible: number };

export const standardThresholds: Thresholds = { certain: 0.9, possible: 0.5 };

const scoreOf = (logOdds: number): number => Math.round(10_000 / (1 + Math.exp(-logOdds))) / 10_000;

const ranks: readonly MatchVerdict[] = ['none', 'possible', 'certain'];

type LevelOf = (field: FieldName) => string | undefined;

/** The rules that outrank the score, as a floor and a ceiling of the verdict's rank. */
const boundsOf = (levelOf: LevelOf): readonly [least: number, most: number] => {
  // a customer never spans countries; such a match is shown only
  if (levelOf('country') === 'different') return [0, 1];
  if (levelOf('registryId') === 'equal') return [2, 2];
  // one company's other site has its domain
  const least = levelOf('domain') === 'equal' ? 1 : 0;
  if (levelOf('registryId') === 'different') return [least, 1];
  const byName = least === 0 && levelOf('phone') !== 'equal' && levelOf('address') !== 'same-building';
  return [least, byName && saysOther(levelOf) ? 1 : 2];
};

/**
 * What two companies of one name differ by: many a "Bella Napoli" has a domain of its own, many a fund a number, and a
 * transliteration may be another word's as well.
 */
const saysOther = (levelOf: LevelOf): boolean =>
  levelOf('domain') === 'different' ||
  levelOf('legalForm') === 'different' ||
  levelOf('spelling') === 'by-sound' ||
  levelOf('namePlace') !== undefined ||
  levelOf('numbers') !== undefined;

const verdictOf = (logOdds: number, levelOf: LevelOf, thresholds: Thresholds): MatchVerdict => {
  const score = scoreOf(logOdds);
  const scored = score >= thresholds.certain ? 2 : score >= thresholds.possible ? 1 : 0;
  const [least, most] = boundsOf(levelOf);
  return ranks[Math.min(Math.max(scored, least), most)] ?? 'none';
};

type Picture = { readonly what: FieldName; readonly level: string; readonly levels: ReadonlyMap<string, string> };

const picture = (
  what: FieldName,
  level: string,
  levels: Readonly<Record<string, string>> = { [what]: level },
): Picture => ({
  what,
  level,
  levels: new Map(Object.entries(levels)),
});

// what a person can picture and go and check; a name is pictured as a whole
const pictures: readonly Picture[] = [
  picture('name', 'equal', {
    name: 'equal',
    otherWords: 'none+none',
    sharedWords: 'rare',
    firstWord: 'equal',
  }),
  picture('name', 'different', {
    name: 'different',
    otherWords: 'telling+telling',
    sharedWords: 'none',
    firstWord: 'different',
  }),
  ...(['domain', 'phone', 'registryId', 'country'] as const).flatMap((field) => [
    picture(field, 'equal'),
    picture(field, 'different'),
  ]),
  picture('address', 'same-building'),
  picture('address', 'elsewhere'),
];
const ofRecord: ReadonlySet<string> = new Set(['domain', 'phone', 'registryId', 'country', 'address']);

const flipOf = (
  fields: readonly FieldMatch[],
  logOdds: number,
  verdict: MatchVerdict,
  thresholds: Thresholds,
  weights: Weights,
): string | undefined => {
  let smallest = Infinity;
  let flip: string | undefined;
  for (const { what, level, levels } of pictures) {
    const isReplaced = (field: FieldName) => (what === 'name' ? !ofRecord.has(field) : field === what);
    let change = 0;
    let isSo = false;
    for (const each of fields) {
      if (!isReplaced(each.field)) continue;
      change -= each.weight;
      // a toll-free number that is equal is equal already
      isSo ||= each.field === what && each.level.startsWith(level);
    }
    if (isSo) continue;
    for (const [field, each] of levels) change += weightOf(weights, field, each);
    if (Math.abs(change) >= smallest) continue;
    const levelOf: LevelOf = (field) =>
      isReplaced(field) ? levels.get(field) : fields.find((each) => each.field === field)?.level;
    const other = verdictOf(logOdds + change, levelOf, thresholds);
    if (other === verdict) continue;
    smallest = Math.abs(change);
    flip = `${other} if ${what} were ${level}`;
  }
  return flip;
};

/**
 * What compared fields come to under weights: also those that an event recorded, under the weights of its
 * `weightsVersion`, long after the comparing changed.
 */
export const judge = (compared: readonly ComparedField[], thresholds: Thresholds, weights: Weights): Match => {
  const fields = compared.map(({ field, left, right, level }): FieldMatch => ({
    field,
    left,
    right,
    level,
    weight: weightOf(weights, field, level),
  }));
  const logOdds = fields.reduce((sum, { weight }) => sum + weight, weights.prior);
  const levelOf: LevelOf = (field) => compared.find((each) => each.field === field)?.level;
  const verdict = verdictOf(logOdds, levelOf, thresholds);
  return {
    verdict,
    score: scoreOf(logOdds),
    fields,
    // worked out for whoever asks: of most pairs nobody does
    get flip() {
      return flipOf(fields, logOdds, verdict, thresholds, weights);
    },
  };
};

/** As match(), for records normalised before: what is asked often is normalised once. */
export const matchNormalised = (
  left: Normalised,
  right: Normalised,
  thresholds: Thresholds,
  weights: Weights = currentWeights,
): Match => judge(compareRecords(left, right, weights), thresholds, weights);

/**
 * Compares two records; pure, symmetric in verdict and score. left = the new claim, right = the earlier one. Values are
 * those compared (normalised).
 */
export const match = (
  left: ClaimRecord,
  right: ClaimRecord,
  thresholds: Thresholds,
  weights: Weights = currentWeights,
): Match => matchNormalised(normalise(left), normalise(right), thresholds, weights);
