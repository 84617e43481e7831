// Stored for ever: add, never change.
import type { Event, Instant } from '../kernel/decider.js';
import type { Money } from '../kernel/money.js';
import type { EvidenceKind, Tier } from '../policy/policy.events.js';

export type RegistryId = { readonly type: string; readonly value: string };
export type Customer = {
  readonly legalName: string;
  readonly countryCode: string;
  readonly domain?: string;
  readonly city?: string;
  readonly street?: string;
  readonly postcode?: string;
  readonly phone?: string;
  readonly registryIds?: readonly RegistryId[];
};

/** The form. `expectedCloseOn` and `publishedOn` are local dates, YYYY-MM-DD. */
export type DealFields = {
  readonly customer: Customer;
  readonly contact: { readonly name: string; readonly email: string; readonly title: string };
  readonly productFamilies: readonly string[];
  readonly estimatedValue: Money;
  readonly expectedCloseOn: string;
  readonly opportunityType: 'net-new' | 'expansion' | 'renewal';
  readonly origin: 'hunting' | 'teaming';
  readonly consent: boolean;
  readonly site?: string;
  readonly useCase?: string;
  readonly businessProblem?: string;
  readonly salesActivities?: readonly string[];
  readonly competitors?: readonly string[];
  readonly incumbent?: string;
  readonly tender?: { readonly public: boolean; readonly reference?: string; readonly publishedOn?: string };
  readonly partnerOpportunityId?: string;
  readonly relatedRegistrationId?: string;
  readonly nextSteps?: string;
  readonly procurementVehicle?: string;
  readonly contractMonths?: number;
  readonly requestedDiscount?: number;
  readonly team?: readonly string[];
  readonly campaign?: string;
  readonly notes?: string;
};

/** What the partner can prove later: the policy in force, and SHA-256 (hex) over the canonical JSON of the fields. */
export type Receipt = { readonly policyVersion: string; readonly contentHash: string };

export type FieldMatch = {
  readonly field: string;
  readonly left: string;
  readonly right: string;
  readonly level: string;
  readonly weight: number;
};

/** An earlier claim that the matcher held against this one, as compared. `partnerId` null = the vendor's own sales. */
export type Candidate = {
  readonly claimId: string;
  readonly kind: 'registration' | 'direct';
  readonly partnerId: string | null;
  readonly place: number;
  readonly customerKey: string;
  readonly productFamilies: readonly string[];
  readonly verdict: 'possible' | 'certain';
  readonly score: number;
  readonly fields: readonly FieldMatch[];
  /** A customer never spans countries: such a match is shown, and waits for nobody. */
  readonly otherCountry?: boolean;
};

export type RejectionCode =
  | 'duplicate'
  | 'existing-customer'
  | 'direct-engagement'
  | 'incumbent-partner'
  | 'public-tender'
  | 'below-threshold'
  | 'incomplete'
  | 'not-authorised'
  | 'out-of-territory'
  | 'over-cap'
  | 'no-evidence'
  | 'false-information'
  | 'lost-conflict'
  | 'other';

export type EligibilityCheck = {
  readonly rule: string;
  readonly result: 'passed' | 'failed' | 'flagged';
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
};

export type Screening = {
  /** "First" is the lowest place: screening counts them per vendor, in commit order. */
  readonly place: number;
  readonly outcome: 'clear' | 'possible' | 'conflict';
  readonly customerKey: string;
  /** Other customers that also matched with certainty: the earliest claim's won. */
  readonly otherCustomerKeys: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly weightsVersion: string;
  /**
   * The cases it opened, joined or found itself in, one per family. `since`: revision of the case's event that made it a
   * claimant; absent, the first.
   */
  readonly cases: readonly { readonly caseId: string; readonly family: string; readonly since?: number }[];
  /** No approval before: the contention window after the first complete claim on this customer and family. */
  readonly contentionEndsAt: Instant;
};

export type Evidence = { readonly kind: EvidenceKind; readonly sha256: string; readonly occurredAt: Instant };
/** The exclusivity of one family, taken under `grantId` = `<registrationId>.<attempt>`. */
export type Grant = { readonly family: string; readonly grantId: string; readonly customerKey: string };

/** Whose it is, on what its partner may be told of; the decider adds it. */
export type Told = { readonly partnerId?: string };
/** A channel manager wrote it for the partner. */
type OnBehalf = { readonly onBehalf?: true };

export type RegistrationEvent =
  | Event<
      'RegistrationDrafted',
      OnBehalf & { readonly partnerId: string; readonly submittedBy: string; readonly fields: Partial<DealFields> }
    >
  | Event<'DraftAmended', { readonly fields: Partial<DealFields> }>
  | Event<
      'RegistrationSubmitted',
      OnBehalf & {
        readonly partnerId: string;
        readonly submittedBy: string;
        readonly tier: Tier;
        readonly fields: DealFields;
        readonly receipt: Receipt;
        /** False where a returned claim comes back with customer, family and territory unchanged: it keeps the screening it has. */
        readonly toScreen: boolean;
        readonly submittedAt: Instant;
        /** Its screening is late from here; where it comes back, its review. Absent while an open case stops the clock. */
        readonly dueAt?: Instant;
      }
    >
  | Event<
      'CustomerResolved',
      {
        readonly customerKey: string;
        readonly previousKey: string | null;
        readonly basis: 'new' | 'matched' | 'confirmed' | 'separated' | 'merged';
        readonly customer: Customer;
      }
    >
  | Event<'EligibilityEvaluated', { readonly policyVersion: string; readonly checks: readonly EligibilityCheck[] }>
  /** `cause`: id of the event that screening answered. */
  | Event<'RegistrationScreened', Screening & Told & { readonly cause?: string }>
  | Event<'ReviewStarted', { readonly dueAt: Instant }>
  | Event<'MatchConfirmed', { readonly claimId: string; readonly reason: string }>
  | Event<'MatchDismissed', { readonly claimId: string; readonly reason: string }>
  /** `since`: revision of the case's event that made it a claimant. */
  | Event<
      'ConflictRaised',
      Told & { readonly caseId: string; readonly family: string; readonly raisedAt: Instant; readonly since?: number }
    >
  /**
   * `until`: revision of the case's event that let it go; what made it a claimant after that is no longer over.
   * `dueAt`: the review's, where this lets a stopped clock go on. `toScreen`: screening has to say anew what it contests.
   */
  | Event<
      'ConflictCleared',
      Told & {
        readonly caseId: string;
        readonly clearedAt: Instant;
        readonly until?: number;
        readonly dueAt?: Instant;
        readonly toScreen?: boolean;
      }
    >
  | Event<'FamilyLost', Told & { readonly family: string; readonly caseId: string }>
  | Event<'ReviewAssigned', { readonly assignee: string }>
  | Event<'ReviewEscalated', { readonly dueAt: Instant }>
  | Event<
      'RegistrationReturned',
      Told & {
        readonly reasons: readonly string[];
        readonly fields: readonly (keyof DealFields)[];
        readonly returnedAt: Instant;
      }
    >
  | Event<'FieldsAmended', { readonly fields: Partial<DealFields> }>
  | Event<'ApprovalStepDecided', { readonly step: number; readonly of: number; readonly approver: string }>
  | Event<'RegistrationApproved', Told & { readonly grants: readonly Grant[] }>
  /** `reminderDays`: how many days before `to` its partner is reminded. */
  | Event<
      'ProtectionGranted',
      Told & { readonly from: Instant; readonly to: Instant; readonly reminderDays?: readonly number[] }
    >
  | Event<'ProtectionResumed', Told & { readonly to: Instant }>
  | Event<'ApprovalAbandoned', { readonly grantId: string }>
  | Event<'RegistrationRejected', Told & { readonly code: RejectionCode; readonly explanation: string }>
  | Event<'RegistrationWithdrawn', Told & { readonly reason: string }>
  | Event<'EvidenceAttached', Evidence>
  | Event<'ExpiryReminderSent', Told & { readonly daysBefore: number }>
  | Event<'ProtectionExpired', Told & { readonly expiredAt: Instant }>
  | Event<'ProtectionRevoked', Told & { readonly ground: 'lost-conflict'; readonly caseId: string }>
  | Event<'DealWon', Told & { readonly amount: number; readonly currency: string; readonly closedOn: string }>
  | Event<'DealLost', Told & { readonly reason: string }>;
