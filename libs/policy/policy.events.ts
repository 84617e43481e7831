// Stored for ever: add, never change.
import type { Event, Instant } from '../kernel/decider.js';

export type Tier = 'registered' | 'silver' | 'gold' | 'platinum';
export type EvidenceKind =
  'customer-choice' | 'poc' | 'demo' | 'meeting' | 'proposal' | 'quote' | 'incumbency' | 'other';

/** Amounts are integer minor units of the table's own currency: there is no conversion. */
export type AmountTable = {
  readonly minimumValue: number;
  /** Below it the run-rate protection. */
  readonly runRateBelow: number;
  /** From it on the enterprise protection. */
  readonly enterpriseFrom: number;
  /** From it on the second approval step. */
  readonly secondStepFrom: number;
  /** From it on a conflict is reserved for a person. */
  readonly personFrom: number;
};

/** Another minimum where the deal is in this country, of this family, or both; in one currency, for nothing is converted. */
export type MinimumOverride = {
  readonly countryCode?: string;
  readonly family?: string;
  readonly currency: string;
  readonly minimumValue: number;
};

/**
 * Every figure of the programme. Days are calendar days, `…BusinessDays` the vendor's. Those that may be absent are
 * younger than some stored policies.
 */
export type PolicyRules = {
  readonly amounts: Readonly<Record<string, AmountTable>>;
  readonly minimumValueOverrides?: readonly MinimumOverride[];
  readonly protectionDays: { readonly runRate: number; readonly standard: number; readonly enterprise: number };
  readonly review: { readonly slaBusinessDays: number; readonly holdBusinessDays: number };
  readonly reminderDays: readonly number[];
  /** `evidenceDays`: how old the evidence may be that it is asked on. */
  readonly extension?: { readonly count: number; readonly days: number; readonly evidenceDays: number };
  /** Of protection; counted from its grant. */
  readonly firstMilestoneDay?: number;
  readonly revocationNoticeDays?: number;
  readonly leadTimeHours: number;
  readonly shortNoticeBusinessDays: number;
  readonly lookBackDays: number;
  readonly tender: { readonly pocExempts: boolean };
  readonly openRegistrations: Readonly<Record<Tier, number>>;
  readonly contentionHours: number;
  readonly returnedKeepsPlaceBusinessDays: number;
  readonly resubmissions: number;
  readonly evidenceBusinessDays: number;
  readonly caseBusinessDays: number;
  readonly appeal?: { readonly windowBusinessDays: number; readonly answerBusinessDays: number };
  /** How long a partner may take to accept a lead. */
  readonly leadDays?: number;
  readonly effortPoints: Readonly<Record<'poc' | 'demo' | 'meeting' | 'proposal' | 'quote', number>>;
  /** Both sides showed effort and differ by at most this: reserved for a person. */
  readonly effortCloseCall: number;
  readonly tierUpliftPoints: Readonly<Record<Tier, number>>;
  readonly matching: { readonly certain: number; readonly possible: number };
  /** `timeZone` is an IANA name; `holidays` are local dates, YYYY-MM-DD. */
  readonly calendar: { readonly timeZone: string; readonly holidays: readonly string[] };
};

export type PolicyEvent =
  | Event<'PolicyDrafted', { readonly draftId: string; readonly version: string; readonly rules: PolicyRules }>
  | Event<'PolicyDraftChanged', { readonly draftId: string; readonly version: string; readonly rules: PolicyRules }>
  | Event<'PolicyValidated', { readonly draftId: string }>
  | Event<
      'PolicyPublished',
      {
        readonly draftId: string;
        readonly version: string;
        readonly effectiveFrom: Instant;
        readonly rules: PolicyRules;
      }
    >;
