import { describe, it } from '@jest/globals';
import { given } from '../kernel/given.js';
import { registrationRules } from './registration.decider.js';
import type { DealFields, RegistrationEvent } from './registration.events.js';
import {
  approved,
  claim,
  context,
  deal,
  drafted,
  friday,
  inConflict,
  monday,
  north,
  raised,
  returned,
  submitted,
  underReview,
} from './registration.fixture.js';

const amend = (patch: object) => ({ type: 'AmendFields', patch: patch as Record<string, unknown> }) as const;
const amended = (fields: Partial<DealFields>): RegistrationEvent => ({ type: 'FieldsAmended', data: { fields } });
const lost = (family: string): RegistrationEvent => ({ type: 'FamilyLost', data: { family, caseId: 'case-1' } });
const resubmission = (change: Partial<DealFields>, toScreen: boolean, dueAt?: string) => ({
  ...submitted,
  data: {
    ...submitted.data,
    fields: { ...deal, ...change },
    toScreen,
    submittedAt: monday,
    dueAt: dueAt ?? monday,
  },
});

const submit = (change: Partial<DealFields> = {}) =>
  ({ type: 'SubmitRegistration', claim: { partnerId: 'north', fields: { ...deal, ...change } } }) as const;
const withPartner = (partner: typeof north) => given(registrationRules({ ...context, partner }));

describe('submitting a registration', () => {
  it('gives a receipt and says when screening is late', () => claim().when(submit()).then(submitted));
  it('has nothing to say to the same content again', () => claim(submitted).when(submit()).then());
  it('refuses other content under the same id', () =>
    claim(submitted)
      .when(submit({ customer: { ...deal.customer, legalName: 'Other AG' } }))
      .refused('registration.already-submitted'));
  it('refuses what nobody has drafted', () =>
    claim().when({ type: 'SubmitRegistration' }).refused('registration.unknown'));
  it('submits a draft as it stands', () =>
    claim({ type: 'RegistrationDrafted', data: { ...drafted.data, fields: deal } })
      .when({ type: 'SubmitRegistration' })
      .then(submitted));

  it.each<[string, Partial<DealFields>]>([
    ['incomplete', { customer: { legalName: 'Acme AG', countryCode: 'DE' } }],
    ...['http://', 'not a domain', 'https', '10.0.0.1', 'acme..de', 'a.1'].map((domain): [string, object] => [
      'incomplete',
      { customer: { legalName: 'Acme AG', countryCode: 'DE', domain } },
    ]),
    ['incomplete', { productFamilies: [] }],
    ['no-consent', { consent: false }],
    ['below-threshold', { estimatedValue: { amount: 499_999, currency: 'EUR' } }],
    ['currency-not-accepted', { estimatedValue: { amount: 900_000_000, currency: 'JPY' } }],
    ['out-of-territory', { customer: { ...deal.customer, countryCode: 'FR' } }],
    ['not-authorised', { productFamilies: ['erp', 'endpoint'] }],
    ['public-tender', { tender: { public: true, publishedOn: '2026-01-15' } }],
    ['date-invalid', { expectedCloseOn: '2026-02-30' }],
  ])('refuses with %s', (code, change) => claim().when(submit(change)).refused(`registration.${code}`));

  it('refuses for a partner that is not active', () =>
    withPartner({ ...north, status: 'suspended' })
      .when(submit())
      .refused('registration.partner-not-active'));
  it('takes a customer without a website by its city', () => {
    const fields = { ...deal, customer: { legalName: 'Acme AG', countryCode: 'DE', city: 'Köln' } };
    claim()
      .when(submit(fields))
      .then({ ...submitted, data: { ...submitted.data, fields } });
  });
  it('takes a tender that is not published yet, and a close date that has passed', () => {
    const fields: DealFields = {
      ...deal,
      expectedCloseOn: '2025-12-31',
      tender: { public: true, publishedOn: '2026-01-16' },
    };
    claim()
      .when(submit(fields))
      .then({ ...submitted, data: { ...submitted.data, fields } });
  });
  it('takes a published tender that a proof of concept came before', () => {
    const fields: DealFields = { ...deal, tender: { public: true, publishedOn: '2026-01-10' } };
    claim(
      { type: 'RegistrationDrafted', data: { ...drafted.data, fields } },
      { type: 'EvidenceAttached', data: { kind: 'poc', sha256: 'a', occurredAt: '2026-01-09T09:00:00.000Z' } },
    )
      .when({ type: 'SubmitRegistration' })
      .then({ ...submitted, data: { ...submitted.data, fields } });
  });
});

describe('drafting', () => {
  const draft = { type: 'DraftRegistration', partnerId: 'north', fields: drafted.data.fields } as const;

  it('keeps what there is', () => claim().when(draft).then(drafted));
  it('has nothing to say the second time', () => claim(drafted).when(draft).then());
  it('refuses another under the same id', () =>
    claim(drafted)
      .when({ ...draft, fields: {} })
      .refused('registration.exists'));
  it('refuses a family that the partner may not sell', () =>
    claim()
      .when({ ...draft, fields: { productFamilies: ['endpoint'] } })
      .refused('registration.not-authorised'));
  it('merges a patch, null removes', () =>
    claim({ type: 'RegistrationDrafted', data: { ...drafted.data, fields: { ...deal, nextSteps: 'call' } } })
      .when({ type: 'AmendDraft', patch: { customer: { city: 'Köln' }, nextSteps: null } })
      .then({ type: 'DraftAmended', data: { fields: { ...deal, customer: { ...deal.customer, city: 'Köln' } } } }));
  it('has nothing to say to a patch that changes nothing', () =>
    claim(drafted)
      .when({ type: 'AmendDraft', patch: { productFamilies: ['erp'] } })
      .then());
  it('amends drafts only', () =>
    claim(submitted).when({ type: 'AmendDraft', patch: {} }).refused('registration.not-a-draft'));
});

describe('amending a returned registration', () => {
  it('changes the fields that were asked for', () =>
    claim(...underReview, returned)
      .when(amend({ nextSteps: 'demo', customer: { city: 'Köln' } }))
      .then({
        type: 'FieldsAmended',
        data: { fields: { customer: { ...deal.customer, city: 'Köln' }, nextSteps: 'demo' } },
      }));
  it('refuses any other field', () =>
    claim(...underReview, returned)
      .when(amend({ notes: 'x' }))
      .refused('registration.field-not-asked'));
  it('refuses where nothing was returned', () =>
    claim(...underReview)
      .when(amend({ nextSteps: 'demo' }))
      .refused('registration.not-returned'));
});

describe('submitting again after a return', () => {
  const again = { type: 'SubmitRegistration' } as const;
  // returned on Friday, back on Monday: one business day more
  const tuesday = '2026-01-20T09:00:00.000Z';

  it('keeps its screening and lets the review go on', () =>
    claim(...underReview, returned, amended({ customer: deal.customer, nextSteps: 'demo' }))
      .when(again, monday)
      .then(resubmission({ nextSteps: 'demo' }, false, tuesday)));
  it('is screened again with another customer', () => {
    const customer = { ...deal.customer, legalName: 'Acme AG', domain: 'acme.de' };
    claim(...underReview, returned, amended({ customer }))
      .when(again, monday)
      .then(resubmission({ customer }, true, tuesday));
  });
  it('is screened again where a screening was still to come', () =>
    claim(...underReview, { type: 'MatchConfirmed', data: { claimId: 'claim-0', reason: 'same' } }, returned)
      .when(again, monday)
      .then(resubmission({}, true, tuesday)));
  it.each([
    ['as it was', deal.productFamilies],
    ['with one of them', ['erp']],
  ])('refuses a claim that has lost all it claims, %s', (_, productFamilies) => {
    const asked: RegistrationEvent = {
      type: 'RegistrationReturned',
      data: { reasons: ['Which?'], fields: ['productFamilies'], returnedAt: friday },
    };
    claim(...underReview, lost('erp'), lost('backup'), asked, amended({ productFamilies }))
      .when(again, monday)
      .refused('registration.lost-conflict');
  });
  it('leaves the clock stopped while a case is open', () => {
    const { dueAt: _, ...data } = resubmission({}, false).data;
    claim(...underReview, returned, raised('case-1', 'erp', friday))
      .when(again, monday)
      .then({ ...submitted, data });
  });
  it('has nothing to say to a repeat', () =>
    claim(...underReview, returned, resubmission({}, false, tuesday))
      .when(again, monday)
      .then());
  it('refuses in conflict', () =>
    claim(...inConflict)
      .when(again)
      .refused('registration.already-submitted'));
});

describe('withdrawing', () => {
  const withdraw = { type: 'WithdrawRegistration', reason: 'budget is gone' } as const;
  const withdrawn: RegistrationEvent = { type: 'RegistrationWithdrawn', data: { reason: 'budget is gone' } };

  it.each([
    ['a draft', [drafted]],
    ['an open one', inConflict],
    ['an approved one', approved],
  ])('ends %s', (_, past) =>
    claim(...past)
      .when(withdraw)
      .then(withdrawn),
  );
  it('has nothing to say the second time', () => claim(submitted, withdrawn).when(withdraw).then());
  it('refuses one that has ended', () =>
    claim(submitted, { type: 'RegistrationRejected', data: { code: 'other', explanation: 'x' } })
      .when(withdraw)
      .refused('registration.ended'));
  it('refuses one nobody knows', () => claim().when(withdraw).refused('registration.unknown'));
});
