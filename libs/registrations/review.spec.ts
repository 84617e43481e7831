import { describe, expect, it } from '@jest/globals';
import { given } from '../kernel/given.js';
import { registrationRules } from './registration.decider.js';
import { resumedDueAt } from './review-clock.js';
import type { RegistrationEvent } from './registration.events.js';
import {
  approved,
  claim,
  deal,
  friday,
  grants,
  inConflict,
  manager,
  monday,
  possibleMatch,
  resolved,
  returned,
  reviewed,
  screened,
  started,
  submitted,
  thursday,
  underReview,
  window,
} from './registration.fixture.js';

const decided = (approver: string, at: number, of: number): RegistrationEvent => ({
  type: 'ApprovalStepDecided',
  data: { step: at, of, approver },
});

const lost = (family: string): RegistrationEvent => ({ type: 'FamilyLost', data: { family, caseId: 'case-1' } });

const matched = [submitted, resolved, screened({ outcome: 'possible', candidates: [possibleMatch] }), started];
const confirmed: RegistrationEvent = { type: 'MatchConfirmed', data: { claimId: 'claim-0', reason: 'same site' } };
const dismissed: RegistrationEvent = { type: 'MatchDismissed', data: { claimId: 'claim-0', reason: 'other city' } };

describe('confirming a possible match', () => {
  const confirm = { type: 'ConfirmMatch', claimId: 'claim-0', reason: 'same site' } as const;

  it("takes the earlier claim's customer", () =>
    reviewed(...matched)
      .when(confirm)
      .then(confirmed, {
        type: 'CustomerResolved',
        data: { customerKey: 'customer-0', previousKey: 'customer-1', basis: 'confirmed', customer: deal.customer },
      }));
  it('has nothing to say the second time', () =>
    reviewed(...matched, confirmed)
      .when(confirm)
      .then());
  it('refuses one that was dismissed', () =>
    reviewed(...matched, dismissed)
      .when(confirm)
      .refused('registration.match-decided'));
  it('refuses what is no match', () =>
    reviewed(...underReview)
      .when(confirm)
      .refused('registration.match-unknown'));
  it('refuses a match in another country, which is shown only', () =>
    reviewed(submitted, resolved, screened({ candidates: [{ ...possibleMatch, otherCountry: true }] }), started)
      .when(confirm)
      .refused('registration.match-unknown'));
});

describe('dismissing a possible match', () => {
  const dismiss = { type: 'DismissMatch', claimId: 'claim-0', reason: 'other city' } as const;

  it('remembers it', () =>
    reviewed(...matched)
      .when(dismiss)
      .then(dismissed));
  it('has nothing to say the second time', () =>
    reviewed(...matched, dismissed)
      .when(dismiss)
      .then());
  it('refuses one that was confirmed', () =>
    reviewed(...matched, confirmed)
      .when(dismiss)
      .refused('registration.match-decided'));
});

describe('returning for information', () => {
  const ask = {
    type: 'ReturnForInformation',
    reasons: ['Which domain?'],
    fields: ['customer', 'nextSteps'],
  } as const;

  it('names reasons and fields', () =>
    reviewed(...underReview)
      .when(ask, friday)
      .then(returned));
  it('has nothing to say the second time', () =>
    reviewed(...underReview, returned)
      .when(ask, friday)
      .then());
  it('refuses in conflict', () =>
    reviewed(...inConflict)
      .when(ask)
      .refused('registration.in-conflict'));
  it('refuses before screening', () => reviewed(submitted).when(ask).refused('registration.not-under-review'));
});

describe('rejecting', () => {
  const reject = { type: 'RejectRegistration', code: 'no-evidence', explanation: 'nothing shown' } as const;
  const rejected: RegistrationEvent = {
    type: 'RegistrationRejected',
    data: { code: 'no-evidence', explanation: 'nothing shown' },
  };

  it('says why', () =>
    reviewed(...underReview)
      .when(reject)
      .then(rejected));
  it('has nothing to say the second time', () =>
    reviewed(...underReview, rejected)
      .when(reject)
      .then());
  it('refuses an approved one', () =>
    reviewed(...approved)
      .when(reject)
      .refused('registration.not-under-review'));
});

describe('assigning and escalating a review', () => {
  const assigned: RegistrationEvent = { type: 'ReviewAssigned', data: { assignee: 'manager-2' } };
  const escalated: RegistrationEvent = { type: 'ReviewEscalated', data: { dueAt: monday } };
  const assign = { type: 'AssignReview', assignee: 'manager-2' } as const;
  const escalate = { type: 'EscalateReview' } as const;

  it('assigns', () =>
    reviewed(...underReview)
      .when(assign)
      .then(assigned));
  it('has nothing to say to the same assignee', () =>
    reviewed(...underReview, assigned)
      .when(assign)
      .then());
  it('escalates a late review', () =>
    claim(...underReview)
      .when(escalate, monday)
      .then(escalated));
  it('escalates a claim that is stuck before its screening', () =>
    claim(submitted).when(escalate, monday).then(escalated));
  it('has nothing to say before it is due', () =>
    claim(...underReview)
      .when(escalate, friday)
      .then());
  it('has nothing to say the second time', () =>
    claim(...underReview, escalated)
      .when(escalate, monday)
      .then());
  it('has nothing to say while the clock stands still', () => {
    claim(...underReview, returned)
      .when(escalate, monday)
      .then();
    claim(...inConflict)
      .when(escalate, monday)
      .then();
  });
});

describe('a review that stood still', () => {
  const review = { dueAt: '2026-01-20T16:00:00.000Z', pausedAt: '2026-01-19T10:00:00.000Z' };
  const clock = { started: true, escalated: false, assignee: null };
  const { rules } = manager.policy;

  it.each([
    ['at once', '2026-01-19T10:00:00.000Z', '2026-01-20T16:00:00.000Z'],
    ['hours later', '2026-01-19T15:00:00.000Z', '2026-01-20T21:00:00.000Z'],
    ['a day and a second later', '2026-01-20T10:00:01.000Z', '2026-01-21T16:00:01.000Z'],
    ['early in the morning', '2026-01-21T09:00:00.000Z', '2026-01-22T15:00:00.000Z'],
    ['past a weekend', '2026-01-26T10:00:00.000Z', '2026-01-27T16:00:00.000Z'],
    ['at a weekend', '2026-01-24T10:00:00.000Z', '2026-01-27T16:00:00.000Z'],
    ['so late on Thursday that Saturday would be the day', '2026-01-22T19:00:00.000Z', '2026-01-26T01:00:00.000Z'],
  ])('goes on %s', (_, now, due) =>
    expect(resumedDueAt({ review: { ...clock, ...review }, cases: [] }, rules, now)).toBe(due),
  );
  it('counts the hours of a weekend as one day at most', () =>
    expect(
      resumedDueAt(
        { review: { ...clock, ...review, pausedAt: '2026-01-17T10:00:00.000Z' }, cases: [] },
        rules,
        '2026-01-18T10:00:00.000Z',
      ),
    ).toBe('2026-01-21T16:00:00.000Z'));
});

describe('approving', () => {
  const step = { type: 'ApproveStep' } as const;
  const approve = { type: 'ApproveRegistration', grants } as const;
  const fields = { ...deal, estimatedValue: { amount: 10_000_000, currency: 'EUR' } };
  const large = [{ ...submitted, data: { ...submitted.data, fields } }, resolved, screened(), started];
  const second = given(registrationRules({ ...manager, actor: 'manager-2' }), ...large, decided('manager-1', 1, 2));

  it('grants a claim of one step', () =>
    reviewed(...underReview)
      .when(approve, friday)
      .then(
        decided('manager-1', 1, 1),
        { type: 'RegistrationApproved', data: { grants } },
        { type: 'ProtectionGranted', data: { ...window, reminderDays: [30, 14, 3] } },
      ));
  it('has nothing to say the second time', () =>
    reviewed(...approved)
      .when(approve, friday)
      .then());
  it('takes a first step of two', () =>
    reviewed(...large)
      .when(step)
      .then(decided('manager-1', 1, 2)));
  it('does not grant on the first of two', () =>
    reviewed(...large)
      .when(approve, friday)
      .refused('registration.grant-outdated'));
  it('grants on the second, by another person', () =>
    second
      .when(approve, friday)
      .then(
        decided('manager-2', 2, 2),
        { type: 'RegistrationApproved', data: { grants } },
        { type: 'ProtectionGranted', data: { ...window, reminderDays: [30, 14, 3] } },
      ));
  it('refuses the same person twice', () =>
    reviewed(...large, decided('manager-1', 1, 2))
      .when(approve, friday)
      .refused('registration.approver-decided-before'));
  it('refuses who has submitted it', () =>
    claim(...underReview)
      .when(approve, friday)
      .refused('registration.approver-submitted'));
  it('refuses where no family is left to grant', () => {
    reviewed(...underReview, lost('erp'), lost('backup'))
      .when({ ...approve, grants: [] }, friday)
      .refused('registration.lost-conflict');
  });
  it('refuses in conflict', () =>
    reviewed(...inConflict)
      .when(approve, friday)
      .refused('registration.in-conflict'));
  it('refuses with a match undecided', () =>
    reviewed(...matched)
      .when(approve, friday)
      .refused('registration.match-undecided'));
  it('refuses a confirmed match that is not screened yet', () =>
    reviewed(...matched, confirmed)
      .when(approve, friday)
      .refused('registration.screening-pending'));
  it('refuses while the contention window is open', () =>
    reviewed(...underReview)
      .when(approve, thursday)
      .refused('registration.contention-window-open'));
  it('refuses grants of an attempt that was abandoned', () =>
    reviewed(...underReview, { type: 'ApprovalAbandoned', data: { grantId: 'r.1' } })
      .when(approve, friday)
      .refused('registration.grant-outdated'));
  it('refuses grants of other families than are still claimed', () =>
    reviewed(...underReview, { type: 'FamilyLost', data: { family: 'erp', caseId: 'case-1' } })
      .when(approve, friday)
      .refused('registration.grant-outdated'));
  it('leaves the last step to the grant', () =>
    reviewed(...underReview)
      .when(step, friday)
      .refused('registration.last-step'));
});
