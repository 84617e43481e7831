import { isPartner, type Principal } from '../platform/http/principal.js';
import type { ConflictRow } from './conflict-list.view.js';
import { ownClaims } from './conflict-detail.js';

const outcomeFor = ({ status, winner }: ConflictRow, own: readonly string[]) => {
  if (status === 'dismissed') return status;
  if (winner === null) return null;
  return own.includes(winner) ? 'won' : 'lost';
};

/** A row as the list answers it: to a partner nothing of its rivals. */
export const shownConflict = (row: ConflictRow, principal: Principal) => {
  const { caseId: id, status, type, family, dueAt, rule, explanation } = row;
  if (isPartner(principal)) {
    const own = ownClaims(row, principal.partnerId);
    return {
      id,
      status,
      type,
      family,
      ownClaim: own[0] ?? null,
      dueAt,
      outcome: outcomeFor(row, own),
      rule,
      explanation,
    };
  }
  const { customerKey, claimants, assignee, winner } = row;
  return { id, status, type, customerKey, family, claimants, assignee, dueAt, winner, rule, explanation };
};
