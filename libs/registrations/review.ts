import { type Instant, refuse } from '../kernel/decider.js';
import { approvalSteps } from '../policy/amounts.js';
import type { Context, Decide, ReviewCommand } from './registration.commands.js';
import type { Candidate, RegistrationEvent } from './registration.events.js';
import { protectionWindow } from './protection.js';
import {
  type Claim,
  heldFamilies,
  type Registration,
  submittedFields,
  undecidedMatches,
} from './registration.state.js';
import { underReview } from './review-clock.js';

type Decision = Exclude<ReviewCommand, { type: 'AssignReview' }>;

/** What a channel manager says to a claim under review. */
export const decideReview: Decide<Decision, Registration> = (command, state, context, now) => {
  switch (command.type) {
    case 'ConfirmMatch':
      return confirmMatch(command.claimId, command.reason, state);
    case 'DismissMatch':
      return dismissMatch(command.claimId, command.reason, state);
    case 'ReturnForInformation': {
      const { reasons, fields } = command;
      if (state.status === 'returned' && repeats(state.returned, command)) return [];
      underReview(state);
      return [{ type: 'RegistrationReturned', data: { reasons, fields, returnedAt: now } }];
    }
    case 'RejectRegistration': {
      const { code, explanation } = command;
      if (state.status === 'rejected' && state.rejection?.code === code) return [];
      underReview(state);
      return [{ type: 'RegistrationRejected', data: { code, explanation } }];
    }
    case 'ApproveStep':
      return approveStep(state, context, now);
    default:
      return approve(command.grants, state, context, now);
  }
};

const repeats = (returned: Claim['returned'], asked: { reasons: readonly string[]; fields: readonly string[] }) =>
  returned?.reasons.join('\n') === asked.reasons.join('\n') && returned.fields.join(' ') === asked.fields.join(' ');

/** The possible match that `claimId` stands for and whether it has been decided on. */
const matchOf = (claimId: string, claim: Claim): Candidate =>
  claim.screening?.candidates.find(
    (each) => each.claimId === claimId && each.verdict === 'possible' && !each.otherCountry,
  ) ?? refuse('registration.match-unknown', {}, 'meaning');

const confirmMatch = (claimId: string, reason: string, state: Registration): readonly RegistrationEvent[] => {
  // a case may well be its first consequence
  if ('confirmed' in state && state.confirmed.includes(claimId)) return [];
  const claim = underReview(state);
  if (claim.dismissed.includes(claimId)) return refuse('registration.match-decided');
  const { customerKey } = matchOf(claimId, claim);
  if (claim.toScreen) return refuse('registration.screening-pending');
  const confirmed: RegistrationEvent = { type: 'MatchConfirmed', data: { claimId, reason } };
  if (customerKey === claim.customerKey) return [confirmed];
  const { customer } = submittedFields(claim);
  return [
    confirmed,
    {
      type: 'CustomerResolved',
      data: { customerKey, previousKey: claim.customerKey, basis: 'confirmed', customer },
    },
  ];
};

const dismissMatch = (claimId: string, reason: string, state: Registration): readonly RegistrationEvent[] => {
  if ('dismissed' in state && state.dismissed.includes(claimId)) return [];
  const claim = underReview(state);
  if (claim.confirmed.includes(claimId)) return refuse('registration.match-decided');
  matchOf(claimId, claim);
  return [{ type: 'MatchDismissed', data: { claimId, reason } }];
};

export type DueStep = { readonly step: number; readonly of: number };

/** The step that an approval decides now, by the value as it is now. */
export const dueStep = (claim: Claim, { rules }: Context['policy']): DueStep => {
  const of = approvalSteps(rules, claim.fields.estimatedValue);
  return { step: Math.min(claim.steps.length + 1, of), of };
};

/** The guards of an approval. Those of the last step are all that may still keep the claim from being granted, but for the exclusivity. */
export const refuseApproval = (
  state: Registration,
  { actor, policy }: Pick<Context, 'actor' | 'policy'>,
  now: Instant,
): { readonly claim: Claim; readonly due: DueStep } => {
  const claim = underReview(state);
  if (heldFamilies(claim).length === 0) return refuse('registration.lost-conflict');
  if (claim.submitters.includes(actor)) return refuse('registration.approver-submitted', {}, 'person');
  if (claim.steps.some(({ approver }) => approver === actor))
    return refuse('registration.approver-decided-before', {}, 'person');
  const due = dueStep(claim, policy);
  if (due.step < due.of) return { claim, due };
  if (claim.toScreen) return refuse('registration.screening-pending');
  if (undecidedMatches(claim).length > 0) return refuse('registration.match-undecided');
  const until = claim.screening?.contentionEndsAt;
  if (until !== undefined && now < until) return refuse('registration.contention-window-open', { until });
  return { claim, due };
};

const approveStep = (state: Registration, context: Context, now: Instant): readonly RegistrationEvent[] => {
  if ('steps' in state && state.status === 'under-review' && state.steps.at(-1)?.approver === context.actor) return [];
  const { due } = refuseApproval(state, context, now);
  if (due.step === due.of) return refuse('registration.last-step');
  return [{ type: 'ApprovalStepDecided', data: { ...due, approver: context.actor } }];
};

const approve = (
  grants: Extract<ReviewCommand, { type: 'ApproveRegistration' }>['grants'],
  state: Registration,
  context: Context,
  now: Instant,
): readonly RegistrationEvent[] => {
  if (state.status === 'approved') return [];
  const { claim, due } = refuseApproval(state, context, now);
  const taken = grants.map(({ family }) => family).join(' ');
  const current = grants.every(({ grantId, customerKey }) => {
    return grantId.endsWith(`.${claim.attempt}`) && customerKey === claim.customerKey;
  });
  if (due.step < due.of || !current || taken !== heldFamilies(claim).toSorted().join(' '))
    return refuse('registration.grant-outdated');
  const window = protectionWindow(claim, context.policy.rules, now);
  return [
    { type: 'ApprovalStepDecided', data: { ...due, approver: context.actor } },
    { type: 'RegistrationApproved', data: { grants } },
    { type: 'ProtectionGranted', data: { ...window, reminderDays: context.policy.rules.reminderDays } },
  ];
};
