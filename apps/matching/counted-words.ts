import { cleanText, toLatin } from '../../libs/matching/latin.js';

/** A word's band is the last that so many names reach. */
export const bands = [1_000, 300, 100, 40, 15, 6] as const;
const isWord = (token: string): boolean => token.length > 1 && !/^\d+$/.test(token);

/** The words of a band, by how many different names hold them. */
export const countedWords = (names: Iterable<string>): { names: number; bands: readonly (readonly string[])[] } => {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  for (const name of names) {
    const tokens = toLatin(cleanText(name), '')
      .replace(/['’`]/g, '')
      .split(/[^a-z0-9]+/)
      .filter((token) => token !== '');
    const folded = tokens.join(' ');
    if (folded === '' || seen.has(folded)) continue;
    seen.add(folded);
    for (const word of new Set(tokens.filter(isWord))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const bandOf = (count: number): number => bands.findIndex((least) => count >= least);
  const words = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    names: seen.size,
    bands: bands.map((_, band) => words.filter(([, count]) => bandOf(count) === band).map(([word]) => word)),
  };
};
