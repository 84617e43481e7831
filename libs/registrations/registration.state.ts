import type { Instant } from '../kernel/decider.js';
import type { Tier } from '../policy/policy.events.js';
import { cleared, type Memberships, raised, screened } from './claim-cases.js';
import type {
  DealFields,
  EligibilityCheck,
  Evidence,
  Grant,
  Receipt,
  RegistrationEvent,
  RejectionCode,
  Screening,
} from './registration.events.js';

export type Draft = {
  readonly status: 'draft' | 'withdrawn';
  readonly partnerId: string;
  readonly submittedBy: string;
  /** By the vendor's staff: to the partner, who it was is not told. */
  readonly onBehalf: boolean;
  readonly submittedAt: null;
  readonly fields: Partial<DealFields>;
  readonly evidence: readonly Evidence[];
};

/** `raised`: the case has told this claim itself; before that it is known from the screening alone. */
export type OpenCase = {
  readonly caseId: string;
  readonly family: string;
  readonly raised: boolean;
  /** Revision of the case's event that made it a claimant. */
  readonly since: number;
};

export type ReviewClock = {
  /** Before `started`: when a claim that still waits for its screening is late. */
  readonly dueAt: Instant | null;
  readonly started: boolean;
  readonly pausedAt: Instant | null;
  readonly escalated: boolean;
  readonly assignee: string | null;
};

export type Protection = {
  readonly from: Instant;
  readonly to: Instant;
  /** Set while a case is open: the window is longer by that time then. */
  readonly pausedAt: Instant | null;
  readonly reminderDays: readonly number[];
  readonly reminded: readonly number[];
};

/** What was asked of the partner, and the fields as they were then. */
export type Return = {
  readonly reasons: readonly string[];
  readonly fields: readonly (keyof DealFields)[];
  readonly returnedAt: Instant;
  readonly before: DealFields;
};

export type ClaimStatus =
  | 'submitted'
  | 'under-review'
  | 'returned'
  | 'in-conflict'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'revoked'
  | 'won'
  | 'lost';

/** A registration from its first submission on. */
export type Claim = {
  readonly status: ClaimStatus;
  readonly partnerId: string;
  /** Of the last submission; `submitters` of all. */
  readonly submittedBy: string;
  readonly onBehalf: boolean;
  readonly submitters: readonly string[];
  /** Of the first submission. */
  readonly submittedAt: Instant;
  readonly tier: Tier;
  readonly fields: DealFields;
  readonly receipt: Receipt;
  readonly customerKey: string | null;
  readonly checks: readonly EligibilityCheck[];
  readonly screening: Screening | null;
  /** The events that its screenings answered, by id. */
  readonly screenedFor: readonly string[];
  /** Screening has yet to say what a submission or a confirmed match means. */
  readonly toScreen: boolean;
  readonly confirmed: readonly string[];
  readonly dismissed: readonly string[];
  readonly cases: readonly OpenCase[];
  /** With the revision that it was last cleared at. */
  readonly cleared: Memberships;
  readonly lostFamilies: readonly string[];
  readonly review: ReviewClock;
  readonly returned: Return | null;
  readonly steps: readonly { readonly step: number; readonly approver: string }[];
  /** 1 + approvals + abandonments: the number of the next grant. */
  readonly attempt: number;
  readonly grants: readonly Grant[];
  readonly protection: Protection | null;
  readonly evidence: readonly Evidence[];
  readonly rejection: { readonly code: RejectionCode; readonly explanation: string } | null;
  readonly outcome:
    | { readonly amount: number; readonly currency: string; readonly closedOn: string }
    | { readonly reason: string }
    | null;
};

export type Registration = { readonly status: 'unknown' } | Draft | Claim;

export const unknown: Registration = { status: 'unknown' };

export const isClaim = (state: Registration): state is Claim =>
  state.status !== 'unknown' && state.submittedAt !== null;

const openStatuses: readonly string[] = [
  'submitted',
  'under-review',
  'returned',
  'in-conflict',
] satisfies ClaimStatus[];
export const isOpen = ({ status }: Registration): boolean => openStatuses.includes(status);
export const isLive = (state: Registration): boolean => isOpen(state) || state.status === 'approved';

/** As it was last submitted: what is amended after a return counts once it comes back. */
export const submittedFields = ({ returned, fields }: Claim): DealFields => returned?.before ?? fields;

/** The families still claimed. */
export const heldFamilies = (claim: Claim): string[] =>
  submittedFields(claim).productFamilies.filter((family) => !claim.lostFamilies.includes(family));

/** Possible matches that nobody has confirmed or dismissed; one in another country is shown only. */
export const undecidedMatches = ({ screening, confirmed, dismissed }: Claim): string[] =>
  (screening?.candidates ?? [])
    .filter(({ verdict, otherCountry }) => verdict === 'possible' && !otherCountry)
    .map(({ claimId }) => claimId)
    .filter((claimId) => !confirmed.includes(claimId) && !dismissed.includes(claimId));

export const evolve = (state: Registration, event: RegistrationEvent): Registration => {
  if (event.type === 'RegistrationDrafted') {
    const { partnerId, submittedBy, onBehalf = false, fields } = event.data;
    return { status: 'draft', partnerId, submittedBy, onBehalf, submittedAt: null, fields, evidence: [] };
  }
  if (event.type === 'RegistrationSubmitted') return submitted(state, event.data);
  if (state.status === 'unknown') return state;
  return isClaim(state) ? evolveClaim(state, event) : evolveDraft(state, event);
};

const evolveDraft = (draft: Draft, { type, data }: RegistrationEvent): Draft => {
  if (type === 'DraftAmended') return { ...draft, fields: data.fields };
  if (type === 'EvidenceAttached') return { ...draft, evidence: [...draft.evidence, data] };
  return type === 'RegistrationWithdrawn' ? { ...draft, status: 'withdrawn' } : draft;
};

type Submitted = Extract<RegistrationEvent, { type: 'RegistrationSubmitted' }>['data'];

const submitted = (state: Registration, data: Submitted): Claim => {
  const { partnerId, submittedBy, onBehalf = false, tier, fields, receipt, submittedAt, toScreen, dueAt } = data;
  const latest = { partnerId, submittedBy, onBehalf, tier, fields, receipt };
  if (isClaim(state)) {
    const stopped = state.cases.length > 0;
    return {
      ...state,
      ...latest,
      status: toScreen ? 'submitted' : stopped ? 'in-conflict' : 'under-review',
      submitters: [...new Set([...state.submitters, submittedBy])],
      toScreen: toScreen || state.toScreen,
      returned: null,
      review: stopped ? state.review : { ...state.review, pausedAt: null, dueAt: dueAt ?? state.review.dueAt },
    };
  }
  return {
    ...latest,
    status: 'submitted',
    submitters: [submittedBy],
    submittedAt,
    customerKey: null,
    checks: [],
    screening: null,
    screenedFor: [],
    toScreen: true,
    confirmed: [],
    dismissed: [],
    cases: [],
    cleared: {},
    lostFamilies: [],
    review: { dueAt: dueAt ?? null, started: false, pausedAt: null, escalated: false, assignee: null },
    returned: null,
    steps: [],
    attempt: 1,
    grants: [],
    protection: null,
    evidence: state.status === 'unknown' ? [] : state.evidence,
    rejection: null,
    outcome: null,
  };
};

const evolveClaim = (claim: Claim, event: RegistrationEvent): Claim => {
  const { review, protection } = claim;
  const { type, data } = event;
  switch (type) {
    case 'CustomerResolved':
      return { ...claim, customerKey: data.customerKey };
    case 'EligibilityEvaluated':
      return { ...claim, checks: data.checks };
    case 'RegistrationScreened':
      return screened(claim, data);
    case 'ReviewStarted':
      return { ...claim, review: { ...review, dueAt: data.dueAt, started: true, pausedAt: null, escalated: false } };
    case 'MatchConfirmed':
      return { ...claim, toScreen: true, confirmed: [...claim.confirmed, data.claimId] };
    case 'MatchDismissed':
      return { ...claim, dismissed: [...claim.dismissed, data.claimId] };
    case 'ConflictRaised':
      return raised(claim, data);
    case 'ConflictCleared':
      return cleared(claim, data);
    case 'FamilyLost':
      return { ...claim, lostFamilies: [...claim.lostFamilies, data.family] };
    case 'ReviewAssigned':
      return { ...claim, review: { ...review, assignee: data.assignee } };
    case 'ReviewEscalated':
      return { ...claim, review: { ...review, escalated: true } };
    case 'RegistrationReturned':
      return {
        ...claim,
        status: 'returned',
        returned: { ...data, before: claim.fields },
        // what was approved may read otherwise when it comes back
        steps: [],
        review: { ...review, pausedAt: review.pausedAt ?? data.returnedAt },
      };
    case 'FieldsAmended':
      return { ...claim, fields: amended(claim, data.fields) };
    case 'ApprovalStepDecided':
      return { ...claim, steps: [...claim.steps, { step: data.step, approver: data.approver }] };
    case 'RegistrationApproved':
      return { ...claim, status: 'approved', grants: data.grants, attempt: claim.attempt + 1 };
    case 'ProtectionGranted':
      return {
        ...claim,
        protection: {
          from: data.from,
          to: data.to,
          pausedAt: null,
          reminderDays: data.reminderDays ?? [],
          reminded: [],
        },
      };
    case 'ProtectionResumed':
      return { ...claim, protection: protection && { ...protection, to: data.to, pausedAt: null } };
    case 'ApprovalAbandoned':
      return { ...claim, attempt: claim.attempt + 1 };
    case 'RegistrationRejected':
      return { ...claim, status: 'rejected', rejection: { code: data.code, explanation: data.explanation } };
    case 'RegistrationWithdrawn':
      return { ...claim, status: 'withdrawn' };
    case 'EvidenceAttached':
      return { ...claim, evidence: [...claim.evidence, data] };
    case 'ExpiryReminderSent':
      return {
        ...claim,
        protection: protection && { ...protection, reminded: [...protection.reminded, data.daysBefore] },
      };
    case 'ProtectionExpired':
      return { ...claim, status: 'expired' };
    case 'ProtectionRevoked':
      return { ...claim, status: 'revoked' };
    case 'DealWon': {
      const { amount, currency, closedOn } = data;
      return { ...claim, status: 'won', outcome: { amount, currency, closedOn } };
    }
    case 'DealLost':
      return { ...claim, status: 'lost', outcome: { reason: data.reason } };
    default:
      return claim;
  }
};

/** Named fields that the amendment leaves out are gone. */
const amended = ({ fields, returned }: Claim, amendment: Partial<DealFields>): DealFields => {
  const kept = Object.entries(fields).filter(([name]) => !returned?.fields.includes(name as keyof DealFields));
  return { ...(Object.fromEntries(kept) as DealFields), ...amendment };
};
