import { describe, expect, it } from '@jest/globals';
import { standardV1 } from '../policy/standard-v1.js';
import type { DealFields, RegistrationEvent } from '../registrations/registration.events.js';
import { evolve, isClaim, type Registration, unknown } from '../registrations/registration.state.js';
import { claimsOfCase, completionOf, type ReadClaim } from './claims-of-a-case.js';
import { conflictCase } from './conflict.decider.js';
import { isOpen, type OpenCase } from './conflict.state.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';

const monday = '2026-03-02T09:00:00.000Z';
const tuesday = '2026-03-03T09:00:00.000Z';
// five business days after Monday
const keptUntil = '2026-03-09T09:00:00.000Z';
const tooLate = '2026-03-09T09:00:00.001Z';
const detectedAt = '2026-03-20T09:00:00.000Z';

const fields: DealFields = {
  customer: { legalName: 'Acme GmbH', countryCode: 'DE', domain: 'acme.example' },
  contact: { name: 'A', email: 'a@acme.example', title: 'CIO' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 6_000_000, currency: 'EUR' },
  expectedCloseOn: '2026-09-01',
  opportunityType: 'renewal',
  origin: 'hunting',
  consent: true,
  procurementVehicle: 'framework-7',
};
const submitted = (submittedAt: string): RegistrationEvent => ({
  type: 'RegistrationSubmitted',
  data: {
    partnerId: 'p1',
    submittedBy: 'partner-01',
    tier: 'gold',
    fields,
    receipt: { policyVersion: 'standard-v1', contentHash: '' },
    toScreen: true,
    submittedAt,
  },
});
const returned = (returnedAt: string): RegistrationEvent => ({
  type: 'RegistrationReturned',
  data: { reasons: ['whose budget?'], fields: ['contact'], returnedAt },
});
const approved = (to: string, family = 'backup'): RegistrationEvent[] => [
  { type: 'RegistrationApproved', data: { grants: [{ family, grantId: 'a.1', customerKey: 'acme' }] } },
  { type: 'ProtectionGranted', data: { from: monday, to } },
];
const raised = (raisedAt: string): RegistrationEvent => ({
  type: 'ConflictRaised',
  data: { caseId: 'acme.erp.1', family: 'erp', raisedAt },
});
const attached: RegistrationEvent = {
  type: 'EvidenceAttached',
  data: { kind: 'demo', sha256: '1', occurredAt: monday },
};

const registration = (...events: RegistrationEvent[]): ReadClaim => {
  const state = events.reduce<Registration>(evolve, unknown);
  const completion = completionOf(events, standardV1);
  if (!isClaim(state) || !completion) throw new Error('not a claim');
  return {
    kind: 'registration',
    state,
    completion,
    partner: {
      legalName: 'North',
      domain: 'north.example',
      countryCode: 'DE',
      type: 'reseller',
      tier: 'gold',
      territories: ['DE'],
      authorisedFamilies: ['backup'],
      certifications: [{ code: 'backup-pro', holder: 'N.', validTo: '2026-03-20' }],
    },
  };
};
const direct: ReadClaim = {
  kind: 'direct',
  state: {
    status: 'open',
    fields: {
      account: { name: 'Acme', countryCode: 'DE' },
      productFamilies: ['backup'],
      stage: '2',
      openedOn: '2026-03-01',
    },
    openedAt: tuesday,
    screening: null,
    cases: [],
    lostFamilies: [],
    closedOn: null,
  },
};

const a: Claimant = { claimId: 'a', kind: 'registration', partnerId: 'p1', place: 1 };
const b: Claimant = { claimId: 'b', kind: 'registration', partnerId: 'p2', place: 2 };
const crm: Claimant = { claimId: 'crm', kind: 'direct', partnerId: null, place: 3 };
const facts = (...more: ConflictEvent[]): OpenCase => {
  const state = conflictCase.evolve(conflictCase.initial, {
    type: 'ConflictDetected',
    data: {
      type: 'partner-vs-direct',
      customerKey: 'acme',
      family: 'backup',
      claimants: [a, b, crm],
      match: null,
      policyVersion: 'standard-v1',
      detectedAt,
      dueAt: detectedAt,
      reason: null,
    },
  });
  const then = more.reduce(conflictCase.evolve, state);
  if (!isOpen(then)) throw new Error('not open');
  return then;
};
const seen = (read: Record<string, ReadClaim>, now = detectedAt, state = facts()) =>
  claimsOfCase(state, new Map(Object.entries(read)), standardV1, now);

describe('a registration as the rules see it', () => {
  it('brings its form, its partner’s certification and the evidence from both places', () => {
    const evidence = { kind: 'poc', sha256: '2', occurredAt: tuesday } as const;
    const state = facts({ type: 'EvidenceSubmitted', data: { claimId: 'a', ...evidence, endsRequest: false } });
    expect(seen({ a: registration(submitted(monday), attached) }, detectedAt, state)).toEqual([
      {
        claimId: 'a',
        kind: 'registration',
        partnerId: 'p1',
        place: 1,
        completeAt: monday,
        checks: [],
        protectedUntil: null,
        opportunityType: 'renewal',
        value: { amount: 6_000_000, currency: 'EUR' },
        tier: 'gold',
        certified: true,
        procurementVehicle: 'framework-7',
        evidence: [{ kind: 'demo', sha256: '1', occurredAt: monday }, evidence],
      },
    ]);
  });
  it('knows no certification that had run out', () => {
    const late = { ...facts(), detectedAt: '2026-03-21T00:00:00.000Z' };
    expect(seen({ a: registration(submitted(monday)) }, detectedAt, late)[0]?.certified).toBe(false);
  });
});

const protectedUntil = (...events: RegistrationEvent[]) =>
  seen({ a: registration(submitted(monday), ...events) })[0]?.protectedUntil;

describe('its protection', () => {
  it('runs to its end', () =>
    expect(protectedUntil(...approved('2026-06-01T00:00:00.000Z'))).toBe('2026-06-01T00:00:00.000Z'));
  it('is of its own families only', () =>
    expect(protectedUntil(...approved('2026-06-01T00:00:00.000Z', 'erp'))).toBeNull());
  it('is longer by what its clock stood still in another case', () =>
    expect(protectedUntil(...approved('2026-03-12T09:00:00.000Z'), raised('2026-03-10T09:00:00.000Z'))).toBe(
      '2026-03-22T09:00:00.000Z',
    ));
});

describe('the place of a claim that was returned', () => {
  const other = registration(submitted(tuesday));
  const back = (at: string) => registration(submitted(monday), returned(monday), submitted(at));
  it('is kept by coming back in time', () =>
    expect(seen({ a: back(keptUntil), b: other })[0]).toMatchObject({ place: 1, completeAt: monday }));
  it('is lost after that to those that were complete by then', () =>
    expect(seen({ a: back(tooLate), b: other })[0]).toMatchObject({ place: 2.5, completeAt: tooLate }));
  it.each([
    [keptUntil, 'flagged'],
    [tooLate, 'failed'],
  ])('while it is away at %s: %s', (now, result) =>
    expect(seen({ a: registration(submitted(monday), returned(monday)) }, now)[0]?.checks).toEqual([
      { rule: 'incomplete', result, inputs: { until: keptUntil } },
    ]),
  );
});

describe('the vendor’s own claim', () => {
  it('has an opening and nothing to be weighed', () =>
    expect(seen({ crm: direct })[0]).toMatchObject({
      kind: 'direct',
      place: 3,
      completeAt: tuesday,
      value: null,
      tier: null,
    }));
});
