import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { EvidenceKind } from '../policy/policy.events.js';
import { standardV1 } from '../policy/standard-v1.js';
import { tieBreak, type RuleName, type TieBreakClaim } from './tie-break.js';

const now = '2026-03-10T09:00:00.000Z';
const complete = '2026-03-09T09:00:00.000Z';
const inTheWindow = '2026-03-10T08:59:00.000Z';
const pastTheWindow = '2026-03-10T09:00:00.001Z';

const claim = (claimId: string, place: number, more: Partial<TieBreakClaim> = {}): TieBreakClaim => ({
  claimId,
  kind: 'registration',
  partnerId: `partner-of-${claimId}`,
  place,
  completeAt: place === 1 ? complete : inTheWindow,
  checks: [{ rule: 'territory', result: 'passed', inputs: {} }],
  protectedUntil: null,
  opportunityType: 'net-new',
  value: { amount: 6_000_000, currency: 'EUR' },
  tier: 'silver',
  certified: false,
  procurementVehicle: null,
  evidence: [],
  ...more,
});
const shown = (claimId: string, ...kinds: EvidenceKind[]): Pick<TieBreakClaim, 'evidence'> => ({
  evidence: kinds.map((kind) => ({ kind, sha256: `${claimId} ${kind}`, occurredAt: '2026-01-20T00:00:00.000Z' })),
});
const failing = (rule: string): Partial<TieBreakClaim> => ({ checks: [{ rule, result: 'failed', inputs: {} }] });
const judged = (...claims: TieBreakClaim[]) => tieBreak(standardV1, claims, now);
const decisive = ({ trace }: ReturnType<typeof tieBreak>) =>
  trace.filter((each) => each.decisive).map(({ rule }) => rule);

const a = (more: Partial<TieBreakClaim> = {}) => claim('a', 1, more);
const b = (more: Partial<TieBreakClaim> = {}) => claim('b', 2, more);
const c = (more: Partial<TieBreakClaim> = {}) => claim('c', 3, more);

describe('the rule that separates two claims', () => {
  it.each<[RuleName, string, TieBreakClaim, TieBreakClaim]>([
    ['gates', 'b', a(failing('out-of-territory')), b()],
    ['customer-choice', 'b', a({ protectedUntil: '2026-05-01T00:00:00.000Z' }), b(shown('b', 'customer-choice'))],
    [
      'live-protection',
      'b',
      a({ opportunityType: 'renewal', ...shown('a', 'incumbency') }),
      b({ protectedUntil: '2026-05-01T00:00:00.000Z' }),
    ],
    ['incumbency', 'b', a(shown('a', 'poc')), b({ opportunityType: 'renewal', ...shown('b', 'incumbency') })],
    ['effort', 'b', a(shown('a', 'meeting')), b(shown('b', 'poc'))],
    ['certification', 'b', a({ tier: 'platinum' }), b({ certified: true })],
    ['procurement-vehicle', 'b', a({ tier: 'platinum' }), b({ procurementVehicle: 'framework-7' })],
    ['tier', 'b', a({ tier: 'silver' }), b({ tier: 'gold' })],
    ['first-complete', 'a', a(), b()],
    ['first-complete', 'a', a(), b({ completeAt: pastTheWindow, tier: 'platinum', ...shown('b', 'poc') })],
  ])('%s, for %s', (rule, winner, one, other) => {
    const evaluation = judged(one, other);
    expect(evaluation.recommendation).toMatchObject({ winner, rule });
    expect(decisive(evaluation)).toEqual([rule]);
  });

  it('is recorded among all the others, in their order', () =>
    expect(judged(a(), b()).trace.map(({ rule, result }) => [rule, result])).toEqual([
      ['gates', 'tie'],
      ['customer-choice', 'tie'],
      ['live-protection', 'tie'],
      ['incumbency', 'tie'],
      ['contention-window', 'tie'],
      ['effort', 'tie'],
      ['certification', 'tie'],
      ['procurement-vehicle', 'tie'],
      ['tier', 'tie'],
      ['first-complete', 'a'],
    ]));

  it('shows the figures it looked at', () =>
    expect(judged(a(shown('a', 'meeting', 'quote', 'proposal')), b(shown('b', 'poc', 'demo'))).trace[5]).toEqual({
      rule: 'effort',
      inputs: { a: 3, b: 7 },
      result: 'b',
      decisive: true,
    }));

  it('is not looked for inside a window that they do not share', () =>
    expect(
      judged(a(), b({ completeAt: pastTheWindow }))
        .trace.slice(4, 9)
        .map(({ result }) => result),
    ).toEqual(Array(5).fill('not-applied')));

  it.each([
    ['ended protection', { protectedUntil: now }],
    [
      'an incumbency before the look-back',
      {
        opportunityType: 'renewal',
        evidence: [{ kind: 'incumbency', sha256: '', occurredAt: '2025-09-01T00:00:00.000Z' }],
      },
    ],
    ['an incumbency that it has no proof of', { opportunityType: 'renewal' }],
    ['a net-new deal, whatever was sold', shown('b', 'incumbency')],
    ['effort that does not count', shown('b', 'other')],
  ] satisfies [string, Partial<TieBreakClaim>][])('is none of those that need more than %s', (_, more) =>
    expect(judged(a(), b(more)).recommendation).toMatchObject({ winner: 'a', rule: 'first-complete' }),
  );
});

describe('a case that is reserved for a person', () => {
  it.each<[string, TieBreakClaim, TieBreakClaim, RuleName]>([
    ['direct sales', a({ kind: 'direct', partnerId: null, tier: null, value: null }), b(), 'tier'],
    ['written choice', a(shown('a', 'customer-choice')), b(shown('b', 'customer-choice')), 'first-complete'],
    ['same evidence', a(shown('x', 'poc', 'demo')), b(shown('x', 'poc')), 'effort'],
    ['the value', a(), b({ value: { amount: 25_000_000, currency: 'EUR' } }), 'first-complete'],
    ['the value', a(), b({ value: { amount: 1, currency: 'XTS' } }), 'first-complete'],
    ['effort and are close', a(shown('a', 'poc')), b(shown('b', 'demo')), 'effort'],
  ])('because of %s, is given the rules’ answer as advice only', (reason, one, other, advice) => {
    const evaluation = judged(one, other);
    expect(evaluation.recommendation).toMatchObject({
      winner: null,
      rule: null,
      reason: expect.stringContaining(reason),
    });
    expect(decisive(evaluation)).toEqual([advice]);
  });

  it.each([
    ['no effort on either side', a(), b()],
    ['effort on one side alone', a(), b(shown('b', 'quote'))],
    ['a difference of two points', a(shown('a', 'meeting')), b(shown('b', 'poc'))],
    ['a value just below', a({ value: { amount: 24_999_999, currency: 'EUR' } }), b()],
    ['a value just below in its own currency', a({ value: { amount: 99_999_999, currency: 'PLN' } }), b()],
    ['a great value that the gates dropped', a({ value: { amount: 9e9, currency: 'EUR' }, ...failing('tender') }), b()],
    ['two claims of one partner', a(shown('a', 'poc')), b({ partnerId: 'partner-of-a', ...shown('b', 'poc') })],
  ])('is not so for %s', (_, one, other) => expect(judged(one, other).recommendation.winner).not.toBeNull());
});

describe('more than two claims', () => {
  it('are narrowed to those that lead, rule by rule', () => {
    const evaluation = judged(
      a({ tier: 'platinum' }),
      b({ certified: true, tier: 'gold' }),
      c({ certified: true, tier: 'silver' }),
    );
    expect(evaluation.recommendation).toMatchObject({ winner: 'b', rule: 'tier' });
    expect(evaluation.trace[6]).toMatchObject({ rule: 'certification', result: 'b, c', decisive: false });
    expect(evaluation.trace[8]).toMatchObject({ inputs: { b: 'gold', c: 'silver' }, result: 'b' });
  });
  it('leave those outside the window behind', () =>
    expect(
      judged(a(), b({ tier: 'gold' }), c({ completeAt: pastTheWindow, tier: 'platinum' })).recommendation,
    ).toMatchObject({ winner: 'b', rule: 'tier' }));
  it('have no winner where none passes the gates', () =>
    expect(judged(a(failing('tender')), b(failing('tender')), c(failing('over-cap'))).recommendation).toEqual({
      winner: null,
      rule: null,
      reason: 'No claim passes the gates.',
    }));
});

describe('what would have flipped it', () => {
  it.each([
    ['the gate', 'Had a passed tender, it would have led by first-complete.', a(failing('tender')), b()],
    [
      'the least effort that is enough',
      // a demo would have been so close that a person decides
      'Had b shown one more poc, it would have led by effort.',
      a(shown('a', 'meeting')),
      b(),
    ],
    [
      'two kinds where one is not enough',
      'Had b shown one more poc and meeting, it would have led by effort.',
      a(shown('a', 'poc')),
      b(),
    ],
    [
      'being earlier, outside the window',
      'Had b been complete before a, it would have led by first-complete.',
      a(),
      b({ completeAt: pastTheWindow }),
    ],
    [
      'being inside it',
      `Had b been complete by ${inTheWindow.replace('08:59', '09:00')}, it would have led by tier.`,
      a(),
      b({ completeAt: pastTheWindow, tier: 'gold' }),
    ],
    [
      'the customer',
      'Had b had the customer’s written choice, it would have led by customer-choice.',
      a({ protectedUntil: '2026-05-01T00:00:00.000Z' }),
      b(),
    ],
  ])('is %s', (_, sentence, one, other) => expect(judged(one, other).flip).toBe(sentence));
  it('is what would have put another ahead before a person, where all would have left it to one', () =>
    expect(judged(a({ value: { amount: 25_000_000, currency: 'EUR' } }), b()).flip).toBe(
      'Had b shown one more proposal, it would have been ahead by effort, and a person would have had to decide: the value is from the threshold up.',
    ));
  it('is nothing where no claim could', () =>
    expect(judged(a({ ...shown('a', 'customer-choice'), protectedUntil: '2026-05-01T00:00:00.000Z' }), b()).flip).toBe(
      null,
    ));
});

describe('whatever the claims are', () => {
  const kind = fc.constantFrom<EvidenceKind>(
    'customer-choice',
    'poc',
    'demo',
    'meeting',
    'proposal',
    'quote',
    'incumbency',
    'other',
  );
  const anyClaim = fc.record({
    kind: fc.constantFrom('registration' as const, 'direct' as const),
    partnerId: fc.constantFrom('p1', 'p2', 'p3', null),
    completeAt: fc.constantFrom(complete, inTheWindow, pastTheWindow, now),
    checks: fc.array(
      fc.record({
        rule: fc.constantFrom('tender', 'cap'),
        result: fc.constantFrom('passed' as const, 'passed' as const, 'failed' as const, 'flagged' as const),
        inputs: fc.constant({}),
      }),
      { maxLength: 2 },
    ),
    protectedUntil: fc.constantFrom(null, null, now, '2026-05-01T00:00:00.000Z'),
    opportunityType: fc.constantFrom('net-new' as const, 'renewal' as const, 'expansion' as const, null),
    value: fc.constantFrom(
      null,
      { amount: 5, currency: 'EUR' },
      { amount: 9e8, currency: 'PLN' },
      { amount: 5, currency: 'XTS' },
    ),
    tier: fc.constantFrom('registered' as const, 'silver' as const, 'gold' as const, 'platinum' as const, null),
    certified: fc.boolean(),
    procurementVehicle: fc.constantFrom(null, 'framework-7'),
    evidence: fc.array(
      fc.record({ kind, sha256: fc.constantFrom('1', '2', '3'), occurredAt: fc.constantFrom(complete, now) }),
      { maxLength: 4 },
    ),
  });
  const claims = fc
    .array(anyClaim, { maxLength: 5 })
    .map((list) => list.map((each, index): TieBreakClaim => ({ ...each, claimId: `c${index}`, place: index + 1 })));
  const shuffled = claims.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );

  it('their order in the input never changes the answer', () =>
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(tieBreak(standardV1, other, now)).toEqual(tieBreak(standardV1, list, now));
      }),
    ));
  it('one rule decides and names one of those that pass the gates, or none passes', () =>
    fc.assert(
      fc.property(claims, (list) => {
        const evaluation = tieBreak(standardV1, list, now);
        const passing = list.filter(({ checks }) => checks.every(({ result }) => result !== 'failed'));
        expect(evaluation.trace).toHaveLength(10);
        expect(decisive(evaluation)).toHaveLength(passing.length > 0 ? 1 : 0);
        const { winner } = evaluation.recommendation;
        expect([...passing.map(({ claimId }) => claimId), null]).toContain(winner);
        const withDirect = passing.some(({ kind: each }) => each === 'direct');
        expect(withDirect && winner !== null).toBe(false);
      }),
    ));
  it('none would have led where direct sales contend, whatever it had shown', () =>
    fc.assert(
      fc.property(claims, (list) => {
        const direct = list.map((each) => ({ ...each, kind: 'direct' as const }));
        expect(tieBreak(standardV1, direct, now).flip ?? '').not.toContain('would have led');
      }),
    ));
});
