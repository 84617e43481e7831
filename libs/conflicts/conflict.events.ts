// Stored for ever: add, never change.
import type { Event, Instant } from '../kernel/decider.js';
import type { Evidence, FieldMatch } from '../registrations/registration.events.js';
import type { Evaluation } from './tie-break.js';

export type ConflictType = 'partner-vs-partner' | 'partner-vs-direct' | 'same-partner-duplicate' | 'customer-merge';

/** `partnerId` null = the vendor's own sales. */
export type Claimant = {
  readonly claimId: string;
  readonly kind: 'registration' | 'direct';
  readonly partnerId: string | null;
  readonly place: number;
};
export type CaseMatch = { readonly verdict: 'possible' | 'certain'; readonly fields: readonly FieldMatch[] };

/** Two claims that are not the same customer. */
export type Pair = readonly [string, string];

export type ConflictEvent =
  | Event<
      'ConflictDetected',
      {
        readonly type: ConflictType;
        readonly customerKey: string;
        readonly family: string;
        readonly claimants: readonly Claimant[];
        /** Null where a manager opened it by hand. */
        readonly match: CaseMatch | null;
        readonly policyVersion: string;
        readonly detectedAt: Instant;
        readonly dueAt: Instant;
        readonly reason: string | null;
      }
    >
  | Event<
      'ClaimantJoined',
      {
        readonly claimant: Claimant;
        readonly family: string;
        readonly match: CaseMatch | null;
        readonly type: ConflictType;
      }
    >
  | Event<'ClaimantLeft', { readonly claimant: Claimant; readonly type: ConflictType }>
  | Event<'CaseAssigned', { readonly assignee: string }>
  | Event<'EvidenceRequested', { readonly dueAt: Instant; readonly question: string }>
  /** `endsRequest`: the last partner that was asked has answered. */
  | Event<'EvidenceSubmitted', Evidence & { readonly claimId: string; readonly endsRequest: boolean }>
  | Event<'EvidenceDeadlinePassed', { readonly dueAt: Instant }>
  | Event<'PolicyEvaluated', Evaluation>
  | Event<
      'CaseDecided',
      {
        readonly winner: Claimant;
        readonly losers: readonly Claimant[];
        readonly family: string;
        readonly rule: string;
        readonly explanation: string;
        readonly reason: string;
      }
    >
  | Event<
      'CaseDismissed',
      {
        readonly reason: 'different-customer' | 'claimant-left' | 'other';
        readonly note: string;
        readonly pairs: readonly Pair[];
        readonly claimants: readonly Claimant[];
      }
    >;
