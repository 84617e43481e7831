import { describe, expect, it } from '@jest/globals';
import { learn, type Example, sumOf } from './log-odds.js';

const examples = (level: string, same: number, other: number): Example[] => [
  { levels: [level], same: true, counts: same },
  { levels: [level], same: false, counts: other },
];
const learning = { rising: [], fixed: new Map<string, number>(), doubt: 0.01, rounds: 400 };

describe('learning log-odds', () => {
  it('finds the odds of each level', () => {
    const learnt = learn([...examples('name:equal', 90, 10), ...examples('name:different', 5, 95)], learning);
    expect(sumOf(learnt, ['name:equal'])).toBeCloseTo(Math.log(9), 1);
    expect(sumOf(learnt, ['name:different'])).toBeCloseTo(Math.log(5 / 95), 1);
  });

  it('lets no higher level weigh less than a lower one', () => {
    const seen = [
      ...examples('name:low', 30, 70),
      ...examples('name:middle', 80, 20),
      ...examples('name:high', 60, 40),
    ];
    const { weights } = learn(seen, { ...learning, rising: [['name:low', 'name:middle', 'name:high']] });
    expect(weights.get('name:high')).toBe(weights.get('name:middle'));
    expect(weights.get('name:middle')).toBeGreaterThan(weights.get('name:low')!);
  });

  it('leaves what is given as it is, and learns the same from the same', () => {
    const seen = [...examples('country:different', 50, 50), ...examples('name:equal', 90, 10)];
    const given = { ...learning, fixed: new Map([['country:different', -6.5]]) };
    expect(learn(seen, given).weights.get('country:different')).toBe(-6.5);
    expect(learn(seen, given)).toEqual(learn(seen, given));
  });
});
