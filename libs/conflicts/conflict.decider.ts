import { type Decider, type Instant, refuse } from '../kernel/decider.js';
import type { Evidence } from '../registrations/registration.events.js';
import { areInConflict, claimantOf, conflictType, without } from './claimants.js';
import type { CaseMatch, Claimant, ConflictEvent, Pair } from './conflict.events.js';
import {
  type ConflictCase,
  type DecidedCase,
  type DismissedCase,
  evolve,
  isOpen,
  type OpenCase,
} from './conflict.state.js';
import { explanation, ruleOf } from './explanation.js';
import type { Evaluation } from './tie-break.js';

export type ConflictCommand =
  /** Opens the case; where it is open, those who aren't in it join. */
  | {
      readonly type: 'DetectConflict';
      readonly customerKey: string;
      readonly family: string;
      readonly claimants: readonly Claimant[];
      /** Null, with a reason, where a manager opens it by hand. */
      readonly match: CaseMatch | null;
      /** Two protections met because their customers were merged. */
      readonly merged: boolean;
      readonly policyVersion: string;
      readonly dueAt: Instant;
      readonly reason: string | null;
    }
  | { readonly type: 'LeaveCase'; readonly claimId: string }
  /** `stakeholders`: who submitted the claims. */
  | { readonly type: 'AssignCase'; readonly assignee: string; readonly stakeholders: readonly string[] }
  | { readonly type: 'RequestEvidence'; readonly question: string; readonly dueAt: Instant }
  | { readonly type: 'SubmitEvidence'; readonly claimId: string; readonly evidence: Evidence }
  | { readonly type: 'PassEvidenceDeadline' }
  | { readonly type: 'Adjudicate'; readonly evaluation: Evaluation }
  /** `inputsHash`: of what the rules would be given now. */
  | { readonly type: 'DecideCase'; readonly winner: string; readonly reason: string; readonly inputsHash: string }
  | {
      readonly type: 'DismissCase';
      readonly reason: 'different-customer' | 'other';
      readonly note: string;
      readonly pairs: readonly Pair[];
    };

type Detect = Extract<ConflictCommand, { type: 'DetectConflict' }>;

const detect = (command: Detect, now: Instant): readonly ConflictEvent[] => {
  const { type: _, merged, ...found } = command;
  if (!areInConflict(found.claimants)) refuse('conflict.too-few-claimants', {}, 'meaning');
  return [
    { type: 'ConflictDetected', data: { ...found, type: conflictType(found.claimants, merged), detectedAt: now } },
  ];
};

const join = ({ claimants, match, merged }: Detect, state: OpenCase): readonly ConflictEvent[] => {
  const newcomers = claimants.filter(({ claimId }) => !claimantOf(state.claimants, claimId));
  return newcomers.map((claimant, index) => ({
    type: 'ClaimantJoined',
    data: {
      claimant,
      family: state.family,
      match,
      type: conflictType([...state.claimants, ...newcomers.slice(0, index + 1)], merged || ofMerge(state)),
    },
  }));
};

const ofMerge = ({ type }: OpenCase): boolean => type === 'customer-merge';

const leave = (claimId: string, state: OpenCase): readonly ConflictEvent[] => {
  const claimant = claimantOf(state.claimants, claimId);
  if (!claimant) return [];
  const left = without(state.claimants, claimId);
  if (areInConflict(left))
    return [{ type: 'ClaimantLeft', data: { claimant, type: conflictType(left, ofMerge(state)) } }];
  return [
    { type: 'ClaimantLeft', data: { claimant, type: state.type } },
    { type: 'CaseDismissed', data: { reason: 'claimant-left', note: '', pairs: [], claimants: left } },
  ];
};

const submitted = (
  { claimId, evidence }: Extract<ConflictCommand, { type: 'SubmitEvidence' }>,
  state: OpenCase,
  now: Instant,
): readonly ConflictEvent[] => {
  if (!claimantOf(state.claimants, claimId)) refuse('conflict.not-a-claimant', { claimId }, 'meaning');
  if (state.evidence.some((known) => known.claimId === claimId && sameEvidence(known, evidence))) return [];
  if (evidence.occurredAt > now) refuse('conflict.evidence-in-future', { occurredAt: evidence.occurredAt }, 'meaning');
  // the later of two requests sets the deadline anew
  const { request } = state;
  if (request && (request.passed || now > request.dueAt))
    refuse('conflict.evidence-too-late', { dueAt: request.dueAt });
  // both sides have the same deadline, so it is over early only once every partner has answered
  const answered = [...(request?.answered ?? []), claimId];
  const waiting = state.claimants.some((each) => each.kind === 'registration' && !answered.includes(each.claimId));
  const endsRequest = state.status === 'evidence-requested' && !waiting;
  return [{ type: 'EvidenceSubmitted', data: { claimId, ...evidence, endsRequest } }];
};

const sameEvidence = (a: Evidence, b: Evidence) => a.kind === b.kind && a.sha256 === b.sha256;

const decided = (
  { winner: claimId, reason, inputsHash }: Extract<ConflictCommand, { type: 'DecideCase' }>,
  state: OpenCase,
): readonly ConflictEvent[] => {
  const { evaluation, family } = state;
  const winner = claimantOf(state.claimants, claimId) ?? refuse('conflict.not-a-claimant', { claimId }, 'meaning');
  if (!evaluation || state.status !== 'under-adjudication') return refuse('conflict.not-evaluated');
  if (!state.current || evaluation.inputsHash !== inputsHash) refuse('conflict.evaluation-stale');
  const recommended = evaluation.recommendation.winner;
  if (recommended === null && reason.trim() === '') refuse('conflict.reason-required', {}, 'meaning');
  if (recommended !== null && recommended !== claimId) refuse('conflict.override-required', { recommended });
  return [
    {
      type: 'CaseDecided',
      data: {
        winner,
        losers: without(state.claimants, claimId),
        family,
        rule: ruleOf(evaluation, winner),
        explanation: explanation(evaluation, winner),
        reason,
      },
    },
  ];
};

const dismissed = (
  { reason, note, pairs }: Extract<ConflictCommand, { type: 'DismissCase' }>,
  state: OpenCase,
): readonly ConflictEvent[] => {
  if (state.status === 'evidence-requested') refuse('conflict.evidence-requested');
  const { claimants } = state;
  if (reason === 'other') {
    if (pairs.length > 0) refuse('conflict.pairs-unexpected', {}, 'meaning');
    return [{ type: 'CaseDismissed', data: { reason, note, pairs: [], claimants } }];
  }
  const [first, second, ...more] = claimants;
  const separated: readonly Pair[] =
    pairs.length === 0 && first && second && more.length === 0 ? [[first.claimId, second.claimId]] : pairs;
  if (separated.length === 0) refuse('conflict.pairs-required', {}, 'meaning');
  for (const [a, b] of separated)
    if (a === b || !claimantOf(state.claimants, a) || !claimantOf(state.claimants, b))
      refuse('conflict.pair-unknown', { a, b }, 'meaning');
  return [{ type: 'CaseDismissed', data: { reason, note, pairs: separated, claimants } }];
};

/** What a command that has already ended the case says again, as against one that comes too late. */
const alreadySaid = (command: ConflictCommand, state: DecidedCase | DismissedCase): boolean => {
  switch (command.type) {
    case 'LeaveCase':
    case 'PassEvidenceDeadline':
      return true;
    case 'DecideCase':
      return state.status === 'decided' && state.winner.claimId === command.winner;
    case 'DismissCase':
      return state.status === 'dismissed' && state.dismissal === command.reason;
    default:
      return false;
  }
};

const decide = (command: ConflictCommand, state: OpenCase, now: Instant): readonly ConflictEvent[] => {
  switch (command.type) {
    case 'DetectConflict':
      return join(command, state);
    case 'LeaveCase':
      return leave(command.claimId, state);
    case 'AssignCase':
      if (command.assignee === state.assignee) return [];
      if (command.stakeholders.includes(command.assignee)) refuse('conflict.assignee-has-stake', {}, 'meaning');
      return [{ type: 'CaseAssigned', data: { assignee: command.assignee } }];
    case 'RequestEvidence':
      if (state.status === 'evidence-requested')
        return state.request?.question === command.question ? [] : refuse('conflict.evidence-requested');
      return [{ type: 'EvidenceRequested', data: { dueAt: command.dueAt, question: command.question } }];
    case 'SubmitEvidence':
      return submitted(command, state, now);
    case 'PassEvidenceDeadline':
      return state.request && !state.request.passed && now >= state.request.dueAt
        ? [{ type: 'EvidenceDeadlinePassed', data: { dueAt: state.request.dueAt } }]
        : [];
    case 'Adjudicate':
      if (state.status === 'evidence-requested') refuse('conflict.evidence-requested');
      // a request in between has taken it out of adjudication, though nobody answered
      return state.status === 'under-adjudication' &&
        state.current &&
        state.evaluation?.inputsHash === command.evaluation.inputsHash
        ? []
        : [{ type: 'PolicyEvaluated', data: command.evaluation }];
    case 'DecideCase':
      return decided(command, state);
    case 'DismissCase':
      return dismissed(command, state);
  }
};

/** One case: who contends for one customer and family, what they showed, what the rules say and who won. */
export const conflictCase: Decider<ConflictCommand, ConflictEvent, ConflictCase> = {
  initial: { status: 'unknown' },

  evolve,

  decide: (command, state, now) => {
    if (isOpen(state)) return decide(command, state, now);
    if (state.status !== 'unknown')
      return alreadySaid(command, state) ? [] : refuse('conflict.ended', { status: state.status });
    if (command.type === 'DetectConflict') return detect(command, now);
    if (command.type === 'LeaveCase' || command.type === 'PassEvidenceDeadline') return [];
    return refuse('conflict.unknown', {}, 'unknown');
  },
};
