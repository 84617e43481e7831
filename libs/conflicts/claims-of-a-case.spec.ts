import { describe, expect, it } from '@jest/globals';
import type { Partner } from '../partners/partner.decider.js';
import type { PartnerProfile } from '../partners/partner.events.js';
import { standardV1 } from '../policy/standard-v1.js';
import type { DealFields, EligibilityCheck, RegistrationEvent } from '../registrations/registration.events.js';
import { evolve, isClaim, type Registration, unknown } from '../registrations/registration.state.js';
import { claimsOfCase, completionOf, type ReadClaim } from './claims-of-a-case.js';
import { conflictCase } from './conflict.decider.js';
import { isOpen, type OpenCase } from './conflict.state.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';
import type { Sale } from './gates.js';

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

const registration = (...events: RegistrationEvent[]): ReadClaim & { kind: 'registration' } => {
  const state = events.reduce<Registration>(evolve, unknown);
  const completion = completionOf(events, standardV1);
  if (!isClaim(state) || !completion) throw new Error('not a claim');
  return {
    kind: 'registration',
    state,
    completion,
    attached: [],
    partner: { status: 'active', profile },
  };
};
const profile: PartnerProfile = {
  legalName: 'North',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'gold',
  territories: ['DE'],
  authorisedFamilies: ['backup'],
  certifications: [{ code: 'backup-pro', holder: 'N.', validTo: '2026-03-20' }],
};
const standing: EligibilityCheck[] = [
  { rule: 'not-authorised', result: 'passed', inputs: { partner: 'active', family: 'backup' } },
  { rule: 'out-of-territory', result: 'passed', inputs: { countryCode: 'DE' } },
];
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
    cleared: {},
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
const seen = (read: Record<string, ReadClaim>, now = detectedAt, state = facts(), sales: readonly Sale[] = []) =>
  claimsOfCase(state, { claims: new Map(Object.entries(read)), sales }, standardV1, now);

describe('a registration as the rules see it', () => {
  it('brings its form, its partner’s certification and the evidence from both places', () => {
    const evidence = { kind: 'poc', sha256: '2', occurredAt: tuesday } as const;
    const state = facts({ type: 'EvidenceSubmitted', data: { claimId: 'a', ...evidence, endsRequest: false } });
    const attached = [{ kind: 'demo', sha256: '1', occurredAt: monday, attachedAt: tuesday }] as const;
    expect(seen({ a: { ...registration(submitted(monday)), attached } }, detectedAt, state)).toEqual([
      {
        claimId: 'a',
        kind: 'registration',
        partnerId: 'p1',
        place: 1,
        completeAt: monday,
        checks: standing,
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
  it('is what was submitted, whatever is amended until it comes back', () => {
    const amended: RegistrationEvent = {
      type: 'FieldsAmended',
      data: { fields: { estimatedValue: { amount: 1, currency: 'EUR' } } },
    };
    const asked: RegistrationEvent = {
      type: 'RegistrationReturned',
      data: { reasons: [], fields: ['estimatedValue'], returnedAt: tuesday },
    };
    const [claim] = seen({ a: registration(submitted(monday), asked, amended) });
    expect(claim?.value).toEqual(fields.estimatedValue);
  });
  it('knows no certification that had run out', () => {
    const late = { ...facts(), detectedAt: '2026-03-20T23:30:00.000Z' };
    const claims = new Map([['a', registration(submitted(monday))]]);
    const certifiedIn = (timeZone: string) =>
      claimsOfCase(late, { claims, sales: [] }, { ...standardV1, calendar: { timeZone, holidays: [] } }, detectedAt)[0]
        ?.certified;
    expect(certifiedIn('UTC')).toBe(true);
    // there it is the 21st already
    expect(certifiedIn('Europe/Berlin')).toBe(false);
  });
  it('shows what came to itself only until the deadline that both sides had', () => {
    const attached = ([monday, tuesday] as const).map((attachedAt, index) => ({
      kind: 'demo' as const,
      sha256: `${index}`,
      occurredAt: monday,
      attachedAt,
    }));
    const request: ConflictEvent = { type: 'EvidenceRequested', data: { dueAt: monday, question: 'Who?' } };
    const over: ConflictEvent = { type: 'EvidenceDeadlinePassed', data: { dueAt: monday } };
    const shown = (...more: ConflictEvent[]) =>
      seen({ a: { ...registration(submitted(monday)), attached } }, detectedAt, facts(...more))[0]?.evidence.map(
        ({ sha256 }) => sha256,
      );
    expect(shown()).toEqual(['0', '1']);
    expect(shown(request, over)).toEqual(['0']);
    const anew: ConflictEvent = { type: 'EvidenceRequested', data: { dueAt: tuesday, question: 'And now?' } };
    expect(shown(request, over, anew)).toEqual(['0', '1']);
  });
});

const failed = (partner: Partner, deal?: Partial<DealFields>, sales: readonly Sale[] = []) => {
  const read = registration(submitted(monday));
  const state = { ...read.state, fields: { ...read.state.fields, ...deal } };
  const [claim] = seen({ a: { ...read, state, partner } }, detectedAt, facts(), sales);
  return claim?.checks.filter(({ result }) => result === 'failed').map(({ rule }) => rule);
};

describe('what can fail it since its screening', () => {
  const active = { status: 'active', profile } as const;
  it.each<[string, Partner, string[]]>([
    ['nothing, while its partner may sell it there', active, []],
    ['nothing, where its partner may sell it anywhere', { ...active, profile: { ...profile, territories: ['*'] } }, []],
    ['that its partner is suspended', { status: 'suspended', profile }, ['not-authorised']],
    ['that its partner is gone', { status: 'terminated', profile }, ['not-authorised']],
    [
      'that its partner may not sell the family',
      { ...active, profile: { ...profile, authorisedFamilies: ['erp'] } },
      ['not-authorised'],
    ],
    [
      'that its partner has no business there',
      { ...active, profile: { ...profile, territories: ['AT'] } },
      ['out-of-territory'],
    ],
  ])('is %s', (_, partner, rules) => expect(failed(partner)).toEqual(rules));

  const netNew = { opportunityType: 'net-new' } as const;
  it.each<[string, Partial<DealFields>, Sale[], string[]]>([
    [
      'a net-new claim where another sold it',
      netNew,
      [{ partnerId: 'p2', closedOn: '2025-09-21' }],
      ['incumbent-partner'],
    ],
    [
      'a net-new claim where its own partner did',
      netNew,
      [{ partnerId: 'p1', closedOn: '2026-03-20' }],
      ['existing-customer'],
    ],
    ['none where it was before the look-back', netNew, [{ partnerId: 'p2', closedOn: '2025-09-20' }], []],
    ['none where it came after the detection', netNew, [{ partnerId: 'p2', closedOn: '2026-03-21' }], []],
    ['no renewal', {}, [{ partnerId: 'p2', closedOn: '2026-01-21' }], []],
  ])('is a sale inside the look-back: %s', (_, deal, sales, rules) =>
    expect(failed(active, deal, sales)).toEqual(rules),
  );
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
      ...standing,
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
