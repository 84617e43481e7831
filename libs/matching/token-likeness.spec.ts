import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { editCost, oneEdit, signsOf, spokenOf, tokenLikeness } from './token-likeness.js';

const spelling = (text: string) => ({ text, spoken: spokenOf(text), signs: signsOf(text) });
const likeness = (a: string, b: string) => tokenLikeness(spelling(a), spelling(b));

const word = fc.string({ unit: fc.constantFrom(...'aabcehkinorstu'), maxLength: 6 });

/** By every way of editing, without cheap slips. */
const levenshtein = (a: string, b: string): number =>
  a === '' || b === ''
    ? a.length + b.length
    : Math.min(
        levenshtein(a.slice(1), b) + 1,
        levenshtein(a, b.slice(1)) + 1,
        levenshtein(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
      );

describe('the cost of an edit', () => {
  it.each([
    ['goodrich', 'goodrich', 0],
    ['goodrich', 'goodruch', 3],
    ['dearborn', 'dearobrn', 2],
    ['fastly', 'ffastly', 2],
    ['chevron', 'chevon', 4],
    ['sanko', 'sanyo', 4],
  ])('%s to %s is %d', (a, b, cost) => expect(editCost(a, b, 12)).toBe(cost));

  it('is the same both ways, and never more than that of plain edits', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const cost = editCost(a, b, 60);
        expect(editCost(b, a, 60)).toBe(cost);
        expect(cost).toBeLessThanOrEqual(levenshtein(a, b) * oneEdit);
        expect(Math.min(editCost(a, b, 8), 9)).toBe(Math.min(cost, 9));
      }),
    );
  });
});

describe('likeness of words', () => {
  it.each([
    ['manufacturing', 'mfg'],
    ['international', 'intl'],
    ['kupang', 'coupang'],
    ['kristalord', 'crystalord'],
    ['software', 'softwares'],
    ['b', 'bank'],
  ])('%s may stand for %s', (a, b) => expect(likeness(a, b)).toBeGreaterThan(0.5));

  it.each([
    ['atlanta', 'boston'],
    ['alpha', 'omega'],
    ['micro', 'macron'],
    ['ag', 'ab'],
  ])('%s never for %s', (a, b) => expect(likeness(a, b)).toBeLessThanOrEqual(0.75));

  it('is the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => expect(likeness(a, b)).toBe(likeness(b, a))));
  });
});
