import type { Instant } from '../kernel/decider.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { toldVerdict } from './registration.whitelist.js';
import { type Claim, type Draft, heldFamilies, isClaim, isLive, undecidedMatches } from './registration.state.js';

export type Known = Draft | Claim;

/** What a registration waits for until when: its screening or review, or the end of its protection; null while that stands still. */
export const dueAtOf = (state: Known): Instant | null => {
  if (!isClaim(state)) return null;
  const { status, review, protection } = state;
  if (status === 'approved') return protection?.pausedAt === null ? protection.to : null;
  const runs = (status === 'submitted' || status === 'under-review') && review.pausedAt === null;
  return runs ? review.dueAt : null;
};

/** What has to happen next, and so who is asked; null after the end. */
export const nextStepOf = (state: Known): string | null => {
  if (!isClaim(state)) return state.status === 'draft' ? 'submit' : null;
  switch (state.status) {
    case 'submitted':
      return 'screening';
    case 'under-review':
      if (state.toScreen) return 'screening';
      return undecidedMatches(state).length > 0 ? 'decide-matches' : 'approval';
    case 'returned':
      return 'resubmit';
    case 'in-conflict':
      return 'conflict';
    case 'approved':
      return 'report-outcome';
    default:
      return null;
  }
};

/** The open cases that it is in, and those that took a family from it: they say why. */
const casesOf = (state: Claim): string[] => {
  const open = isLive(state) ? state.cases.map(({ caseId }) => caseId) : [];
  return [...new Set([...open, ...state.lostIn])];
};

/** The verbs that `principal` may try now; the decider has the last word. */
export const allowedActionsOf = (state: Known, principal: Principal): string[] => {
  const { status } = state;
  const live = isLive(state);
  if (isPartner(principal))
    return [
      ...(status === 'draft' || status === 'returned' ? ['submit'] : []),
      ...(status === 'draft' || live ? ['withdraw', 'evidence'] : []),
      ...(status === 'approved' ? ['won', 'lost'] : []),
    ];
  if (principal.role === 'auditor' || !isClaim(state) || status !== 'under-review') return [];
  const decidedBefore = [...state.submitters, ...state.steps.map(({ approver }) => approver)];
  return [
    'return',
    'reject',
    'assign',
    ...(undecidedMatches(state).length > 0 ? ['confirm-match', 'dismiss-match'] : []),
    ...(decidedBefore.includes(principal.subject) ? [] : ['approve']),
  ];
};

/** The state as `principal` may read it: a partner learns what concerns itself, nothing of a rival or of the staff. */
export const shownState = (id: string, state: Known, principal: Principal) => {
  const { status, partnerId, fields, evidence } = state;
  const partner = isPartner(principal);
  const submittedBy =
    partner && state.onBehalf && state.submittedBy !== principal.subject ? 'vendor' : state.submittedBy;
  // assigned, not spread at the front: V8 takes several times as long for the properties after a spread
  const shown = {
    id,
    status,
    partnerId,
    submittedBy,
    onBehalf: state.onBehalf,
    evidence,
    dueAt: dueAtOf(state),
    nextStep: nextStepOf(state),
    ...fields,
  };
  if (!isClaim(state)) return { ...shown, receipt: null, protection: null, rejection: null, cases: [] };
  const { screening, returned, protection, rejection, outcome } = state;
  const claim = Object.assign(shown, {
    submittedAt: state.submittedAt,
    tier: state.tier,
    receipt: state.receipt,
    heldFamilies: heldFamilies(state),
    lostFamilies: state.lostFamilies,
    returned: returned && { reasons: returned.reasons, fields: returned.fields, returnedAt: returned.returnedAt },
    protection: protection && { from: protection.from, to: protection.to, pausedAt: protection.pausedAt },
    rejection: rejection && { code: rejection.code, explanation: rejection.explanation },
    outcome,
    cases: casesOf(state),
  });
  if (partner)
    return Object.assign(claim, {
      screening: screening && { place: screening.place, verdict: toldVerdict[screening.outcome] },
      stepsDecided: state.steps.length,
    });
  const { assignee, escalated } = state.review;
  return Object.assign(claim, {
    customerKey: state.customerKey,
    checks: state.checks,
    screening,
    matches: { undecided: undecidedMatches(state), confirmed: state.confirmed, dismissed: state.dismissed },
    review: { assignee, escalated },
    steps: state.steps,
    grants: state.grants,
  });
};
