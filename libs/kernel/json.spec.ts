import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './json.js';

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: { d: [2, { f: 'x', e: null }], c: 'é"' } }, '{"a":{"c":"é\\"","d":[2,{"e":null,"f":"x"}]},"b":1}'],
    [{ a: undefined, b: [undefined, 1] }, '{"b":[null,1]}'],
    [{ B: 1, a: 2, 10: 3, 9: 4 }, '{"10":3,"9":4,"B":1,"a":2}'],
    [[], '[]'],
    [{}, '{}'],
    ['', '""'],
    [undefined, 'null'],
  ])('%j', (value, text) => expect(canonicalJson(value)).toBe(text));
  it('is one text for equal values, whatever the order of their keys', () =>
    expect(canonicalJson({ x: 1, y: { b: 2, a: 3 } })).toBe(canonicalJson({ y: { a: 3, b: 2 }, x: 1 })));
});
