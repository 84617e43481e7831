import type { Instant } from '../kernel/decider.js';
import type { Tier } from '../policy/policy.events.js';
import type { Memberships } from './claim-cases.js';
import { evolveClaim } from './evolving-claim.js';
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
  /** The cases that took them. */
  readonly lostIn: readonly string[];
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
  if (isClaim(state)) {
    const stopped = state.cases.length > 0;
    return {
      ...state,
      partnerId,
      submittedBy,
      onBehalf,
      tier,
      fields,
      receipt,
      status: toScreen ? 'submitted' : stopped ? 'in-conflict' : 'under-review',
      submitters: [...new Set([...state.submitters, submittedBy])],
      toScreen: toScreen || state.toScreen,
      returned: null,
      review: stopped ? state.review : { ...state.review, pausedAt: null, dueAt: dueAt ?? state.review.dueAt },
    };
  }
  // no spread before the rest: V8 takes forty times as long for the properties after one
  return {
    partnerId,
    submittedBy,
    onBehalf,
    tier,
    fields,
    receipt,
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
    lostIn: [],
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
