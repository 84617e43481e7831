import type { Instant } from '../kernel/decider.js';
import { addBusinessDays } from '../policy/business-days.js';
import { isNewEnd, isUncleared } from './claim-cases.js';
import { eligibilityChecks } from './eligibility.js';
import { resumedTo } from './protection.js';
import type { Context, Decide, SystemCommand } from './registration.commands.js';
import type { RegistrationEvent } from './registration.events.js';
import {
  type Claim,
  evolve,
  heldFamilies,
  isClaim,
  isLive,
  isOpen,
  type Registration,
  submittedFields,
} from './registration.state.js';
import { resumedDueAt } from './review-clock.js';

type Contention = Extract<
  SystemCommand,
  { type: 'RecordScreening' | 'RaiseConflict' | 'ClearConflict' | 'LoseFamily' | 'AbandonApproval' }
>;

/** What screening, the cases and the sweep of abandoned grants tell a claim. */
export const decideContention: Decide<Contention, Registration> = (command, state, context, now) => {
  if (!isClaim(state) || !isLive(state)) return [];
  switch (command.type) {
    case 'RecordScreening':
      return record(command, state, context, now);
    case 'RaiseConflict': {
      const { caseId, family, since } = command;
      if (!isUncleared(state.cleared, caseId, since) || !heldFamilies(state).includes(family)) return [];
      if (state.cases.some((each) => each.caseId === caseId && each.raised)) return [];
      return [{ type: 'ConflictRaised', data: { caseId, family, raisedAt: now, since } }];
    }
    case 'ClearConflict':
      return clear(command, state, context, now);
    case 'LoseFamily':
      return loseFamily(command.family, command.caseId, state);
    default: {
      const { grantId } = command;
      // after this a late approval that cites the grant finds another revision
      return grantId.endsWith(`.${state.attempt}`) ? [{ type: 'ApprovalAbandoned', data: { grantId } }] : [];
    }
  }
};

const record = (
  { screening, contentHash, basis, overCap, policyVersion }: Extract<SystemCommand, { type: 'RecordScreening' }>,
  claim: Claim,
  { policy, cause }: Context,
  now: Instant,
): readonly RegistrationEvent[] => {
  const outdated = contentHash !== null && contentHash !== claim.receipt.contentHash;
  // the pass of what was submitted since is still to come
  if (outdated && (claim.status === 'submitted' || claim.toScreen)) return [];
  const events: RegistrationEvent[] = [];
  const { customerKey } = screening;
  if (customerKey !== claim.customerKey)
    events.push({
      type: 'CustomerResolved',
      data: { customerKey, previousKey: claim.customerKey, basis, customer: submittedFields(claim).customer },
    });
  if (claim.status === 'submitted')
    events.push({
      type: 'EligibilityEvaluated',
      data: { policyVersion, checks: eligibilityChecks(claim, policy.rules, overCap) },
    });
  events.push({ type: 'RegistrationScreened', data: { ...screening, cause } });
  if (claim.status === 'submitted' && overCap) {
    const explanation = `${overCap.open} open registrations, the policy allows ${overCap.cap}`;
    return [...events, { type: 'RegistrationRejected', data: { code: 'over-cap', explanation } }];
  }
  return startedWhereDue(claim, events, policy, now);
};

const clear = (
  { caseId, until, toScreen: named = false }: Extract<SystemCommand, { type: 'ClearConflict' }>,
  claim: Claim,
  { policy, cause }: Context,
  now: Instant,
): readonly RegistrationEvent[] => {
  const open = claim.cases.find((each) => each.caseId === caseId);
  // screening may know that it has joined again before the end of its first membership is told
  if (!isNewEnd(claim.cleared, caseId, until) || (open && open.since > until)) return [];
  // the same event of the case may have come to screening first
  const toScreen = named && !claim.screenedFor.includes(cause);
  const last = open !== undefined && claim.cases.length === 1;
  const goesOn = last && isOpen(claim) && claim.status !== 'returned' && claim.review.started;
  const dueAt = goesOn ? resumedDueAt({ ...claim, cases: [] }, policy.rules, now) : null;
  const events: RegistrationEvent[] = [
    {
      type: 'ConflictCleared',
      data: { caseId, clearedAt: now, until, ...(dueAt !== null && { dueAt }), ...(toScreen && { toScreen }) },
    },
  ];
  if (last && claim.status === 'approved' && claim.protection?.pausedAt)
    events.push({ type: 'ProtectionResumed', data: { to: resumedTo(claim.protection, now) } });
  return startedWhereDue(claim, events, policy, now);
};

/** A review begins with the first moment that the claim is free of cases. */
const startedWhereDue = (
  claim: Claim,
  events: readonly RegistrationEvent[],
  { rules }: Context['policy'],
  now: Instant,
): readonly RegistrationEvent[] => {
  const after = events.reduce(evolve, claim as Registration);
  if (!isClaim(after) || after.status !== 'under-review' || after.review.started) return events;
  const dueAt = addBusinessDays(now, rules.review.slaBusinessDays, rules.calendar);
  return [...events, { type: 'ReviewStarted', data: { dueAt } }];
};

/** What it still claims goes on once the case clears it. */
const loseFamily = (family: string, caseId: string, claim: Claim): readonly RegistrationEvent[] => {
  if (!heldFamilies(claim).includes(family)) return [];
  const lost: RegistrationEvent = { type: 'FamilyLost', data: { family, caseId } };
  const after = evolve(claim, lost) as Claim;
  if (heldFamilies(after).length > 0) return [lost];
  if (claim.status === 'approved')
    return [lost, { type: 'ProtectionRevoked', data: { ground: 'lost-conflict', caseId } }];
  const explanation = `decided for another claim: ${claim.lostFamilies.concat(family).join(', ')}`;
  return [lost, { type: 'RegistrationRejected', data: { code: 'lost-conflict', explanation } }];
};
