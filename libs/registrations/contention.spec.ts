import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { given } from '../kernel/given.js';
import { registrationFold, registrationRules } from './registration.decider.js';
import type { RegistrationEvent, Screening } from './registration.events.js';
import {
  approved,
  claim,
  cleared,
  context,
  deal,
  friday,
  grants,
  inConflict,
  monday,
  possibleMatch,
  raised,
  resolved,
  returned,
  reviewed,
  screened,
  screening,
  started,
  submitted,
  thursday,
  underReview,
} from './registration.fixture.js';

const lose = (family: string) => ({ type: 'LoseFamily', family, caseId: 'case-1' }) as const;
const lost = (family: string): RegistrationEvent => ({ type: 'FamilyLost', data: { family, caseId: 'case-1' } });
const abandon = (grantId: string) => ({ type: 'AbandonApproval', grantId }) as const;

const record = (change: Partial<Screening> = {}, overCap: { open: number; cap: number } | null = null) =>
  ({
    type: 'RecordScreening',
    screening: screening(change),
    contentHash: null,
    basis: 'new',
    overCap,
    policyVersion: 'standard-v1',
  }) as const;
const evaluated = (overCap = false) =>
  ({
    type: 'EligibilityEvaluated',
    data: {
      policyVersion: 'standard-v1',
      checks: expect.arrayContaining([
        {
          rule: 'below-threshold',
          result: 'passed',
          inputs: { amount: 5_000_000, currency: 'EUR', minimumValue: 500_000 },
        },
        overCap
          ? { rule: 'over-cap', result: 'failed', inputs: { open: 100, cap: 100 } }
          : { rule: 'over-cap', result: 'passed', inputs: { cap: 100 } },
      ]),
    },
  }) as unknown as RegistrationEvent;
const status = (...past: readonly RegistrationEvent[]) => fold(registrationFold, past).status;
const erpCase = [{ caseId: 'case-1', family: 'erp' }];

describe('recording a screening', () => {
  it('starts the review of a clear claim', () =>
    claim(submitted).when(record()).then(resolved, evaluated(), screened(), started));
  it('leaves a claim with a case in conflict, its review not begun', () => {
    claim(submitted)
      .when(record({ outcome: 'conflict', cases: erpCase }))
      .then(resolved, evaluated(), screened({ outcome: 'conflict', cases: erpCase }));
    expect(status(...inConflict)).toBe('in-conflict');
  });
  it('forgets a case that was cleared before', () =>
    claim(submitted, cleared('case-1', 3, thursday))
      .when(record({ outcome: 'conflict', cases: erpCase }))
      .then(resolved, evaluated(), screened({ outcome: 'conflict', cases: erpCase }), started));
  it('knows a case that it has joined again after it was cleared', () => {
    const cases = [{ caseId: 'case-1', family: 'erp', since: 4 }];
    claim(submitted, cleared('case-1', 3, thursday))
      .when(record({ outcome: 'conflict', cases }))
      .then(resolved, evaluated(), screened({ outcome: 'conflict', cases }));
  });
  it('knows of a case that told the claim first', () => {
    claim(submitted, raised('case-1')).when(record()).then(resolved, evaluated(), screened());
    expect(status(submitted, raised('case-1'), resolved, screened())).toBe('in-conflict');
  });
  it('rejects over the cap', () =>
    claim(submitted)
      .when(record({}, { open: 100, cap: 100 }))
      .then(resolved, evaluated(true), screened(), {
        type: 'RegistrationRejected',
        data: { code: 'over-cap', explanation: '100 open registrations, the policy allows 100' },
      }));
  it('flags a close that is near', () =>
    claim({ ...submitted, data: { ...submitted.data, fields: { ...deal, expectedCloseOn: '2026-01-28' } } })
      .when(record())
      .then(
        resolved,
        {
          type: 'EligibilityEvaluated',
          data: {
            policyVersion: 'standard-v1',
            checks: expect.arrayContaining([
              {
                rule: 'short-notice',
                result: 'flagged',
                inputs: { expectedCloseOn: '2026-01-28', businessDays: 9, least: 10 },
              },
            ]) as never,
          },
        },
        screened(),
        started,
      ));
  it('screens a claim under review again without a second start', () =>
    claim(...underReview)
      .when({ ...record({ customerKey: 'customer-0', outcome: 'conflict', cases: erpCase }), basis: 'confirmed' })
      .then(
        {
          type: 'CustomerResolved',
          data: { customerKey: 'customer-0', previousKey: 'customer-1', basis: 'confirmed', customer: deal.customer },
        },
        screened({ customerKey: 'customer-0', outcome: 'conflict', cases: erpCase }),
      ));
  it('tells of the customer of a returned claim as it was submitted', () => {
    const customer = { ...deal.customer, legalName: 'Not Yet Submitted AG' };
    claim(...underReview, returned, { type: 'FieldsAmended', data: { fields: { customer } } })
      .when({ ...record({ customerKey: 'customer-0' }), basis: 'separated' })
      .then(
        {
          type: 'CustomerResolved',
          data: { customerKey: 'customer-0', previousKey: 'customer-1', basis: 'separated', customer: deal.customer },
        },
        screened({ customerKey: 'customer-0' }),
      );
  });
  it('waits for the screening of what is submitted', () => {
    const outdated = { ...record(), contentHash: 'hash of what it was before' };
    claim(submitted).when(outdated).then();
    const toScreen = { type: 'MatchConfirmed', data: { claimId: 'claim-0', reason: 'same' } } as const;
    claim(...underReview, toScreen)
      .when(outdated)
      .then();
    claim(submitted)
      .when({ ...outdated, contentHash: 'hash of Acme AG' })
      .then(resolved, evaluated(), screened(), started);
  });
  it('records a screening of the same customer and families once they are screened', () =>
    claim(...underReview)
      .when({ ...record(), contentHash: 'hash of what it was before' })
      .then(screened()));
  it('has nothing to say to a claim that has ended', () =>
    claim(submitted, { type: 'RegistrationWithdrawn', data: { reason: 'x' } })
      .when(record())
      .then());
  it('has nothing to say to one nobody knows', () => claim().when(record()).then());
});

describe('raising a conflict', () => {
  const raise = { type: 'RaiseConflict', caseId: 'case-1', family: 'erp', since: 0 } as const;

  it.each([
    ['submitted', [submitted], 'submitted'],
    ['under review', underReview, 'in-conflict'],
    ['returned', [...underReview, returned], 'returned'],
    ['in conflict by its screening', inConflict, 'in-conflict'],
    ['approved', approved, 'approved'],
  ])('tells a claim that is %s', (_, past, then) => {
    claim(...past)
      .when(raise)
      .then(raised('case-1'));
    expect(status(...past, raised('case-1'))).toBe(then);
  });
  it('has nothing to say the second time', () =>
    claim(...underReview, raised('case-1'))
      .when(raise)
      .then());
  it('has nothing to say of a membership that was cleared', () =>
    claim(...underReview, cleared('case-1', 3, thursday))
      .when({ ...raise, since: 2 })
      .then());
  it('tells a claim that joins a case again after leaving it, which then can not be approved', () => {
    const left = [...underReview, raised('case-1'), cleared('case-1', 3, thursday)];
    const again = raised('case-1', 'erp', thursday, 4);
    claim(...left)
      .when({ ...raise, since: 4 })
      .then(again);
    expect(status(...left)).toBe('under-review');
    expect(status(...left, again)).toBe('in-conflict');
    reviewed(...left, again)
      .when({ type: 'ApproveRegistration', grants }, friday)
      .refused('registration.in-conflict');
  });
  it('has nothing to say of a family that the claim has lost', () =>
    claim(...underReview, lost('erp'))
      .when(raise)
      .then());
  it('tells a returned claim of a family that it has only begun to leave out', () => {
    const amended: RegistrationEvent = { type: 'FieldsAmended', data: { fields: { productFamilies: ['backup'] } } };
    const past: RegistrationEvent[] = [
      ...underReview,
      { type: 'RegistrationReturned', data: { reasons: ['Both?'], fields: ['productFamilies'], returnedAt: friday } },
    ];
    claim(...past, amended)
      .when(raise)
      .then(raised('case-1'));
  });
});

const clearFor = (cause: string, ...events: readonly RegistrationEvent[]) =>
  given(registrationRules({ ...context, cause }), ...events).when(
    { type: 'ClearConflict', caseId: 'case-1', until: 3, toScreen: true },
    friday,
  );

describe('clearing a conflict', () => {
  const clear = { type: 'ClearConflict', caseId: 'case-1', until: 3 } as const;

  it('starts a review that had not begun', () =>
    claim(...inConflict, raised('case-1'))
      .when(clear, monday)
      .then(cleared('case-1', 3), { type: 'ReviewStarted', data: { dueAt: '2026-01-21T09:00:00.000Z' } }));
  it('lets a review go on, later by the business days it stood still', () => {
    const past = [...underReview, raised('case-1', 'erp', friday)];
    claim(...past)
      .when(clear, monday)
      .then(cleared('case-1', 3, monday, '2026-01-20T09:00:00.000Z'));
    expect(status(...past, cleared('case-1', 3))).toBe('under-review');
  });
  it('waits for the last case', () => {
    const past = [...underReview, raised('case-1'), raised('case-2', 'backup')];
    claim(...past)
      .when(clear, monday)
      .then(cleared('case-1', 3));
    expect(status(...past, cleared('case-1', 3))).toBe('in-conflict');
  });
  it('lengthens a protection by the time it stood still', () =>
    claim(...approved, raised('case-1', 'erp', friday))
      .when(clear, monday)
      .then(cleared('case-1', 3), { type: 'ProtectionResumed', data: { to: '2026-04-19T09:00:00.000Z' } }));
  it('leaves a returned claim returned, its clock stopped', () => {
    const past = [...underReview, returned, raised('case-1')];
    claim(...past)
      .when(clear, monday)
      .then(cleared('case-1', 3));
    expect(fold(registrationFold, [...past, cleared('case-1', 3)])).toMatchObject({
      status: 'returned',
      review: { pausedAt: friday },
    });
  });
  it('has nothing to say the second time', () =>
    claim(...underReview, raised('case-1'), cleared('case-1', 3))
      .when(clear)
      .then());
  it('ends a second membership like the first', () =>
    claim(...underReview, raised('case-1'), cleared('case-1', 3), raised('case-1', 'erp', monday, 4))
      .when({ ...clear, until: 5 }, monday)
      .then(cleared('case-1', 5, monday, monday)));
  it('leaves a membership that screening has found since', () => {
    const rejoined = [{ caseId: 'case-1', family: 'erp', since: 4 }];
    claim(...inConflict, raised('case-1'), screened({ outcome: 'conflict', cases: rejoined }))
      .when(clear, monday)
      .then();
  });
  describe('of one who is no longer held to be the same customer', () => {
    const past: readonly RegistrationEvent[] = [...underReview, raised('case-1', 'erp', friday)];
    const separated: RegistrationEvent = {
      type: 'ConflictCleared',
      data: { caseId: 'case-1', clearedAt: friday, until: 3, dueAt: monday, toScreen: true },
    };

    it('leaves no approval before the next screening', () => {
      clearFor('dismissal', ...past).then(separated);
      reviewed(...past, separated)
        .when({ type: 'ApproveRegistration', grants }, friday)
        .refused('registration.screening-pending');
      expect(fold(registrationFold, [...past, separated, screened()])).toMatchObject({
        status: 'under-review',
        toScreen: false,
      });
    });
    it('waits for no screening that has come before it', () =>
      clearFor('cause-1', ...past, screened()).then(cleared('case-1', 3, friday, monday)));
  });
});

describe('losing a family', () => {
  it('goes on with the others once the case clears it', () => {
    claim(...inConflict)
      .when(lose('erp'), monday)
      .then(lost('erp'));
    claim(...inConflict, lost('erp'))
      .when({ type: 'ClearConflict', caseId: 'case-1', until: 3 }, monday)
      .then(cleared('case-1', 3), { type: 'ReviewStarted', data: { dueAt: '2026-01-21T09:00:00.000Z' } });
  });
  it('rejects an open claim with its last', () =>
    claim(...inConflict, lost('backup'))
      .when(lose('erp'))
      .then(lost('erp'), {
        type: 'RegistrationRejected',
        data: { code: 'lost-conflict', explanation: 'decided for another claim: backup, erp' },
      }));
  it('revokes an approved claim with its last', () =>
    claim(...approved, lost('backup'))
      .when(lose('erp'))
      .then(lost('erp'), { type: 'ProtectionRevoked', data: { ground: 'lost-conflict', caseId: 'case-1' } }));
  it('has nothing to say the second time', () =>
    claim(...inConflict, lost('erp'))
      .when(lose('erp'))
      .then());
});

describe('abandoning an approval', () => {
  const abandoned: RegistrationEvent = { type: 'ApprovalAbandoned', data: { grantId: 'r.1' } };

  it('uses the attempt up', () =>
    claim(...underReview)
      .when(abandon('r.1'))
      .then(abandoned));
  it('has nothing to say the second time', () =>
    claim(...underReview, abandoned)
      .when(abandon('r.1'))
      .then());
  it('leaves an approval that cites it', () =>
    claim(...approved)
      .when(abandon('r.1'))
      .then());
});

it('keeps possible matches for a person', () =>
  expect(fold(registrationFold, [submitted, resolved, screened({ candidates: [possibleMatch] })])).toMatchObject({
    status: 'under-review',
    toScreen: false,
  }));
