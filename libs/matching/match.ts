import { compareAddresses } from './address.js';
import type { ClaimRecord } from './claim-record.js';
import { compareNames } from './name-similarity.js';
import { type Normalised, normalise, unknownCountry } from './normalise.js';
import { currentWeights, type Levels, type Weights, weightOf } from './weights.js';

export { weightsVersion } from './weights.js';

export type MatchVerdict = 'none' | 'possible' | 'certain';

export type FieldMatch = {
  readonly field: keyof Levels;
  readonly left: string;
  readonly right: string;
  readonly level: string;
  /** Log-odds: above 0 speaks for the same customer. */
  readonly weight: number;
};

export type Match = {
  readonly verdict: MatchVerdict;
  /** 0..1, four decimals. */
  readonly score: number;
  readonly fields: readonly FieldMatch[];
  /** The smallest change of one field that would have changed the verdict. */
  readonly flip?: string;
};

export type Thresholds = { readonly certain: number; readonly possible: number };

export const standardThresholds: Thresholds = { certain: 0.9, possible: 0.5 };

type Compared = Omit<FieldMatch, 'weight'>;

const field = <F extends keyof Levels>(name: F, level: Levels[F], left: string, right: string): Compared => ({
  field: name,
  left,
  right,
  level,
});

const comparePhones = (a: string, b: string): Levels['phone'] => {
  if (a === b)
    return /^\+(1(800|888|877|866|855|844|833)|\d{2}(800|808|180|300|400|845))/.test(a) ? 'equal-toll-free' : 'equal';
  return a.slice(-7) === b.slice(-7) ? 'same-line' : 'different';
};

const compareRegistryIds = (a: Normalised, b: Normalised): Compared | undefined => {
  const comparable = a.registryIds.flatMap((left) =>
    b.registryIds
      .filter(
        ({ type, scope, value }) => type === left.type && scope === left.scope && value.length === left.value.length,
      )
      .map((right) => ({ left, right })),
  );
  const equal = comparable.find(({ left, right }) => left.value === right.value);
  const shown = equal ?? comparable[0];
  if (!shown) return undefined;
  const say = ({ type, scope, value }: typeof shown.left) => `${type} ${scope}${value}`;
  return field('registryId', equal ? 'equal' : 'different', say(shown.left), say(shown.right));
};

const compareFields = (a: Normalised, b: Normalised): Compared[] => {
  const fields: Compared[] = [];
  const places = new Set([...a.address.city.split(' '), ...b.address.city.split(' ')]);
  const names = compareNames(a.names, b.names, places);
  if (names) fields.push(field('name', names.level, names.left, names.right));
  if (a.domain && b.domain) {
    const sameWord = a.domainLabel === b.domainLabel && a.domainLabel.length > 3;
    fields.push(
      field('domain', a.domain === b.domain ? 'equal' : sameWord ? 'same-word' : 'different', a.domain, b.domain),
    );
  }
  const ids = compareRegistryIds(a, b);
  if (ids) fields.push(ids);
  if (a.phone && b.phone) fields.push(field('phone', comparePhones(a.phone, b.phone), a.phone, b.phone));
  const address = compareAddresses(a.address, b.address);
  if (address) fields.push(field('address', address, sayAddress(a), sayAddress(b)));
  if (a.countryCode !== unknownCountry && b.countryCode !== unknownCountry)
    fields.push(
      field('country', a.countryCode === b.countryCode ? 'equal' : 'different', a.countryCode, b.countryCode),
    );
  return fields;
};

const sayAddress = ({ address }: Normalised): string =>
  [[...address.street, ...address.numbers].join(' '), address.postcode, address.city]
    .filter((part) => part !== '')
    .join(', ');

const scoreOf = (fields: readonly FieldMatch[], { prior }: Weights): number => {
  const sum = fields.reduce((total, { weight }) => total + weight, prior);
  return Math.round(10_000 / (1 + Math.exp(-sum))) / 10_000;
};

const ranks: readonly MatchVerdict[] = ['none', 'possible', 'certain'];

/** The rules that outrank the score, as a floor and a ceiling of the verdict's rank. */
const boundsOf = (levelOf: (field: keyof Levels) => string | undefined): readonly [least: number, most: number] => {
  // a customer never spans countries; such a match is shown only
  if (levelOf('country') === 'different') return [0, 1];
  if (levelOf('registryId') === 'equal') return [2, 2];
  // one company's other site has its domain
  return [levelOf('domain') === 'equal' ? 1 : 0, levelOf('registryId') === 'different' ? 1 : 2];
};

const verdictOf = (score: number, fields: readonly FieldMatch[], thresholds: Thresholds): MatchVerdict => {
  const scored = score >= thresholds.certain ? 2 : score >= thresholds.possible ? 1 : 0;
  const [least, most] = boundsOf((name) => fields.find((each) => each.field === name)?.level);
  return ranks[Math.min(Math.max(scored, least), most)] ?? 'none';
};

// what a person can picture and go and check
const picturable: { readonly [F in keyof Levels]: readonly Levels[F][] } = {
  name: ['equal', 'different'],
  domain: ['equal', 'different'],
  phone: ['equal', 'different'],
  address: ['same-building', 'elsewhere'],
  registryId: ['equal', 'different'],
  country: ['equal', 'different'],
};
const alternatives = (Object.keys(picturable) as (keyof Levels)[]).flatMap((name) =>
  picturable[name].map((level) => field(name, level, '', '')),
);

const flipOf = (
  fields: readonly FieldMatch[],
  thresholds: Thresholds,
  verdict: MatchVerdict,
  weights: Weights,
): string | undefined => {
  let smallest = Infinity;
  let flip: string | undefined;
  for (const { field: name, level } of alternatives) {
    const present = fields.find((each) => each.field === name);
    const weight = weightOf(weights, name, level);
    const change = Math.abs(weight - (present?.weight ?? 0));
    // an `equal-short` name is equal already: asking for more would mislead
    if (change >= smallest || present?.level.startsWith(level)) continue;
    const instead = [
      ...fields.filter((each) => each.field !== name),
      { field: name, left: '', right: '', level, weight },
    ];
    const other = verdictOf(scoreOf(instead, weights), instead, thresholds);
    if (other === verdict) continue;
    smallest = change;
    flip = `${other} if ${name} were ${level}`;
  }
  return flip;
};

/** As match(), for records normalised before: what is asked often is normalised once. */
export const matchNormalised = (
  left: Normalised,
  right: Normalised,
  thresholds: Thresholds,
  weights: Weights = currentWeights,
): Match => {
  const fields = compareFields(left, right).map((each) => ({
    ...each,
    weight: weightOf(weights, each.field, each.level),
  }));
  const score = scoreOf(fields, weights);
  const verdict = verdictOf(score, fields, thresholds);
  const flip = flipOf(fields, thresholds, verdict, weights);
  return { verdict, score, fields, ...(flip === undefined ? {} : { flip }) };
};

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
