import { describe, expect, it } from '@jest/globals';
import { toldBy } from '../platform/bus/messages.js';
import type { Principal } from '../platform/http/principal.js';
import { registrationMessages } from './registration.messages.js';
import type { RegistrationEvent } from './registration.events.js';
import {
  approved,
  cleared,
  deal,
  drafted,
  possibleMatch,
  raised,
  resolved,
  returned,
  screened,
  started,
  submitted,
} from './registration.fixture.js';
import { recorded } from './registration.recorded.fixture.js';
import { evolve, unknown } from './registration.state.js';
import { shownEvent } from './registration.whitelist.js';
import { allowedActionsOf, type Known, shownState } from './shown-registration.js';

const partner: Principal = { subject: 'partner-user', vendor: 'demo', role: 'partner', partnerId: 'north' };
const manager: Principal = { subject: 'manager-1', vendor: 'demo', role: 'channel-manager' };

/** Everything that an event of a registration may hold of a rival or of the vendor's own. */
const rivalry = /rival|customer-[01]|claim-0|manager|secret|contentionEndsAt|08:17/;
const rivalled: readonly RegistrationEvent[] = [
  { ...drafted, data: { ...drafted.data, submittedBy: 'manager-1', onBehalf: true } },
  submitted,
  resolved,
  screened({
    outcome: 'possible',
    otherCustomerKeys: ['customer-0'],
    contentionEndsAt: '2026-01-16T08:17:00.000Z',
    candidates: [possibleMatch],
  }),
  started,
  { type: 'ReviewAssigned', data: { assignee: 'manager-1' } },
  { type: 'MatchConfirmed', data: { claimId: 'claim-0', reason: 'secret' } },
  { type: 'MatchDismissed', data: { claimId: 'claim-0', reason: 'secret' } },
  { type: 'ApprovalAbandoned', data: { grantId: 'secret' } },
  raised('case-1'),
  { type: 'FamilyLost', data: { family: 'erp', caseId: 'case-1' } },
  { type: 'ApprovalStepDecided', data: { step: 1, of: 1, approver: 'manager-1' } },
  ...approved.slice(-2, -1),
];
const stateAfter = (events: readonly RegistrationEvent[]) => events.reduce(evolve, unknown) as Known;

const messages = (events: readonly RegistrationEvent[]) =>
  recorded(events).flatMap((event) => toldBy(registrationMessages, event) ?? []);

describe('what a partner reads', () => {
  it('has nothing of a rival or of the staff in its history', () => {
    const shown = recorded(rivalled, { actor: 'manager-1' }).map((event) => shownEvent(event, partner));
    expect(JSON.stringify(shown.map((event) => event && { ...event, actor: '' }))).not.toMatch(rivalry);
    expect(shown.filter(Boolean).map((event) => event?.type)).toEqual([
      'RegistrationDrafted',
      'RegistrationSubmitted',
      'RegistrationScreened',
      'ReviewStarted',
      'ConflictRaised',
      'FamilyLost',
      'ApprovalStepDecided',
      'RegistrationApproved',
    ]);
  });
  it('has no names of the staff', () => {
    const [onBehalf, , , , review] = recorded(rivalled, { actor: 'manager-1' });
    expect(shownEvent(onBehalf!, partner)?.actor).toBe('vendor');
    expect(shownEvent(review!, partner)?.actor).toBe('vendor');
    expect(shownEvent(onBehalf!, manager)?.actor).toBe('manager-1');
  });
  it('has the names of its own people, and of no machine', () => {
    const [own] = recorded([submitted], { actor: 'colleague' });
    const [machine] = recorded([started], { actor: 'system:screening' });
    expect(shownEvent(own!, partner)?.actor).toBe('colleague');
    expect(shownEvent(machine!, partner)?.actor).toBe('system');
  });
  it('has nothing of a rival or of the staff in its state, at any time', () => {
    rivalled.forEach((_, index) => {
      const state = stateAfter(rivalled.slice(0, index + 1));
      expect(JSON.stringify(shownState('r', state, partner))).not.toMatch(rivalry);
    });
  });
  it('has its own customer as it wrote it', () =>
    expect(shownState('r', stateAfter([submitted]), partner)).toMatchObject({
      customer: deal.customer,
      status: 'submitted',
      receipt: submitted.data.receipt,
      nextStep: 'screening',
    }));
});

const casesAfter = (...events: readonly RegistrationEvent[]) =>
  shownState('r', stateAfter([submitted, raised('case-1'), raised('case-2', 'backup'), ...events]), partner).cases;

describe('the cases that are shown', () => {
  const lost: RegistrationEvent = { type: 'FamilyLost', data: { family: 'erp', caseId: 'case-1' } };

  it('are those that are open', () => {
    expect(casesAfter()).toEqual(['case-1', 'case-2']);
    expect(casesAfter(cleared('case-1', 3))).toEqual(['case-2']);
  });
  it('are those, too, that it has lost a family in', () => {
    expect(casesAfter(lost)).toEqual(['case-1', 'case-2']);
    expect(casesAfter(lost, cleared('case-1', 3))).toEqual(['case-2', 'case-1']);
    const rejected: RegistrationEvent = {
      type: 'RegistrationRejected',
      data: { code: 'lost-conflict', explanation: '' },
    };
    expect(casesAfter(lost, rejected)).toEqual(['case-1']);
  });
  it('are none after a withdrawal', () =>
    expect(casesAfter({ type: 'RegistrationWithdrawn', data: { reason: '' } })).toEqual([]));
});

describe('what a manager reads', () => {
  it('has the candidates and what is undecided', () =>
    expect(
      shownState('r', stateAfter([submitted, resolved, screened({ candidates: [possibleMatch] }), started]), manager),
    ).toMatchObject({
      customerKey: 'customer-1',
      screening: { candidates: [possibleMatch] },
      matches: { undecided: ['claim-0'] },
      nextStep: 'decide-matches',
    }));
});

describe('allowed actions', () => {
  it('follow state and role', () => {
    const review = stateAfter([submitted, resolved, screened(), started]);
    expect(allowedActionsOf(review, manager)).toEqual(['return', 'reject', 'assign', 'approve']);
    expect(allowedActionsOf(review, { ...manager, subject: 'partner-user' })).not.toContain('approve');
    expect(allowedActionsOf(review, { ...manager, role: 'auditor' })).toEqual([]);
    expect(allowedActionsOf(review, partner)).toEqual(['withdraw', 'evidence']);
    expect(allowedActionsOf(stateAfter([drafted]), partner)).toEqual(['submit', 'withdraw', 'evidence']);
    expect(allowedActionsOf(stateAfter(approved), partner)).toEqual(['withdraw', 'evidence', 'won', 'lost']);
    expect(allowedActionsOf(stateAfter([submitted, resolved, screened(), started, returned]), partner)).toContain(
      'submit',
    );
  });
});

describe('public messages', () => {
  it('tell nothing of a rival, of a person or of what one wrote', () => {
    const told = JSON.stringify(messages([...rivalled, returned]));
    expect(told).not.toMatch(rivalry);
    expect(told).not.toMatch(/Eva|eva@|Which domain/);
  });
  it('name the cases of a screening alone', () => {
    const cases = [{ caseId: 'case-1', family: 'erp', since: 4 }];
    expect(messages([screened({ outcome: 'conflict', cases })])).toMatchObject([
      { data: { verdict: 'claimed', cases: [{ caseId: 'case-1', family: 'erp' }] } },
    ]);
    expect(JSON.stringify(messages([screened({ cases })]))).not.toContain('since');
  });
  it('are for the registration’s own partner', () =>
    expect(
      messages([submitted, { ...raised('case-1'), data: { ...raised('case-1').data, partnerId: 'north' } } as never]),
    ).toMatchObject([
      { type: 'registration.submitted.v1', subject: 'r', partnerIds: ['north'], data: { partnerId: 'north' } },
      { type: 'registration.conflict-raised.v1', subject: 'r', partnerIds: ['north'], data: { caseId: 'case-1' } },
    ]));
});
