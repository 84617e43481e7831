import type { Decider } from '../kernel/decider.js';
import { decideContention } from './contention.js';
import { decideProtection } from './protection.js';
import type { Context, RegistrationCommand } from './registration.commands.js';
import type { RegistrationEvent } from './registration.events.js';
import { evolve, type Registration, unknown } from './registration.state.js';
import { decideReview } from './review.js';
import { decideReviewClock } from './review-clock.js';
import { decideSubmission } from './submission.js';

export type { RegistrationCommand } from './registration.commands.js';
export type { Registration } from './registration.state.js';

/** The fold alone, for those who only read. */
export const registrationFold: Decider<never, RegistrationEvent, Registration> = {
  initial: unknown,
  evolve,
  decide: () => [],
};

/** The rules, with what the handler looked up. */
export const registrationRules = (context: Context): Decider<RegistrationCommand, RegistrationEvent, Registration> => ({
  initial: unknown,
  evolve,
  decide: (command, state, now) => {
    switch (command.type) {
      case 'DraftRegistration':
      case 'AmendDraft':
      case 'SubmitRegistration':
      case 'AmendFields':
      case 'WithdrawRegistration':
        return decideSubmission(command, state, context, now);
      case 'RecordScreening':
      case 'RaiseConflict':
      case 'ClearConflict':
      case 'LoseFamily':
      case 'AbandonApproval':
        return decideContention(command, state, context, now);
      case 'AssignReview':
      case 'EscalateReview':
        return decideReviewClock(command, state, context, now);
      case 'ConfirmMatch':
      case 'DismissMatch':
      case 'ReturnForInformation':
      case 'ApproveStep':
      case 'ApproveRegistration':
      case 'RejectRegistration':
        return decideReview(command, state, context, now);
      default:
        return decideProtection(command, state, context, now);
    }
  },
});

const told: Readonly<Partial<Record<RegistrationEvent['type'], true>>> = {
  RegistrationScreened: true,
  ConflictRaised: true,
  ConflictCleared: true,
  FamilyLost: true,
  RegistrationReturned: true,
  RegistrationApproved: true,
  ProtectionGranted: true,
  ProtectionResumed: true,
  RegistrationRejected: true,
  RegistrationWithdrawn: true,
  ExpiryReminderSent: true,
  ProtectionExpired: true,
  ProtectionRevoked: true,
  DealWon: true,
  DealLost: true,
};

/** Streams `registration-<vendor>.<id>`: the rules; what the partner may be told of says whose it is, so that a message needs no look-up. */
export const registration = (context: Context): Decider<RegistrationCommand, RegistrationEvent, Registration> => {
  const rules = registrationRules(context);
  return {
    ...rules,
    decide: (command, state, now) => {
      const events = rules.decide(command, state, now);
      if (state.status === 'unknown') return events;
      const { partnerId } = state;
      return events.map((event) =>
        told[event.type] ? ({ type: event.type, data: { ...event.data, partnerId } } as RegistrationEvent) : event,
      );
    },
  };
};
