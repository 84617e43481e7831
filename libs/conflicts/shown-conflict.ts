import { isPartner, type Principal } from '../platform/http/principal.js';
import type { ConflictRow } from './conflict-list.view.js';
import { endingFor, sideOf } from './conflict-detail.js';

/** A row as the list answers it: to a partner nothing of its rivals. */
export const shownConflict = (row: ConflictRow, principal: Principal) => {
  const { caseId: id, status, type, family, dueAt, rule, explanation } = row;
  if (isPartner(principal)) {
    const side = sideOf(row, principal.partnerId) ?? { claims: [], left: true };
    return { id, status, type, family, ownClaim: side.claims[0] ?? null, dueAt, ...endingFor(row, side) };
  }
  const { customerKey, claimants, assignee, winner } = row;
  return { id, status, type, customerKey, family, claimants, assignee, dueAt, winner, rule, explanation };
};
