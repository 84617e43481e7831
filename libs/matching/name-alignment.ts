import type { Name } from './name.js';
import type { WeighedName, Word } from './name-words.js';
import { editCost, mayBe, oneEdit, signsOf, tokenLikeness } from './token-likeness.js';

/** Which words of two names stand for each other, and which are left. */
export type Alignment = {
  /** Weight of the words spelt alike on both sides. */
  readonly exact: number;
  /** Weight of those that are spelt otherwise. */
  readonly loose: number;
  /** The least likeness of a telling word among those, 1 where there is none. */
  readonly worst: number;
  /** Weight of all of them, each by its likeness. */
  readonly alike: number;
  readonly restA: readonly Word[];
  readonly restB: readonly Word[];
  /** The names are equal but for their blanks. */
  readonly whole: boolean;
  readonly acronym: boolean;
  /** Words of two scripts that only sound alike, the first of them. */
  readonly heard: readonly [string, string] | undefined;
  /** The pair of least likeness. */
  readonly worstPair: readonly [string, string] | undefined;
};

const mostLetters = 62;
const fewestGlued = 7;
const mostSlips = 2;
const leastOfRun = 0.5;
/** Initials that agree say as much as a word that few have, also the two of "GE". */
const leastOfAcronym = 0.8;
const likenessInSound = 0.97;

class Aligning {
  exact = 0;
  loose = 0;
  alike = 0;
  worst = 1;
  acronym = false;
  worstPair: readonly [string, string] | undefined;
  heardPair: readonly [string, string] | undefined;
  readonly freeA: boolean[];
  readonly freeB: boolean[];

  constructor(
    readonly a: readonly Word[],
    readonly b: readonly Word[],
  ) {
    this.freeA = a.map(() => true);
    this.freeB = b.map(() => true);
  }

  take(weight: number, likeness: number, one: string, other: string): void {
    if (likeness >= 0.96) this.exact += weight;
    else {
      this.loose += weight;
      if (weight >= 0.35 && likeness < this.worst) {
        this.worst = likeness;
        this.worstPair = [one, other];
      }
    }
    this.alike += weight * likeness;
  }

  pairs(): void {
    const found: { i: number; j: number; likeness: number }[] = [];
    for (let i = 0; i < this.a.length; i += 1) {
      if (!this.freeA[i]) continue;
      for (let j = 0; j < this.b.length; j += 1) {
        if (!this.freeB[j]) continue;
        const [one, two] = [this.a[i]!, this.b[j]!];
        if (one.kind === 'number' || two.kind === 'number') continue;
        const likeness = tokenLikeness(one, two);
        if (likeness > 0.5) found.push({ i, j, likeness });
      }
    }
    if (found.length > 1) found.sort((x, y) => y.likeness - x.likeness || x.i + x.j - y.i - y.j || x.i - y.i);
    for (const { i, j, likeness } of found) {
      if (!this.freeA[i] || !this.freeB[j]) continue;
      this.freeA[i] = this.freeB[j] = false;
      const [one, two] = [this.a[i]!, this.b[j]!];
      this.take(Math.max(one.weight, two.weight), likeness, one.text, two.text);
    }
  }

  /** A transliteration keeps the consonants. */
  heard(): void {
    for (const [i, { sound, text, weight }] of this.a.entries()) {
      if (!this.freeA[i] || sound === '') continue;
      const j = this.b.findIndex((other, at) => this.freeB[at] && other.sound === sound);
      const other = this.b[j];
      if (!other) continue;
      this.freeA[i] = this.freeB[j] = false;
      this.take(Math.max(weight, other.weight), likenessInSound, text, other.text);
      this.heardPair ??= [text, other.text];
    }
  }

  /** All that is left, where blanks stand elsewhere and letters slipped too: "ZI NTechnologis" is "ZIN Technologies". */
  rests(): void {
    const [one, other] = [restOf(this.a, this.freeA), restOf(this.b, this.freeB)];
    if (one.count === other.count && one.count < 2) return;
    const [short, long] = [one.text.length, other.text.length].toSorted((x, y) => x - y) as [number, number];
    if (short < fewestGlued || long - short > mostSlips || long > mostLetters || /\d/.test(one.text + other.text))
      return;
    const most = (long < 12 ? 1 : mostSlips) * oneEdit;
    if (!mayBe(signsOf(one.text), signsOf(other.text), most / oneEdit)) return;
    const cost = editCost(one.text, other.text, most);
    if (cost > most) return;
    this.freeA.fill(false);
    this.freeB.fill(false);
    this.take(Math.max(one.weight, other.weight), 1 - cost / oneEdit / (long + 1), one.text, other.text);
  }

  equals(key: 'text' | 'sense', likeness: number): void {
    for (let i = 0; i < this.a.length; i += 1) {
      if (!this.freeA[i]) continue;
      for (let j = 0; j < this.b.length; j += 1) {
        if (!this.freeB[j] || this.a[i]![key] !== this.b[j]![key]) continue;
        this.freeA[i] = this.freeB[j] = false;
        this.take(Math.min(this.a[i]!.weight, this.b[j]!.weight), likeness, '', '');
        break;
      }
    }
  }

  /** "face book" and "facebook"; "ibm" and "international business machines". */
  runs(words: readonly Word[], free: boolean[], others: readonly Word[], freeOthers: boolean[]): void {
    for (let j = 0; j < others.length; j += 1) {
      if (!freeOthers[j]) continue;
      const whole = others[j]!.text;
      for (let i = 0; i + 1 < words.length && freeOthers[j]; i += 1) {
        if (!free[i] || words[i]!.text[0] !== whole[0]) continue;
        let joined = words[i]!.text;
        let initials = joined[0]!;
        for (let k = i + 1; k < words.length && free[k]; k += 1) {
          joined += words[k]!.text;
          initials += words[k]!.text[0]!;
          const same = joined === whole;
          const near =
            !same && whole.length > 7 && whole.length <= mostLetters && editCost(joined, whole, oneEdit) <= oneEdit;
          const acronym = whole.length > 1 && (initials === whole || (whole.length > 3 && `${initials}c` === whole));
          if (!same && !near && !acronym) continue;
          if (acronym && !same) this.acronym = true;
          for (let at = i; at <= k; at += 1) free[at] = false;
          freeOthers[j] = false;
          const written = words
            .slice(i, k + 1)
            .map(({ text }) => text)
            .join(' ');
          const [one, other] = words === this.a ? [written, whole] : [whole, written];
          const least = acronym ? leastOfAcronym : leastOfRun;
          this.take(Math.max(others[j]!.weight, least), same ? 0.97 : near ? 0.9 : 0.8, one, other);
          break;
        }
      }
    }
  }
}

const restOf = (words: readonly Word[], free: readonly boolean[]) => {
  let [text, weight, count] = ['', 0, 0];
  words.forEach((word, at) => {
    if (!free[at]) return;
    text += word.text;
    weight += word.weight;
    count += 1;
  });
  return { text, weight, count };
};

const inOrder = (one: WeighedName, other: WeighedName): Alignment => {
  const [left, right] = [one.words, other.words];
  const aligning = new Aligning(left, right);
  aligning.equals('text', 1);
  aligning.equals('sense', 0.97);
  if (one.name.script !== other.name.script) aligning.heard();
  const { freeA, freeB } = aligning;
  if (freeA.includes(true) && freeB.includes(true)) {
    aligning.rests();
    aligning.runs(left, freeA, right, freeB);
    aligning.runs(right, freeB, left, freeA);
    aligning.pairs();
  }
  const { exact, loose, worst, worstPair, alike, acronym, heardPair: heard } = aligning;
  const [restA, restB] = [left.filter((_, i) => freeA[i]), right.filter((_, j) => freeB[j])];
  return { exact, loose, worst, worstPair, alike, acronym, heard, restA, restB, whole: false };
};

const swap = <T>(pair: readonly [T, T] | undefined): readonly [T, T] | undefined => pair && [pair[1], pair[0]];

const areAlike = (a: Name, b: Name): boolean =>
  a.skeleton === b.skeleton ||
  ((a.glued !== '' || b.glued !== '') && (a.glued || a.skeleton) === (b.glued || b.skeleton));

/** The same for either order of the two. */
export const align = (a: WeighedName, b: WeighedName): Alignment => {
  if (areAlike(a.name, b.name)) {
    const exact = Math.max(a.weight, b.weight);
    return {
      exact,
      loose: 0,
      worst: 1,
      worstPair: undefined,
      alike: exact,
      restA: [],
      restB: [],
      acronym: false,
      heard: undefined,
      whole: true,
    };
  }
  if (a.name.skeleton < b.name.skeleton) return inOrder(a, b);
  const turned = inOrder(b, a);
  const { restA, restB, worstPair, heard } = turned;
  return { ...turned, restA: restB, restB: restA, worstPair: swap(worstPair), heard: swap(heard) };
};
