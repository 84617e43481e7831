import type { ConflictEvent } from '../../../libs/conflicts/conflict.events.js';
import type { DirectClaimEvent } from '../../../libs/direct-claims/direct-claim.events.js';
import type { PartnerEvent } from '../../../libs/partners/partner.events.js';
import type { Event } from '../../../libs/kernel/decider.js';
import type { DealFields, RegistrationEvent } from '../../../libs/registrations/registration.events.js';

/** For each type of event one or more that between them show what it may leave out. */
type Samples<E extends Event> = { readonly [T in E['type']]?: readonly Extract<E, { type: T }>['data'][] };

const at = '2026-01-15T09:00:00.000Z';
const ours = { claimId: 'crm-7', kind: 'direct', partnerId: null, place: 1 } as const;
const theirs = { claimId: 'r-1', kind: 'registration', partnerId: 'partner-01', place: 2 } as const;
const hash = 'ab'.repeat(32);

const conflicts: Samples<ConflictEvent> = {
  ConflictDetected: [
    {
      type: 'partner-vs-direct',
      customerKey: 'c-1',
      family: 'backup',
      claimants: [ours, theirs],
      match: { verdict: 'certain', fields: [] },
      policyVersion: 'standard-v1',
      detectedAt: at,
      dueAt: at,
      reason: null,
    },
  ],
  ClaimantJoined: [{ claimant: theirs, family: 'backup', match: null, type: 'partner-vs-direct' }],
  ClaimantLeft: [{ claimant: ours, type: 'partner-vs-partner' }],
  PolicyEvaluated: [
    {
      policyVersion: 'standard-v1',
      inputsHash: hash,
      trace: [],
      recommendation: { winner: 'r-1', rule: 'tier', reason: 'r-1 leads by tier.' },
      flip: null,
    },
    {
      policyVersion: 'standard-v1',
      inputsHash: hash,
      trace: [],
      recommendation: { winner: null, rule: null, reason: 'Reserved for a person.' },
      flip: null,
    },
  ],
  CaseDecided: [
    { winner: theirs, losers: [ours], family: 'backup', rule: 'tier', explanation: 'By tier.', reason: 'agreed' },
  ],
  CaseDismissed: [{ reason: 'claimant-left', note: '', pairs: [], claimants: [theirs] }],
};

const account = { name: 'ACME GmbH', countryCode: 'DE', domain: 'acme.example' };
const direct = {
  account,
  productFamilies: ['backup'],
  stage: 'proposal',
  owner: 'jo',
  openedOn: '2026-01-10',
  policyVersion: 'standard-v1',
};

const directClaims: Samples<DirectClaimEvent> = {
  DirectClaimOpened: [{ ...direct, openedAt: at }],
  DirectClaimChanged: [{ ...direct, toScreen: true, lostFamilies: [] }],
  DirectClaimScreened: [
    {
      account,
      previousKey: null,
      place: 1,
      outcome: 'clear',
      customerKey: 'c-1',
      otherCustomerKeys: [],
      candidates: [],
      weightsVersion: 'w1',
      cases: [],
      contentionEndsAt: at,
    },
  ],
  DirectConflictRaised: [{ caseId: 'c-1.backup.1', family: 'backup' }],
  DirectConflictCleared: [{ caseId: 'c-1.backup.1' }],
  DirectClaimLost: [{ caseId: 'c-1.backup.1', family: 'backup' }],
  DirectClaimClosed: [{ closedOn: '2026-02-01' }],
};

const profile = {
  legalName: 'North GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'gold',
  territories: ['DE', '*'],
  authorisedFamilies: ['backup'],
} as const;

const partners: Samples<PartnerEvent> = {
  PartnerOnboarded: [profile],
  PartnerProfileChanged: [{ ...profile, channelManager: 'manager-1', certifications: [] }],
  PartnerSuspended: [{ reason: 'audit' }],
  PartnerReinstated: [{ reason: 'audit passed' }],
  PartnerTerminated: [{ reason: 'contract over' }],
};

/** Another partner's name: in no message that a partner may see. */
export const rival = 'partner-99';

const fields: DealFields = {
  customer: { legalName: 'ACME GmbH', countryCode: 'DE', domain: 'acme.example' },
  contact: { name: 'Jo', email: 'jo@acme.example', title: 'CIO' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 1_000_000, currency: 'EUR' },
  expectedCloseOn: '2026-04-01',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};
const whose = { partnerId: 'partner-01' };
const submitted = {
  ...whose,
  submittedBy: 'jo',
  tier: 'gold',
  fields,
  receipt: { policyVersion: 'standard-v1', contentHash: hash },
  toScreen: true,
  submittedAt: at,
} as const;
const screened = {
  ...whose,
  place: 2,
  outcome: 'conflict',
  customerKey: 'c-1',
  otherCustomerKeys: [],
  candidates: [
    {
      claimId: 'r-9',
      kind: 'registration',
      partnerId: rival,
      place: 1,
      customerKey: 'c-1',
      productFamilies: ['backup'],
      verdict: 'certain',
      score: 20,
      fields: [],
    },
  ],
  weightsVersion: 'w1',
  cases: [{ caseId: 'c-1.backup.1', family: 'backup' }],
  contentionEndsAt: at,
} as const;

const registrations: Samples<RegistrationEvent> = {
  RegistrationSubmitted: [
    submitted,
    {
      ...submitted,
      onBehalf: true,
      fields: {
        ...fields,
        customer: { legalName: 'ACME GmbH', countryCode: 'DE', city: 'Köln' },
        partnerOpportunityId: 'opp-1',
        tender: { public: false },
      },
    },
  ],
  RegistrationScreened: [screened, { ...screened, outcome: 'clear', candidates: [], cases: [] }],
  RegistrationReturned: [{ ...whose, reasons: ['who?'], fields: ['contact'], returnedAt: at }],
  ConflictRaised: [{ ...whose, caseId: 'c-1.backup.1', family: 'backup', raisedAt: at }],
  ConflictCleared: [{ ...whose, caseId: 'c-1.backup.1', clearedAt: at, dueAt: at }],
  FamilyLost: [{ ...whose, family: 'backup', caseId: 'c-1.backup.1' }],
  RegistrationApproved: [{ ...whose, grants: [{ family: 'backup', grantId: 'r-1.1', customerKey: 'c-1' }] }],
  ProtectionGranted: [{ ...whose, from: at, to: at, reminderDays: [30] }],
  ProtectionResumed: [{ ...whose, to: at }],
  RegistrationRejected: [{ ...whose, code: 'duplicate', explanation: `of ${rival}'s` }],
  RegistrationWithdrawn: [{ ...whose, reason: 'lost interest' }],
  ExpiryReminderSent: [{ ...whose, daysBefore: 30 }],
  ProtectionExpired: [{ ...whose, expiredAt: at }],
  ProtectionRevoked: [{ ...whose, ground: 'lost-conflict', caseId: 'c-1.backup.1' }],
  DealWon: [{ ...whose, amount: 900_000, currency: 'EUR', closedOn: '2026-04-02' }],
  DealLost: [{ ...whose, reason: `to ${rival}` }],
};

export const samples: Readonly<Record<string, readonly unknown[]>> = {
  ...registrations,
  ...conflicts,
  ...directClaims,
  ...partners,
};
