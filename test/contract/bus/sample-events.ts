import type { ConflictEvent } from '../../../libs/conflicts/conflict.events.js';
import type { DirectClaimEvent } from '../../../libs/direct-claims/direct-claim.events.js';
import type { PartnerEvent } from '../../../libs/partners/partner.events.js';
import type { Event } from '../../../libs/kernel/decider.js';

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
const direct = { account, productFamilies: ['backup'], stage: 'proposal', owner: 'jo', openedOn: '2026-01-10' };

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

export const samples: Readonly<Record<string, readonly unknown[]>> = { ...conflicts, ...directClaims, ...partners };
