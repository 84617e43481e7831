import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { DomainError } from '../kernel/decider.js';
import type { View } from '../platform/processors/processor.js';
import { type ClaimStanding, standingAfter } from './claim-standing.js';
import { protectionDeadlines } from './protection-deadline.view.js';
import { registrationList } from './registration-list.view.js';
import { registration } from './registration.decider.js';
import type { RegistrationEvent } from './registration.events.js';
import {
  approved,
  context,
  deal,
  drafted,
  friday,
  grants,
  inConflict,
  manager,
  monday,
  raised,
  returned,
  screened,
  screening,
  submitted,
  thursday,
  underReview,
  window,
} from './registration.fixture.js';
import { recorded } from './registration.recorded.fixture.js';
import { isClaim, type Registration, unknown } from './registration.state.js';
import { never, reviewDeadlines } from './review-deadline.view.js';
import { reviewQueue } from './review-queue.view.js';
import type { RegistrationCommand } from './registration.commands.js';
import { dueAtOf } from './shown-registration.js';

const commands: readonly RegistrationCommand[] = [
  { type: 'SubmitRegistration' },
  { type: 'WithdrawRegistration', reason: 'gone' },
  { type: 'AmendFields', patch: { customer: { city: 'Köln' } } },
  { type: 'ReturnForInformation', reasons: ['city?'], fields: ['customer'] },
  { type: 'ApproveRegistration', grants },
  {
    type: 'RecordScreening',
    screening: screening(),
    contentHash: null,
    basis: 'new',
    overCap: null,
    policyVersion: 'standard-v1',
  },
  ...['case-1', 'case-2'].flatMap((caseId, index): RegistrationCommand[] => [
    {
      type: 'RecordScreening',
      screening: screening({
        outcome: 'conflict',
        cases: [{ caseId, family: ['erp', 'backup'][index]!, since: index * 2 }],
      }),
      contentHash: null,
      basis: 'new',
      overCap: null,
      policyVersion: 'standard-v1',
    },
    { type: 'RaiseConflict', caseId, family: ['erp', 'backup'][index]!, since: 0 },
    { type: 'RaiseConflict', caseId, family: ['erp', 'backup'][index]!, since: 2 },
    { type: 'ClearConflict', caseId, until: 1 },
    { type: 'ClearConflict', caseId, until: 3 },
    { type: 'LoseFamily', caseId, family: ['erp', 'backup'][index]! },
  ]),
  { type: 'EscalateReview' },
  { type: 'ExpireProtection' },
];

describe('the standing that views follow', () => {
  it('is what the decider thinks, in any order of commands', () => {
    const step = tuple(
      constantFrom(...commands),
      constantFrom(0, 3_600_000, 86_400_000),
      constantFrom(context, manager),
    );
    assert(
      property(array(step, { maxLength: 30 }), (steps) => {
        let state: Registration = unknown;
        let standing: ClaimStanding | undefined;
        let at = Date.parse(thursday);
        const opening: RegistrationCommand = {
          type: 'SubmitRegistration',
          claim: { partnerId: 'north', fields: deal },
        };
        for (const [command, wait, who] of [[opening, 0, context] as const, ...steps]) {
          at += wait;
          const { decide, evolve } = registration(who);
          let events: readonly RegistrationEvent[] = [];
          try {
            events = decide(command, state, new Date(at).toISOString());
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
          for (const event of events) standing = standingAfter(standing, event);
          state = events.reduce(evolve, state);
          const said = {
            status: standing?.status,
            cases: Object.keys(standing?.openCases ?? {}).toSorted(),
            dueAt: standing?.dueAt,
          };
          const held = isClaim(state) && state.cases.map(({ caseId }) => caseId).toSorted();
          expect(said).toEqual({
            status: state.status,
            cases: held || [],
            dueAt: isClaim(state) && state.status !== 'approved' ? dueAtOf(state) : null,
          });
        }
      }),
      { numRuns: 150 },
    );
  });
});

const reminded = (daysBefore: number): RegistrationEvent => ({ type: 'ExpiryReminderSent', data: { daysBefore } });

const rowAfter = <Row extends object>(view: View<RegistrationEvent, Row>, ...events: readonly RegistrationEvent[]) => {
  let row: Row | undefined;
  for (const event of recorded(events))
    for (const key of view.keys(event))
      row =
        (view.fold[event.type] as ((row: Row | undefined, event: unknown, key: string) => Row) | undefined)?.(
          row,
          event,
          key,
        ) ?? (event.type in view.fold ? undefined : row);
  return row;
};

describe('the list', () => {
  it('takes a draft with what it has', () =>
    expect(rowAfter(registrationList, drafted)).toMatchObject({
      key: 'demo.r',
      vendor: 'demo',
      id: 'r',
      status: 'draft',
      partnerId: 'north',
      legalName: null,
      amount: null,
      productFamilies: ['erp'],
      submittedAt: null,
      beganAt: '100',
      search: 'r',
    }));
  it('keeps the place in the list that the draft had', () =>
    expect(
      rowAfter(registrationList, drafted, { type: 'DraftAmended', data: { fields: deal } }, submitted),
    ).toMatchObject({
      status: 'submitted',
      beganAt: '100',
      submittedAt: thursday,
      legalName: 'Acme AG',
      amount: '5000000',
      currency: 'EUR',
      countryCode: 'DE',
      search: 'r\nacme ag\nacme.example',
    }));
  it.each([
    ['under-review', underReview],
    ['in-conflict', inConflict],
    ['returned', [...underReview, returned]],
    ['approved', approved],
    ['rejected', [...underReview, { type: 'RegistrationRejected', data: { code: 'other', explanation: '' } }]],
    ['withdrawn', [...underReview, { type: 'RegistrationWithdrawn', data: { reason: '' } }]],
    ['expired', [...approved, { type: 'ProtectionExpired', data: { expiredAt: window.to } }]],
    ['revoked', [...approved, { type: 'ProtectionRevoked', data: { ground: 'lost-conflict', caseId: 'case-1' } }]],
    ['won', [...approved, { type: 'DealWon', data: { amount: 1, currency: 'EUR', closedOn: '2026-02-01' } }]],
    ['lost', [...approved, { type: 'DealLost', data: { reason: 'price' } }]],
  ] as [string, RegistrationEvent[]][])('knows one that is %s', (status, past) =>
    expect(rowAfter(registrationList, ...past)).toMatchObject({ status, beganAt: '100' }),
  );
  it('knows what screening found, and why it was rejected', () => {
    expect(rowAfter(registrationList, submitted)).toMatchObject({ outcome: null, rejectionCode: null });
    const rejected = { type: 'RegistrationRejected', data: { code: 'lost-conflict', explanation: '' } } as const;
    expect(rowAfter(registrationList, ...inConflict, rejected)).toMatchObject({
      status: 'rejected',
      outcome: 'conflict',
      rejectionCode: 'lost-conflict',
    });
  });
  it('knows the end of a protection, and a later one', () => {
    expect(rowAfter(registrationList, ...approved)).toMatchObject({ protectedTo: window.to });
    const to = '2026-04-20T09:00:00.000Z';
    expect(rowAfter(registrationList, ...approved, { type: 'ProtectionResumed', data: { to } })).toMatchObject({
      protectedTo: to,
    });
  });
});

describe('the review queue', () => {
  it('has a claim wait from its screening on', () => {
    expect(rowAfter(reviewQueue, submitted)).toMatchObject({ waiting: false, dueAt: monday });
    expect(rowAfter(reviewQueue, ...underReview)).toMatchObject({
      waiting: true,
      dueAt: monday,
      status: 'under-review',
      outcome: 'clear',
      place: 2,
      assignee: null,
      stepsDecided: 0,
    });
  });
  it('shows one that is stuck before its screening', () =>
    expect(rowAfter(reviewQueue, submitted, { type: 'ReviewEscalated', data: { dueAt: monday } })).toMatchObject({
      waiting: true,
      standing: { escalated: true },
    }));
  it('knows who reviews, and the steps', () =>
    expect(
      rowAfter(
        reviewQueue,
        ...underReview,
        { type: 'ReviewAssigned', data: { assignee: 'manager-1' } },
        { type: 'ApprovalStepDecided', data: { step: 1, of: 2, approver: 'manager-1' } },
      ),
    ).toMatchObject({ assignee: 'manager-1', dueAt: monday, stepsDecided: 1 }));
  it('stops the clock of a claim in conflict', () =>
    expect(rowAfter(reviewQueue, ...underReview, raised('case-1'))).toMatchObject({
      waiting: true,
      status: 'in-conflict',
      dueAt: null,
    }));
  it('does not wait for what is with its partner, and forgets what is decided', () => {
    expect(rowAfter(reviewQueue, ...underReview, returned)).toMatchObject({ waiting: false, dueAt: null });
    expect(rowAfter(reviewQueue, ...approved)).toBeUndefined();
  });
});

describe('the deadlines of reviews', () => {
  it('begin with the submission', () =>
    expect(rowAfter(reviewDeadlines, submitted)).toMatchObject({ key: 'demo.r', id: 'r', dueAt: monday }));
  it('stand still in conflict and after a return', () => {
    expect(rowAfter(reviewDeadlines, ...inConflict)).toMatchObject({ dueAt: never });
    expect(rowAfter(reviewDeadlines, ...underReview, returned)).toMatchObject({ dueAt: never });
  });
  it('ring once', () =>
    expect(
      rowAfter(reviewDeadlines, ...underReview, { type: 'ReviewEscalated', data: { dueAt: monday } }),
    ).toMatchObject({
      dueAt: never,
    }));
  it('end with the decision', () => expect(rowAfter(reviewDeadlines, ...approved)).toBeUndefined());
});

describe('the deadlines of protections', () => {
  it('begin with the first reminder', () =>
    expect(rowAfter(protectionDeadlines, ...approved)).toMatchObject({
      dueAt: '2026-03-17T09:00:00.000Z',
      endsAt: window.to,
    }));
  it('go on to the next, past those that a nearer one made pointless', () =>
    expect(rowAfter(protectionDeadlines, ...approved, reminded(14))).toMatchObject({
      dueAt: '2026-04-13T09:00:00.000Z',
    }));
  it('come to the end after the last', () =>
    expect(rowAfter(protectionDeadlines, ...approved, reminded(3))).toMatchObject({ dueAt: window.to }));
  it('stand still during a case and go on later', () => {
    const past = [...approved, raised('case-1', 'erp', friday)];
    expect(rowAfter(protectionDeadlines, ...past)).toMatchObject({ dueAt: never });
    const to = '2026-04-20T09:00:00.000Z';
    expect(rowAfter(protectionDeadlines, ...past, { type: 'ProtectionResumed', data: { to } })).toMatchObject({
      endsAt: to,
      dueAt: '2026-03-21T09:00:00.000Z',
    });
  });
  it('end with the protection', () =>
    expect(
      rowAfter(protectionDeadlines, ...approved, { type: 'ProtectionExpired', data: { expiredAt: window.to } }),
    ).toBeUndefined());
  it('are of no concern before an approval', () =>
    expect(rowAfter(protectionDeadlines, ...underReview, screened())).toBeUndefined());
});
