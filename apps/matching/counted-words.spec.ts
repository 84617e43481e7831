import { describe, expect, it } from '@jest/globals';
import { bands, countedWords } from './counted-words.js';

const many = (times: number, name: (nth: number) => string): string[] =>
  Array.from({ length: times }, (_, nth) => name(nth));

describe('counting words', () => {
  it('puts a word into the last band that its different names reach', () => {
    const counted = countedWords([
      ...many(40, (nth) => `Nth${nth} Énergie`),
      ...many(39, (nth) => `Other${nth} Foods, Foods`),
      ...many(5, (nth) => `Seldom Ink ${nth}`),
    ]);
    expect(counted.bands[bands.indexOf(40)]).toEqual(['energie']);
    expect(counted.bands[bands.indexOf(15)]).toEqual(['foods']);
    expect(counted.bands.flat()).toHaveLength(2);
  });

  it('counts a name once, however often and however cased it is listed; numbers and single letters are no words', () => {
    const counted = countedWords(many(100, (nth) => (nth % 2 ? 'ACME 24 X' : 'Acme, 24 x')));
    expect(counted).toEqual({ names: 1, bands: bands.map(() => []) });
  });
});
