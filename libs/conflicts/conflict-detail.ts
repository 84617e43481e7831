import type { Role } from '../platform/http/principal.js';
import { caseActions, nextStep } from './case-actions.js';
import type { CaseFacts, ConflictCase } from './conflict.state.js';
import type { Claimant } from './conflict.events.js';

export type KnownCase = Exclude<ConflictCase, { status: 'unknown' }>;
type Seen = { readonly id: string; readonly revision: number; readonly position: string; readonly role: Role };

type Sides = Pick<CaseFacts, 'claimants' | 'former'>;
/** The claims of one partner in a case, the earliest first; `left`: none of them is in it any more. */
export type Side = { readonly claims: readonly string[]; readonly left: boolean };

const claimsOf = (claimants: readonly Claimant[], partnerId: string | undefined): readonly string[] =>
  claimants
    .filter((claimant) => partnerId !== undefined && claimant.partnerId === partnerId)
    .toSorted((a, b) => a.place - b.place)
    .map(({ claimId }) => claimId);

/** Null for a partner that never had a claim in the case, and for the vendor's people. */
export const sideOf = ({ claimants, former }: Sides, partnerId: string | undefined): Side | null => {
  const claims = claimsOf(claimants, partnerId);
  if (claims.length > 0) return { claims, left: false };
  const left = claimsOf(former, partnerId);
  return left.length > 0 ? { claims: left, left: true } : null;
};

type Ending = {
  readonly status: KnownCase['status'];
  readonly winner: string | null;
  readonly rule: string | null;
  readonly explanation: string | null;
};

/** How it ended for one side. What became of it after a side has left is the others' affair. */
export const endingFor = ({ status, winner, rule, explanation }: Ending, { claims, left }: Side) => {
  if (left) return { outcome: 'left', rule: null, explanation: null } as const;
  if (status === 'dismissed') return { outcome: status, rule, explanation };
  if (winner === null) return { outcome: null, rule, explanation };
  return { outcome: claims.includes(winner) ? 'won' : 'lost', rule, explanation } as const;
};

const endingOf = (state: KnownCase): Ending =>
  state.status === 'decided'
    ? { status: state.status, winner: state.winner.claimId, rule: state.rule, explanation: state.explanation }
    : { status: state.status, winner: null, rule: null, explanation: null };

/** What a case is to a partner: nothing of the rivals, of the inputs or of what managers wrote about it. */
export const partnersCase = (id: string, state: KnownCase, side: Side) => ({
  id,
  status: state.status,
  type: state.type,
  family: state.family,
  ownClaim: side.claims[0] ?? null,
  dueAt: state.dueAt,
  ...endingFor(endingOf(state), side),
});

/** The question is put to both sides, with one deadline for both. */
export const partnersDetail = (state: KnownCase, side: Side, { id, revision, position, role }: Seen) => ({
  ...partnersCase(id, state, side),
  evidenceRequest:
    state.request && !side.left ? { question: state.request.question, dueAt: state.request.dueAt } : null,
  evidence: state.evidence.filter(({ claimId }) => side.claims.includes(claimId)),
  revision,
  position,
  allowedActions: side.left ? [] : caseActions(state, role),
  nextStep: state.status === 'evidence-requested' && !side.left ? nextStep(state) : null,
});

/** The whole case, for the vendor. `statusOf`: the claim's own status. */
export const managersDetail = (
  state: KnownCase,
  statusOf: (claimant: Claimant) => string | null,
  { id, revision, position, role }: Seen,
) => ({
  id,
  status: state.status,
  type: state.type,
  customerKey: state.customerKey,
  family: state.family,
  claimants: state.claimants.map((claimant) => ({ ...claimant, status: statusOf(claimant) })),
  match: state.match,
  trace: state.evaluation?.trace ?? [],
  recommendation: state.evaluation?.recommendation ?? null,
  flip: state.evaluation?.flip ?? null,
  evaluationIsCurrent: state.current,
  policyVersion: state.policyVersion,
  reason: state.reason,
  assignee: state.assignee,
  evidence: state.evidence,
  evidenceRequest: state.request && { question: state.request.question, dueAt: state.request.dueAt },
  winner: endingOf(state).winner,
  rule: endingOf(state).rule,
  explanation: endingOf(state).explanation,
  detectedAt: state.detectedAt,
  dueAt: state.dueAt,
  revision,
  position,
  allowedActions: caseActions(state, role),
  nextStep: nextStep(state),
});
