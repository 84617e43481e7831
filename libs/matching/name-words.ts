import { isCityWord } from './city-words.js';
import type { Name } from './name.js';
import { placesIn } from './place-words.js';
import { signsOf, type Spelling, spokenOf } from './token-likeness.js';
import { tokenWeight } from './token-weight.js';
import { senseOf } from './word-senses.js';

export type WordKind = 'word' | 'number' | 'place' | 'initial';

export type Word = Spelling & {
  /** What it means in any language. */
  readonly sense: string;
  /** How much it tells of which company is meant, 0..1. */
  readonly weight: number;
  readonly kind: WordKind;
  /** Its consonants, for a name of another script; `` where they are too few to tell. */
  readonly sound: string;
};

/** A name as it is compared: its words weighed, and its letter pairs. */
export type WeighedName = {
  readonly name: Name;
  readonly words: readonly Word[];
  readonly weight: number;
  /** Two letters each, in order, for counting those that two names share. */
  readonly pairs: Uint16Array;
};

const mostOfPlace = 0.5;

const fewestSounds = 2;

type Facts = Omit<Word, 'text' | 'sound'>;

const factsOf = (text: string, place: string | undefined): Facts => {
  const isPlace = place !== undefined || isCityWord(text);
  const weight = tokenWeight(text);
  return {
    spoken: spokenOf(text),
    signs: signsOf(text),
    sense: place ?? senseOf(text),
    kind: /\d/.test(text) ? 'number' : isPlace ? 'place' : text.length === 1 ? 'initial' : 'word',
    weight: isPlace ? Math.min(weight, mostOfPlace) : weight,
  };
};

// names repeat their words; forgotten all at once, when there are too many
const facts = new Map<string, Facts>();
const mostFacts = 20_000;

const knownFacts = (text: string): Facts => {
  const before = facts.get(text);
  if (before) return before;
  const found = factsOf(text, undefined);
  if (facts.size >= mostFacts) facts.clear();
  facts.set(text, found);
  return found;
};

const wordsOf = ({ tokens, sounds }: Name): readonly Word[] => {
  const where = new Map<number, string>();
  for (const { at, size, code } of placesIn(tokens))
    for (let i = at; i < at + size; i += 1) where.set(i, i === at ? code : `${code} ${i - at}`);
  return tokens.map((text, at): Word => {
    const place = where.get(at);
    const { spoken, signs, sense, kind, weight } = place === undefined ? knownFacts(text) : factsOf(text, place);
    const sound = sounds[at] ?? '';
    return { text, spoken, signs, sense, kind, weight, sound: sound.length < fewestSounds ? '' : sound };
  });
};

const pairsOf = (skeleton: string): Uint16Array => {
  const pairs = new Uint16Array(Math.max(0, skeleton.length - 1));
  for (let at = 0; at < pairs.length; at += 1)
    pairs[at] = (skeleton.charCodeAt(at) & 0xff) * 256 + (skeleton.charCodeAt(at + 1) & 0xff);
  return pairs.toSorted();
};

class Weighed implements WeighedName {
  private found: Uint16Array | undefined;

  constructor(
    readonly name: Name,
    readonly words: readonly Word[],
    readonly weight: number,
  ) {}

  // most names are compared by their words alone
  get pairs(): Uint16Array {
    return (this.found ??= pairsOf(this.name.skeleton));
  }
}

const known = new WeakMap<Name, WeighedName>();

export const weigh = (name: Name): WeighedName => {
  const before = known.get(name);
  if (before) return before;
  const words = wordsOf(name);
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  const weighed = new Weighed(name, words, weight);
  known.set(name, weighed);
  return weighed;
};

/** Share of the letter pairs that two names have in common (Dice), 0..1. */
export const lettersShared = (a: WeighedName, b: WeighedName): number => {
  const [left, right] = [a.pairs, b.pairs];
  if (left.length === 0 || right.length === 0) return a.name.skeleton === b.name.skeleton ? 1 : 0;
  let [i, j, shared] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const [one, other] = [left[i]!, right[j]!];
    if (one === other) shared += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
  return (2 * shared) / (left.length + right.length);
};
