const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as [Uint8Array, Uint8Array, Uint8Array];
const longest = 62;

/** What one edit costs: slips of the hand and of the ear are cheaper than another letter. */
export const oneEdit = 4;
const swapped = 2;
const doubled = 2;
const otherVowel = 3;

const vowels = new Set([...'aeiouy'].map((vowel) => vowel.charCodeAt(0)));

/** What it takes to write `a` as `b`, {@link oneEdit} for a letter, up to `most`; else more than `most`. */
export const editCost = (a: string, b: string, most: number): number => {
  const [n, m] = [a.length, b.length];
  if (n > longest || m > longest || Math.abs(n - m) * doubled > most) return most + 1;
  let [before, last, row] = rows;
  last[0] = 0;
  for (let j = 1; j <= m; j += 1) last[j] = last[j - 1]! + (b[j - 1] === b[j - 2] ? doubled : oneEdit);
  for (let i = 1; i <= n; i += 1) {
    const sign = a.charCodeAt(i - 1);
    const isDoubled = i > 1 && sign === a.charCodeAt(i - 2);
    row[0] = last[0]! + (isDoubled ? doubled : oneEdit);
    let least = row[0];
    for (let j = 1; j <= m; j += 1) {
      const other = b.charCodeAt(j - 1);
      const change = sign === other ? 0 : vowels.has(sign) && vowels.has(other) ? otherVowel : oneEdit;
      let cost = last[j - 1]! + change;
      const left = last[j]! + (isDoubled ? doubled : oneEdit);
      if (left < cost) cost = left;
      const added = row[j - 1]! + (j > 1 && other === b.charCodeAt(j - 2) ? doubled : oneEdit);
      if (added < cost) cost = added;
      if (i > 1 && j > 1 && sign === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        cost = Math.min(cost, before[j - 2]! + swapped);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most + swapped) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[m]!;
};

const isSubsequence = (short: string, long: string): boolean => {
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i += 1) if (long[i] === short[at]) at += 1;
  return at === short.length;
};

/** One spelling for what sounds alike across languages and transliterations. */
export const spokenOf = (word: string): string =>
  word
    .replace(/ph/g, 'f')
    .replace(/sch|sh|zh|ch|cz|sz|ts|tz/g, 's')
    .replace(/([aou])e/g, '$1')
    .replace(/ou/g, 'u')
    .replace(/ee/g, 'i')
    .replace(/[cqg]/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/[yj]/g, 'i')
    .replace(/z/g, 's')
    .replace(/w/g, 'v')
    .replace(/(?<=[bcdfgkprstvz])h/g, '')
    .replace(/(.)\1+/g, '$1');

export type Spelling = { readonly text: string; readonly spoken: string; readonly signs: number };

/** Which letters a word holds, as bits: two words d edits apart differ in at most 2d of them. */
export const signsOf = (text: string): number => {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) bits |= 1 << (text.charCodeAt(i) & 31);
  return bits;
};

const countBits = (bits: number): number => {
  let [rest, count] = [bits, 0];
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
};

/** Whether two words that hold these letters can be so few edits apart. */
export const mayBe = (signs: number, others: number, edits: number): boolean => countBits(signs ^ others) <= 2 * edits;

/** How likely it is that two words stand for one, 0..1: 1 = the same letters, 0 = different words. */
export const tokenLikeness = (one: Spelling, two: Spelling): number => {
  const [a, b] = [one.text, two.text];
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short) && /[a-z]/.test(short) ? 0.75 : 0;
  if (short.length >= 3 && long.startsWith(short)) {
    const rest = long.length - short.length;
    if (short.length < 4 || rest > 1) return short.length / long.length >= 0.6 ? 0.8 : 0.65;
  }
  if (short.length < 6 && long.length - short.length > 2 && short[0] === long[0] && long.length >= 5) {
    // "mfg", "intl", "svcs": consonants in order
    if (!/[aeiou]/.test(short.slice(1)) && isSubsequence(short, long)) return short.length > 2 ? 0.7 : 0.55;
  }
  if (short.length < 3 || long.length - short.length > 3) return 0;
  if (one.spoken === two.spoken && short.length > 3) return short.length > 4 ? 0.94 : 0.9;
  const most = short.length < 4 ? 1 : short.length < 7 ? (long.length > 6 ? 2 : 1) : long.length < 10 ? 2 : 3;
  if (!mayBe(one.signs, two.signs, most)) return 0;
  const cost = editCost(a, b, most * oneEdit);
  if (cost > most * oneEdit) return 0;
  const likeness = 1 - cost / oneEdit / (long.length + 1);
  return a[0] === b[0] ? likeness : likeness - 0.07;
};
