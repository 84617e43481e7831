import type { Role } from '../platform/http/principal.js';
import { caseActions, nextStep } from './case-actions.js';
import type { CaseFacts, ConflictCase } from './conflict.state.js';
import type { Claimant } from './conflict.events.js';

export type KnownCase = Exclude<ConflictCase, { status: 'unknown' }>;
type Seen = { readonly id: string; readonly revision: number; readonly position: string; readonly role: Role };

const outcomeFor = (state: KnownCase, own: readonly string[]) => {
  if (state.status === 'dismissed') return 'dismissed';
  if (state.status !== 'decided') return null;
  return own.includes(state.winner.claimId) ? 'won' : 'lost';
};

/** The claims of one partner among the claimants, the earliest first. */
export const ownClaims = (
  { claimants }: Pick<CaseFacts, 'claimants'>,
  partnerId: string | undefined,
): readonly string[] =>
  claimants
    .filter((claimant) => partnerId !== undefined && claimant.partnerId === partnerId)
    .toSorted((a, b) => a.place - b.place)
    .map(({ claimId }) => claimId);

/** What a case is to a partner: nothing of the rivals, of the inputs or of what managers wrote about it. */
export const partnersCase = (id: string, state: KnownCase, own: readonly string[]) => ({
  id,
  status: state.status,
  type: state.type,
  family: state.family,
  ownClaim: own[0] ?? null,
  dueAt: state.dueAt,
  outcome: outcomeFor(state, own),
  rule: state.status === 'decided' ? state.rule : null,
  explanation: state.status === 'decided' ? state.explanation : null,
});

/** The question is put to both sides, with one deadline for both. */
export const partnersDetail = (state: KnownCase, own: readonly string[], { id, revision, position, role }: Seen) => ({
  ...partnersCase(id, state, own),
  evidenceRequest: state.request && { question: state.request.question, dueAt: state.request.dueAt },
  evidence: state.evidence.filter(({ claimId }) => own.includes(claimId)),
  revision,
  position,
  allowedActions: caseActions(state, role),
  nextStep: state.status === 'evidence-requested' ? nextStep(state) : null,
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
  winner: state.status === 'decided' ? state.winner.claimId : null,
  rule: state.status === 'decided' ? state.rule : null,
  explanation: state.status === 'decided' ? state.explanation : null,
  detectedAt: state.detectedAt,
  dueAt: state.dueAt,
  revision,
  position,
  allowedActions: caseActions(state, role),
  nextStep: nextStep(state),
});
