import { isCommonWord } from './common-words.js';
import { type Name, saysOtherPlace } from './name.js';

/** From the same spelling down to nothing in common; `…-common` says it with words that many names hold. */
export type NameLevel =
  | 'equal'
  | 'equal-short'
  | 'equal-other-form'
  | 'equal-common'
  | 'near'
  | 'contained'
  | 'contained-word'
  | 'contained-common'
  | 'overlapping'
  | 'common-words'
  | 'different';

/** Jaro-Winkler similarity, 0..1. */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const inA: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j += 1) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = 1;
      inA.push(b[j] ?? '');
      break;
    }
  }
  if (inA.length === 0) return 0;
  let moved = 0;
  let at = 0;
  for (let j = 0; j < b.length; j += 1) if (taken[j] && b[j] !== inA[at++]) moved += 1;
  const common = inA.length;
  const jaro = (common / a.length + common / b.length + (common - moved / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
};

/** Share of common letter pairs (Dice), 0..1: for scripts that write without blanks. */
const bigramDice = (a: string, b: string): number => {
  if (a.length < 2 || b.length < 2) return 0;
  const counts = new Map<string, number>();
  for (let i = 0; i < a.length - 1; i += 1) counts.set(a.slice(i, i + 2), (counts.get(a.slice(i, i + 2)) ?? 0) + 1);
  let common = 0;
  for (let i = 0; i < b.length - 1; i += 1) {
    const left = counts.get(b.slice(i, i + 2)) ?? 0;
    if (left > 0) common += 1;
    counts.set(b.slice(i, i + 2), left - 1);
  }
  return (2 * common) / (a.length + b.length - 2);
};

const commonWeight = 0.25;

const isNumbering = (token: string): boolean => token.length === 1 || /^\d+$/.test(token);

const weigh = (token: string, places: ReadonlySet<string>): number =>
  isCommonWord(token) || places.has(token) || isNumbering(token) ? commonWeight : 1;

const sameWord = (a: string, b: string): boolean => {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4 || /\d/.test(a + b)) return false;
  return (long.startsWith(short) && long.length - short.length <= 2) || jaroWinkler(a, b) >= 0.92;
};

// one short word is many companies' name
const isShort = ({ tokens, skeleton }: Name): boolean => tokens.length === 1 && skeleton.length < 6;

const compareTwo = (one: Name, two: Name, places: ReadonlySet<string>): NameLevel => {
  // a fixed order, so that greedy pairing of the words gives the same answer both ways
  const [a, b] = one.skeleton < two.skeleton ? [one, two] : [two, one];
  const telling = (name: Name) => name.tokens.some((token) => weigh(token, places) === 1);
  if (a.skeleton === b.skeleton) {
    // "Otis (France)" and "Otis" are one word without the bracket, and may be two companies
    if (saysOtherPlace(a, b)) return 'contained';
    if (!telling(a) && !telling(b)) return 'equal-common';
    return a.legalKind && b.legalKind && a.legalKind !== b.legalKind
      ? 'equal-other-form'
      : isShort(a)
        ? 'equal-short'
        : 'equal';
  }

  const left: string[] = [];
  const rest = [...b.tokens];
  let shared = 0;
  let tellingShared = 0;
  for (const token of a.tokens) {
    let at = rest.indexOf(token);
    if (at < 0) at = rest.findIndex((other) => sameWord(token, other));
    const other = rest[at];
    if (other === undefined) {
      left.push(token);
      continue;
    }
    rest.splice(at, 1);
    const weight = Math.min(weigh(token, places), weigh(other, places));
    shared += weight;
    if (weight === 1) tellingShared += 1;
  }
  const sum = (name: Name) => name.tokens.reduce((total, token) => total + weigh(token, places), 0);
  const [weightA, weightB] = [sum(a), sum(b)];
  const either = shared / (weightA + weightB - shared || 1);
  const shorter = shared / (Math.min(weightA, weightB) || 1);

  // "Plant B" and "Plant C", "km 43" and "km 45" are numbered apart
  const numbered = rest.some(isNumbering) && left.some(isNumbering);
  const glued = Math.min(a.skeleton.length, b.skeleton.length);
  const spelt =
    glued >= 8 && (jaroWinkler(a.skeleton, b.skeleton) >= 0.96 || bigramDice(a.skeleton, b.skeleton) >= 0.85);
  if (tellingShared > 0 && either >= 0.8) return numbered ? 'contained-word' : 'near';
  if (spelt && !numbered && telling(a) && telling(b) && (tellingShared > 0 || shared === 0)) return 'near';
  if (tellingShared > 0 && shorter >= 0.95) return tellingShared > 1 || glued >= 10 ? 'contained' : 'contained-word';
  // where blanks moved, no word is shared
  const [short, long] = a.skeleton.length < b.skeleton.length ? [a, b] : [b, a];
  if (tellingShared === 0 && glued >= 6 && telling(short) && long.skeleton.startsWith(short.skeleton))
    return 'contained-word';
  if (shorter >= 0.95 && Math.min(a.tokens.length, b.tokens.length) > 1 && !numbered) return 'contained-common';
  if (tellingShared > 0 && either >= 0.34) return 'overlapping';
  return shared > 0 ? 'common-words' : 'different';
};

const order: readonly NameLevel[] = [
  'equal',
  'equal-short',
  'equal-other-form',
  'near',
  'equal-common',
  'contained',
  'contained-word',
  'contained-common',
  'overlapping',
  'common-words',
  'different',
];

export type NameComparison = { readonly level: NameLevel; readonly left: string; readonly right: string };

/**
 * The best level over all spellings of both sides. `places` are words that only say where (the records' cities): a
 * chain's branches differ by them.
 */
export const compareNames = (
  left: readonly Name[],
  right: readonly Name[],
  places: ReadonlySet<string>,
): NameComparison | undefined => {
  let best: NameComparison | undefined;
  for (const a of left) {
    for (const b of right) {
      const level = compareTwo(a, b, places);
      if (!best || order.indexOf(level) < order.indexOf(best.level)) best = { level, left: a.text, right: b.text };
      if (best.level === 'equal') return best;
    }
  }
  return best;
};
