import type { Instant } from '../kernel/decider.js';
import type { Evidence } from '../registrations/registration.events.js';
import { without } from './claimants.js';
import type { CaseMatch, Claimant, ConflictEvent, ConflictType, Pair } from './conflict.events.js';
import type { Evaluation } from './tie-break.js';

export type CaseEvidence = Evidence & { readonly claimId: string };

export type CaseFacts = {
  readonly type: ConflictType;
  readonly customerKey: string;
  readonly family: string;
  readonly claimants: readonly Claimant[];
  /** Those that left, and are not back. */
  readonly former: readonly Claimant[];
  readonly match: CaseMatch | null;
  readonly policyVersion: string;
  readonly detectedAt: Instant;
  /** Null once it has ended. */
  readonly dueAt: Instant | null;
  readonly reason: string | null;
  readonly assignee: string | null;
  readonly evidence: readonly CaseEvidence[];
  /** The latest; `answered` are the claims that submitted something since. */
  readonly request: {
    readonly dueAt: Instant;
    readonly question: string;
    readonly answered: readonly string[];
    readonly passed: boolean;
  } | null;
  readonly evaluation: Evaluation | null;
  /** False once a claimant joined or left or evidence came after the evaluation. */
  readonly current: boolean;
};

export type OpenCase = CaseFacts & {
  readonly status: 'detected' | 'open' | 'evidence-requested' | 'under-adjudication';
};
export type DecidedCase = CaseFacts & {
  readonly status: 'decided';
  readonly winner: Claimant;
  readonly losers: readonly Claimant[];
  readonly rule: string;
  readonly explanation: string;
};
export type DismissedCase = CaseFacts & {
  readonly status: 'dismissed';
  readonly dismissal: Extract<ConflictEvent, { type: 'CaseDismissed' }>['data']['reason'];
  readonly pairs: readonly Pair[];
};
export type ConflictCase = { readonly status: 'unknown' } | OpenCase | DecidedCase | DismissedCase;

export const isOpen = (state: ConflictCase): state is OpenCase =>
  state.status !== 'unknown' && state.status !== 'decided' && state.status !== 'dismissed';

const begun = (data: Extract<ConflictEvent, { type: 'ConflictDetected' }>['data']): OpenCase => ({
  ...data,
  status: 'detected',
  former: [],
  assignee: null,
  evidence: [],
  request: null,
  evaluation: null,
  current: false,
});

const withEvidence = (
  state: OpenCase,
  { endsRequest, ...evidence }: Extract<ConflictEvent, { type: 'EvidenceSubmitted' }>['data'],
): OpenCase => ({
  ...state,
  request: state.request && { ...state.request, answered: [...state.request.answered, evidence.claimId] },
  evidence: [...state.evidence, evidence],
  current: false,
  status: endsRequest || state.status === 'under-adjudication' ? 'open' : state.status,
});

const evolveOpen = (
  state: OpenCase,
  { type, data }: Exclude<ConflictEvent, { type: 'ConflictDetected' }>,
): ConflictCase => {
  switch (type) {
    case 'ClaimantJoined':
      return {
        ...state,
        claimants: [...state.claimants, data.claimant],
        former: without(state.former, data.claimant.claimId),
        type: data.type,
        current: false,
        status: state.status === 'under-adjudication' ? 'open' : state.status,
      };
    case 'ClaimantLeft':
      return {
        ...state,
        claimants: without(state.claimants, data.claimant.claimId),
        former: [...state.former, data.claimant],
        type: data.type,
        current: false,
      };
    case 'CaseAssigned':
      return { ...state, assignee: data.assignee, status: state.status === 'detected' ? 'open' : state.status };
    case 'EvidenceRequested':
      return { ...state, status: 'evidence-requested', request: { ...data, answered: [], passed: false } };
    case 'EvidenceSubmitted':
      return withEvidence(state, data);
    case 'EvidenceDeadlinePassed':
      return {
        ...state,
        request: state.request && { ...state.request, passed: true },
        status: state.status === 'evidence-requested' ? 'open' : state.status,
      };
    case 'PolicyEvaluated':
      return { ...state, status: 'under-adjudication', evaluation: data, current: true };
    case 'CaseDecided':
      return {
        ...state,
        status: 'decided',
        dueAt: null,
        winner: data.winner,
        losers: data.losers,
        rule: data.rule,
        explanation: data.explanation,
      };
    case 'CaseDismissed':
      return { ...state, status: 'dismissed', dueAt: null, dismissal: data.reason, pairs: data.pairs };
  }
};

export const evolve = (state: ConflictCase, event: ConflictEvent): ConflictCase => {
  if (event.type === 'ConflictDetected') return begun(event.data);
  return isOpen(state) ? evolveOpen(state, event) : state;
};
