import { isCommonWord } from './common-words.js';
import { bands } from './token-frequencies.js';
import { isGeneric } from './word-senses.js';

const rarest = 1;
const ofBand: readonly number[] = [0.08, 0.2, 0.34, 0.48, 0.62, 0.8];
/** A word of the reviewed list says as little as one in 1 of 600 names, however seldom the counted lists hold it. */
const common = 0.34;
const single = 0.2;

const counted = new Map<string, number>(
  bands.flatMap(([, words], band) => words.split(/\s+/).map((word) => [word, ofBand[band] ?? rarest] as const)),
);

/** How much a word tells of which company is meant, 0..1: the logarithm of how few names hold it. */
export const tokenWeight = (token: string): number => {
  if (token.length === 1 || /^\d+$/.test(token)) return single;
  const weight = counted.get(token) ?? (token.length === 2 ? 0.7 : rarest);
  return isCommonWord(token) || isGeneric(token) ? Math.min(weight, common) : weight;
};
