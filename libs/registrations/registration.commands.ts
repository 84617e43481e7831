import type { Instant } from '../kernel/decider.js';
import type { PartnerProfile } from '../partners/partner.events.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type {
  DealFields,
  Evidence,
  Grant,
  RegistrationEvent,
  RejectionCode,
  Screening,
} from './registration.events.js';

type Basis = Extract<RegistrationEvent, { type: 'CustomerResolved' }>['data']['basis'];

/** RFC 7396: null removes, an object merges, everything else replaces. */
export type MergePatch = { readonly [name: string]: unknown };

export type NewClaim = {
  readonly partnerId: string;
  readonly fields: Partial<DealFields>;
  /** A channel manager writes it for the partner. */
  readonly onBehalf?: true;
};

/** Of a partner: draft, submit, evidence, what became of it. */
export type PartnerCommand =
  | ({ readonly type: 'DraftRegistration' } & NewClaim)
  | { readonly type: 'AmendDraft'; readonly patch: MergePatch }
  /** `claim` for a new registration; without it a draft, or one that was returned, as it stands. */
  | {
      readonly type: 'SubmitRegistration';
      readonly claim?: NewClaim;
    }
  /** Only the fields that a return has named. */
  | { readonly type: 'AmendFields'; readonly patch: MergePatch }
  | { readonly type: 'WithdrawRegistration'; readonly reason: string }
  | ({ readonly type: 'AttachEvidence' } & Evidence)
  | { readonly type: 'ReportWon'; readonly amount: number; readonly currency: string; readonly closedOn: string }
  | { readonly type: 'ReportLost'; readonly reason: string };

/** Of a channel manager. */
export type ReviewCommand =
  | { readonly type: 'ConfirmMatch'; readonly claimId: string; readonly reason: string }
  | { readonly type: 'DismissMatch'; readonly claimId: string; readonly reason: string }
  | { readonly type: 'AssignReview'; readonly assignee: string }
  | {
      readonly type: 'ReturnForInformation';
      readonly reasons: readonly string[];
      readonly fields: readonly (keyof DealFields)[];
    }
  | { readonly type: 'ApproveStep' }
  /** The last step. `grants`: the exclusivities taken for it, one for each family still claimed; see approving.ts. */
  | { readonly type: 'ApproveRegistration'; readonly grants: readonly Grant[] }
  | { readonly type: 'RejectRegistration'; readonly code: RejectionCode; readonly explanation: string };

/** Of reactors and the clock: on a state that has moved on they have nothing to say. */
export type SystemCommand =
  | {
      readonly type: 'RecordScreening';
      readonly screening: Screening;
      /** Of the submission that it answers, as on its receipt; null for whichever there is. */
      readonly contentHash: string | null;
      readonly basis: Basis;
      /** Null where the partner is within its cap. */
      readonly overCap: { readonly open: number; readonly cap: number } | null;
      /** The receipt's. */
      readonly policyVersion: string;
    }
  /** `since`: revision of the case's event that made it a claimant. */
  | { readonly type: 'RaiseConflict'; readonly caseId: string; readonly family: string; readonly since: number }
  /** `until`: revision of the case's event that let it go. `toScreen`: it can't be approved before its next screening. */
  | { readonly type: 'ClearConflict'; readonly caseId: string; readonly until: number; readonly toScreen?: boolean }
  | { readonly type: 'LoseFamily'; readonly family: string; readonly caseId: string }
  | { readonly type: 'AbandonApproval'; readonly grantId: string }
  | { readonly type: 'EscalateReview' }
  | { readonly type: 'RemindExpiry' }
  | { readonly type: 'ExpireProtection' };

export type RegistrationCommand = PartnerCommand | ReviewCommand | SystemCommand;

/** A partner as it stands. */
export type Standing = { readonly status: string; readonly profile?: PartnerProfile };

/** What a decision needs beside its own stream; the handler looks it up. */
export type Context = {
  /** Who asks. */
  readonly actor: string;
  /** Id of the event or the request that it is asked because of. */
  readonly cause: string;
  /** In force now for a draft or a submission, the receipt's for everything after it. */
  readonly policy: { readonly version: string; readonly rules: PolicyRules };
  /** The one whose registration it is. */
  readonly partner: Standing;
  /** SHA-256, lower-case hex, over the canonical JSON. */
  readonly contentHash: (fields: DealFields) => string;
};

/** The part of a decider that a kind of command is decided by. */
export type Decide<C, S> = (command: C, state: S, context: Context, now: Instant) => readonly RegistrationEvent[];
