import { given } from '../kernel/given.js';
import { standardV1 } from '../policy/standard-v1.js';
import type { Context, Standing } from './registration.commands.js';
import { registrationRules } from './registration.decider.js';
import type { Candidate, DealFields, RegistrationEvent, Screening } from './registration.events.js';

// a Thursday; two business days later it is Monday the 19th
export const thursday = '2026-01-15T09:00:00.000Z';
export const friday = '2026-01-16T09:00:00.000Z';
export const monday = '2026-01-19T09:00:00.000Z';

export const north: Standing = {
  status: 'active',
  profile: {
    legalName: 'North GmbH',
    domain: 'north.example',
    countryCode: 'DE',
    type: 'reseller',
    tier: 'gold',
    territories: ['DE', 'PL'],
    authorisedFamilies: ['backup', 'erp'],
  },
};

export const deal: DealFields = {
  customer: { legalName: 'Acme AG', countryCode: 'DE', domain: 'acme.example' },
  contact: { name: 'Eva Berg', email: 'eva@acme.example', title: 'CIO' },
  productFamilies: ['erp', 'backup'],
  estimatedValue: { amount: 5_000_000, currency: 'EUR' },
  expectedCloseOn: '2026-06-30',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};

export const context: Context = {
  actor: 'partner-user',
  cause: 'cause-1',
  policy: { version: 'standard-v1', rules: standardV1 },
  partner: north,
  contentHash: ({ customer }) => `hash of ${customer.legalName}`,
};
export const manager: Context = { ...context, actor: 'manager-1' };

/** given(…) with the context of a partner's user, or of another. */
export const claim = (...past: readonly RegistrationEvent[]) => given(registrationRules(context), ...past);
export const reviewed = (...past: readonly RegistrationEvent[]) => given(registrationRules(manager), ...past);

export const submitted = {
  type: 'RegistrationSubmitted',
  data: {
    partnerId: 'north',
    submittedBy: 'partner-user',
    tier: 'gold',
    fields: deal,
    receipt: { policyVersion: 'standard-v1', contentHash: 'hash of Acme AG' },
    toScreen: true,
    submittedAt: thursday,
    dueAt: monday,
  },
} satisfies RegistrationEvent;

export const drafted = {
  type: 'RegistrationDrafted',
  data: { partnerId: 'north', submittedBy: 'partner-user', fields: { productFamilies: ['erp'] } },
} satisfies RegistrationEvent;

export const possibleMatch: Candidate = {
  claimId: 'claim-0',
  kind: 'registration',
  partnerId: 'rival',
  place: 1,
  customerKey: 'customer-0',
  productFamilies: ['erp'],
  verdict: 'possible',
  score: 0.7,
  fields: [],
};

export const screening = (change: Partial<Screening> = {}): Screening => ({
  place: 2,
  outcome: 'clear',
  customerKey: 'customer-1',
  otherCustomerKeys: [],
  candidates: [],
  weightsVersion: 'w1',
  cases: [],
  contentionEndsAt: friday,
  ...change,
});

export const resolved: RegistrationEvent = {
  type: 'CustomerResolved',
  data: { customerKey: 'customer-1', previousKey: null, basis: 'new', customer: deal.customer },
};
export const screened = (change: Partial<Screening> = {}): RegistrationEvent => ({
  type: 'RegistrationScreened',
  data: { ...screening(change), cause: 'cause-1' },
});
export const started: RegistrationEvent = { type: 'ReviewStarted', data: { dueAt: monday } };

export const underReview: readonly RegistrationEvent[] = [submitted, resolved, screened(), started];
export const inConflict: readonly RegistrationEvent[] = [
  submitted,
  resolved,
  screened({ outcome: 'conflict', cases: [{ caseId: 'case-1', family: 'erp' }] }),
];
export const raised = (caseId: string, family = 'erp', raisedAt = thursday, since = 0): RegistrationEvent => ({
  type: 'ConflictRaised',
  data: { caseId, family, raisedAt, since },
});
export const cleared = (caseId: string, until: number, clearedAt = monday, dueAt?: string): RegistrationEvent => ({
  type: 'ConflictCleared',
  data: { caseId, clearedAt, until, ...(dueAt !== undefined && { dueAt }) },
});

export const returned: RegistrationEvent = {
  type: 'RegistrationReturned',
  data: { reasons: ['Which domain?'], fields: ['customer', 'nextSteps'], returnedAt: friday },
};

export const grants = ['backup', 'erp'].map((family) => ({ family, grantId: 'r.1', customerKey: 'customer-1' }));
/** 90 days from Friday on. */
export const window = { from: friday, to: '2026-04-16T09:00:00.000Z' };
export const approved: readonly RegistrationEvent[] = [
  ...underReview,
  { type: 'ApprovalStepDecided', data: { step: 1, of: 1, approver: 'manager-1' } },
  { type: 'RegistrationApproved', data: { grants } },
  { type: 'ProtectionGranted', data: { ...window, reminderDays: [30, 14, 3] } },
];
