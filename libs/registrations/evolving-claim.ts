import { cleared, raised, screened } from './claim-cases.js';
import type { DealFields, RegistrationEvent } from './registration.events.js';
import type { Claim } from './registration.state.js';

/** A claim after an event; each submission of it is for `evolve` to take. */
export const evolveClaim = (claim: Claim, event: RegistrationEvent): Claim => {
  const { review, protection } = claim;
  const { type, data } = event;
  switch (type) {
    case 'CustomerResolved':
      return { ...claim, customerKey: data.customerKey };
    case 'EligibilityEvaluated':
      return { ...claim, checks: data.checks };
    case 'RegistrationScreened':
      return screened(claim, data);
    case 'ReviewStarted':
      return { ...claim, review: { ...review, dueAt: data.dueAt, started: true, pausedAt: null, escalated: false } };
    case 'MatchConfirmed':
      return { ...claim, toScreen: true, confirmed: [...claim.confirmed, data.claimId] };
    case 'MatchDismissed':
      return { ...claim, dismissed: [...claim.dismissed, data.claimId] };
    case 'ConflictRaised':
      return raised(claim, data);
    case 'ConflictCleared':
      return cleared(claim, data);
    case 'FamilyLost':
      return {
        ...claim,
        lostFamilies: [...claim.lostFamilies, data.family],
        lostIn: [...new Set([...claim.lostIn, data.caseId])],
      };
    case 'ReviewAssigned':
      return { ...claim, review: { ...review, assignee: data.assignee } };
    case 'ReviewEscalated':
      return { ...claim, review: { ...review, escalated: true } };
    case 'RegistrationReturned':
      return {
        ...claim,
        status: 'returned',
        returned: { ...data, before: claim.fields },
        // what was approved may read otherwise when it comes back
        steps: [],
        review: { ...review, pausedAt: review.pausedAt ?? data.returnedAt },
      };
    case 'FieldsAmended':
      return { ...claim, fields: amended(claim, data.fields) };
    case 'ApprovalStepDecided':
      return { ...claim, steps: [...claim.steps, { step: data.step, approver: data.approver }] };
    case 'RegistrationApproved':
      return { ...claim, status: 'approved', grants: data.grants, attempt: claim.attempt + 1 };
    case 'ProtectionGranted':
      return {
        ...claim,
        protection: {
          from: data.from,
          to: data.to,
          pausedAt: null,
          reminderDays: data.reminderDays ?? [],
          reminded: [],
        },
      };
    case 'ProtectionResumed':
      return { ...claim, protection: protection && { ...protection, to: data.to, pausedAt: null } };
    case 'ApprovalAbandoned':
      return { ...claim, attempt: claim.attempt + 1 };
    case 'RegistrationRejected':
      return { ...claim, status: 'rejected', rejection: { code: data.code, explanation: data.explanation } };
    case 'RegistrationWithdrawn':
      return { ...claim, status: 'withdrawn' };
    case 'EvidenceAttached':
      return { ...claim, evidence: [...claim.evidence, data] };
    case 'ExpiryReminderSent':
      return {
        ...claim,
        protection: protection && { ...protection, reminded: [...protection.reminded, data.daysBefore] },
      };
    case 'ProtectionExpired':
      return { ...claim, status: 'expired' };
    case 'ProtectionRevoked':
      return { ...claim, status: 'revoked' };
    case 'DealWon': {
      const { amount, currency, closedOn } = data;
      return { ...claim, status: 'won', outcome: { amount, currency, closedOn } };
    }
    case 'DealLost':
      return { ...claim, status: 'lost', outcome: { reason: data.reason } };
    default:
      return claim;
  }
};

/** Named fields that the amendment leaves out are gone. */
const amended = ({ fields, returned }: Claim, amendment: Partial<DealFields>): DealFields => {
  const kept = Object.entries(fields).filter(([name]) => !returned?.fields.includes(name as keyof DealFields));
  return { ...(Object.fromEntries(kept) as DealFields), ...amendment };
};
