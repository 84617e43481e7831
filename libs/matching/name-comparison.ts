import { align, type Alignment } from './name-alignment.js';
import { lettersShared, type WeighedName, weigh, type Word } from './name-words.js';
import type { Name } from './name.js';

export type NameField =
  'name' | 'sharedWords' | 'otherWords' | 'spelling' | 'firstWord' | 'numbers' | 'legalForm' | 'namePart' | 'namePlace';

/** Both values as compared, and what the comparison says of them. */
export type Compared<F extends string> = {
  readonly field: F;
  readonly left: string;
  readonly right: string;
  readonly level: string;
};

type Steps = readonly (readonly [below: number, level: string])[];

const stepOf = (value: number, steps: Steps): string => {
  // sums of weights differ in their last digits by the order of the two names
  for (const [below, level] of steps) if (value + 1e-9 < below) return level;
  return '';
};

/** By the share of the words' weight that both names have. */
export const agreement: Steps = [
  [0.05, 'different'],
  [0.2, 'from-5%'],
  [0.35, 'from-20%'],
  [0.5, 'from-35%'],
  [0.62, 'from-50%'],
  [0.74, 'from-62%'],
  [0.84, 'from-74%'],
  [0.92, 'from-84%'],
  [0.99, 'from-92%'],
  [Infinity, 'equal'],
];
/** By the weight of the words that both names have, however spelt; one rare word weighs 1. */
export const telling: Steps = [
  [0.01, 'none'],
  [0.25, 'very-common'],
  [0.5, 'common'],
  [0.8, 'usual'],
  [1.2, 'rare'],
  [1.7, 'rare-and-more'],
  [2.4, 'two-rare'],
  [Infinity, 'many-rare'],
];
/** By the likeness of the two words that are least alike. */
const spelt: Steps = [
  [0.7, 'abbreviated'],
  [0.8, 'far'],
  [0.86, 'off'],
  [0.895, 'near'],
  [0.915, 'close'],
  [Infinity, 'slip'],
];
/** How much is written alike beside a word that isn't: nothing and other words left, nothing at all, and so on. */
export const besides = ['amid-others', 'alone', 'beside-some', 'beside-more'] as const;

const rests = ['none', 'place', 'common', 'usual', 'telling'] as const;

const restOf = (words: readonly Word[]): number => {
  let most = 0;
  let rank = 0;
  for (const { kind, weight } of words) {
    if (kind === 'place') rank = 1;
    else if (kind !== 'number') most = Math.max(most, weight);
  }
  if (most >= 0.7) return 4;
  if (most >= 0.4) return 3;
  return most > 0 ? 2 : rank;
};

const texts = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');
const isNumber = ({ kind }: Word): boolean => kind === 'number';
const sum = (words: readonly Word[]): number => words.reduce((total, { weight }) => total + weight, 0);

type Field = Compared<NameField>;

/** "X (France)" and "X (Spain)" are two companies; "X (France)" may well be "X". */
const beyond = (a: Name, b: Name): boolean => a.where.some((place) => !b.where.includes(place));

// "Hangzhou" and "Société" stand before the name that people use
const leading = ({ words }: WeighedName): Word | undefined =>
  words.find(({ kind, weight }) => kind === 'word' && weight >= 0.4) ?? words[0];

const firstWord = (a: WeighedName, b: WeighedName, { whole, restA, restB }: Alignment): string => {
  const [one, other] = [leading(a), leading(b)];
  if (!one || !other) return 'different';
  if (whole || one.sense === other.sense) return 'equal';
  return restA.includes(one) || restB.includes(other) ? 'different' : 'similar';
};

const compareTwo = (a: WeighedName, b: WeighedName): Field[] => {
  const alignment = align(a, b);
  const { exact, loose, alike, worst, worstPair, acronym, heard, restA, restB } = alignment;
  const [one, other] = [a.name, b.name];
  const fields: Field[] = [];
  const add = (field: NameField, level: string, left: string, right: string) =>
    fields.push({ field, left, right, level });

  add('name', stepOf(alike / (exact + loose + (sum(restA) + sum(restB)) || 1), agreement), one.text, other.text);
  const rest = [restOf(restA), restOf(restB)].toSorted((x, y) => x - y);
  add('otherWords', rest.map((rank) => rests[rank]).join('+'), texts(restA), texts(restB));
  const inBoth = (name: WeighedName, words: readonly Word[]) =>
    texts(name.words.filter((word) => !words.includes(word)));
  add('sharedWords', stepOf(exact + loose, telling), inBoth(a, restA), inBoth(b, restB));
  if (heard) add('spelling', 'by-sound', ...heard);
  else if (worstPair) {
    const isAll = restA.length + restB.length === 0;
    const beside = besides[exact >= 0.9 ? 3 : exact >= 0.3 ? 2 : isAll ? 1 : 0];
    // "IBM" for all of a name says more than initials of a part do
    add(
      'spelling',
      acronym ? (isAll && exact === 0 ? 'acronym' : 'acronym-beside') : `${stepOf(worst, spelt)}-${beside}`,
      ...worstPair,
    );
  }
  add('firstWord', firstWord(a, b, alignment), leading(a)?.text ?? '', leading(b)?.text ?? '');
  const [numbersA, numbersB] = [restA.filter(isNumber), restB.filter(isNumber)];
  if (numbersA.length + numbersB.length > 0) {
    const level = numbersA.length > 0 && numbersB.length > 0 ? 'different' : 'one-side';
    add('numbers', level, texts(numbersA), texts(numbersB));
  }
  const [form, form2] = [one.legalKind, other.legalKind];
  if (form ?? form2)
    add('legalForm', form && form2 ? (form === form2 ? 'equal' : 'different') : 'one-side', form ?? '', form2 ?? '');
  if (one.role !== 'written' || other.role !== 'written') {
    const shortened = one.role === 'shortened' || other.role === 'shortened';
    add('namePart', shortened ? 'shortened' : 'other-name', one.role, other.role);
  }
  const [abroad, abroad2] = [beyond(one, other), beyond(other, one)];
  if (abroad || abroad2)
    add('namePlace', abroad && abroad2 ? 'different' : 'one-side', one.where.join(' '), other.where.join(' '));
  return fields;
};

const areInOtherScripts = (a: Name, b: Name): boolean =>
  a.script !== b.script || a.role === 'translated' || b.role === 'translated';

// what has neither a word nor many letters in common is not worth aligning
const promising = (a: WeighedName, b: WeighedName): boolean =>
  a.name.skeleton === b.name.skeleton ||
  a.words.some(
    ({ sense, weight }) => weight > 0.3 && b.words.some((word) => word.sense === sense && word.weight > 0.3),
  ) ||
  (a.name.script !== b.name.script && a.words.some(({ sound }) => b.words.some((word) => word.sound === sound))) ||
  lettersShared(a, b) >= 0.5;

const inEitherOrder = (a: Name, b: Name): string =>
  a.skeleton < b.skeleton ? `${a.skeleton} ${b.skeleton}` : `${b.skeleton} ${a.skeleton}`;

/** Of all spellings of both sides the pair that speaks most for one company, by `weightOf` of its fields. */
export const compareNames = (
  left: readonly Name[],
  right: readonly Name[],
  weightOf: (field: NameField, level: string) => number,
): readonly Field[] => {
  let best: readonly Field[] = [];
  let most = -Infinity;
  let pair = '';
  for (const [i, one] of left.entries())
    for (const [j, other] of right.entries()) {
      const [a, b] = [weigh(one), weigh(other)];
      if (i + j > 0 && !promising(a, b)) continue;
      const fields = compareTwo(a, b);
      let total = 0;
      for (const { field, level } of fields) total += weightOf(field, level);
      const key = inEitherOrder(one, other);
      if (total < most - 1e-9 || (total < most + 1e-9 && key >= pair)) continue;
      best = fields;
      most = total;
      pair = key;
    }
  const [one, other] = [left[0], right[0]];
  // a word of another script may be read, or translated, in more ways than one: unlike letters say nothing then
  if (one && other && most < 0 && left.every((a) => right.every((b) => areInOtherScripts(a, b))))
    return [{ field: 'name', left: one.text, right: other.text, level: 'other-script' }];
  return best;
};
