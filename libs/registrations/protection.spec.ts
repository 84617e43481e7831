import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { standardV1 } from '../policy/standard-v1.js';
import { protectionWindow } from './protection.js';
import { registrationFold } from './registration.decider.js';
import type { DealFields, RegistrationEvent } from './registration.events.js';
import {
  approved,
  claim,
  deal,
  drafted,
  friday,
  monday,
  raised,
  submitted,
  thursday,
  underReview,
  window,
} from './registration.fixture.js';
import type { Claim } from './registration.state.js';

const sent = (daysBefore: number): RegistrationEvent => ({ type: 'ExpiryReminderSent', data: { daysBefore } });

describe('the window', () => {
  it.each<[number, Partial<DealFields>]>([
    [60, { estimatedValue: { amount: 2_499_999, currency: 'EUR' } }],
    [90, { estimatedValue: { amount: 2_500_000, currency: 'EUR' } }],
    [180, { estimatedValue: { amount: 25_000_000, currency: 'USD' } }],
    [90, { estimatedValue: { amount: 25_000_000, currency: 'PLN' } }],
    [180, { tender: { public: true } }],
  ])('is %d days for %j', (days, change) => {
    const fields = { ...deal, ...change };
    const state = fold(registrationFold, [{ ...submitted, data: { ...submitted.data, fields } }]) as Claim;
    const { from, to } = protectionWindow(state, standardV1, friday);
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(days);
  });
});

describe('expiry', () => {
  const expire = { type: 'ExpireProtection' } as const;
  const expired: RegistrationEvent = { type: 'ProtectionExpired', data: { expiredAt: window.to } };

  it('comes with the end of the window', () =>
    claim(...approved)
      .when(expire, window.to)
      .then(expired));
  it('does not come before', () =>
    claim(...approved)
      .when(expire, '2026-04-16T08:59:59.999Z')
      .then());
  it('has nothing to say the second time', () =>
    claim(...approved, expired)
      .when(expire, window.to)
      .then());
  it('waits while a case is open', () =>
    claim(...approved, raised('case-1'))
      .when(expire, '2027-01-01T00:00:00.000Z')
      .then());
});

describe('reminders', () => {
  const remind = { type: 'RemindExpiry' } as const;

  it('come 30 days before', () =>
    claim(...approved)
      .when(remind, '2026-03-17T09:00:00.000Z')
      .then(sent(30)));
  it('do not come before', () =>
    claim(...approved)
      .when(remind, '2026-03-17T08:59:00.000Z')
      .then());
  it('come once', () =>
    claim(...approved, sent(30))
      .when(remind, '2026-03-18T09:00:00.000Z')
      .then());
  it('skip those that come too late', () =>
    claim(...approved)
      .when(remind, '2026-04-14T09:00:00.000Z')
      .then(sent(3)));
  it('end with the window', () =>
    claim(...approved)
      .when(remind, window.to)
      .then());
});

describe('evidence', () => {
  const evidence = { kind: 'demo', sha256: 'a'.repeat(64), occurredAt: thursday } as const;
  const attach = { type: 'AttachEvidence', ...evidence } as const;
  const attached: RegistrationEvent = { type: 'EvidenceAttached', data: evidence };

  it.each([
    ['a draft', [drafted]],
    ['an open claim', underReview],
    ['an approved one', approved],
  ])('is attached to %s', (_, past) =>
    claim(...past)
      .when(attach)
      .then(attached),
  );
  it('is attached once', () =>
    claim(...underReview, attached)
      .when(attach)
      .then());
  it('lies in the past', () =>
    claim(...underReview)
      .when({ ...attach, occurredAt: friday })
      .refused('registration.evidence-in-future'));
  it('comes too late after the end', () =>
    claim(submitted, { type: 'RegistrationWithdrawn', data: { reason: 'x' } })
      .when(attach)
      .refused('registration.ended'));
});

describe('reporting what became of it', () => {
  const won = { type: 'ReportWon', amount: 4_000_000, currency: 'EUR', closedOn: '2026-01-19' } as const;
  const dealWon: RegistrationEvent = {
    type: 'DealWon',
    data: { amount: 4_000_000, currency: 'EUR', closedOn: '2026-01-19' },
  };
  const lost = { type: 'ReportLost', reason: 'price' } as const;
  const dealLost: RegistrationEvent = { type: 'DealLost', data: { reason: 'price' } };

  it('wins', () =>
    claim(...approved)
      .when(won, monday)
      .then(dealWon));
  it('loses', () =>
    claim(...approved)
      .when(lost, monday)
      .then(dealLost));
  it('has nothing to say the second time', () => {
    claim(...approved, dealWon)
      .when(won, monday)
      .then();
    claim(...approved, dealLost)
      .when(lost, monday)
      .then();
  });
  it('refuses under 72 hours after submission', () =>
    claim(...approved)
      .when(won, '2026-01-18T08:59:59.000Z')
      .refused('registration.lead-time'));
  it('refuses after the window', () =>
    claim(...approved)
      .when(won, window.to)
      .refused('registration.protection-ended'));
  it('takes it after the window while a case keeps that open', () =>
    claim(...approved, raised('case-1'))
      .when(won, window.to)
      .then(dealWon));
  it('refuses what is not approved', () =>
    claim(...underReview)
      .when(lost, monday)
      .refused('registration.not-approved'));
  it('refuses the same end told otherwise', () => {
    claim(...approved, dealWon)
      .when({ ...won, amount: 5 }, monday)
      .refused('registration.not-approved');
    claim(...approved, dealLost)
      .when({ ...lost, reason: 'nobody answered' }, monday)
      .refused('registration.not-approved');
  });
  it.each([
    ['2026-01-20', 'registration.closed-in-future'],
    ['2026-01-14', 'registration.closed-before-submission'],
  ] as const)('refuses a deal closed on %s', (closedOn, code) =>
    claim(...approved)
      .when({ ...won, closedOn }, monday)
      .refused(code),
  );
  it('refuses a date that there is not', () =>
    claim(...approved)
      .when({ ...won, closedOn: '2026-02-30' }, monday)
      .refused('registration.date-invalid'));
});
