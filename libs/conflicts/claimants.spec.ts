import { describe, expect, it } from '@jest/globals';
import { areInConflict, conflictType } from './claimants.js';
import type { Claimant } from './conflict.events.js';

const of = (...partners: (string | null)[]): Claimant[] =>
  partners.map((partnerId, index) => ({
    claimId: `c${index}`,
    kind: partnerId === null ? 'direct' : 'registration',
    partnerId,
    place: index + 1,
  }));

describe('the type of a conflict', () => {
  it.each([
    [of('p1', 'p2'), 'partner-vs-partner'],
    [of('p1', 'p1'), 'same-partner-duplicate'],
    [of('p1', 'p1', 'p2'), 'partner-vs-partner'],
    [of('p1', null), 'partner-vs-direct'],
    [of('p1', 'p2', null), 'partner-vs-direct'],
  ])('follows from the claimants', (claimants, type) => expect(conflictType(claimants)).toBe(type));
});

describe('claimants', () => {
  it.each([
    [of('p1', 'p2'), true],
    [of('p1', null), true],
    [of(null, null), false],
    [of('p1'), false],
    [of(), false],
  ])('are in conflict only where a registration contends', (claimants, are) =>
    expect(areInConflict(claimants)).toBe(are),
  );
});
