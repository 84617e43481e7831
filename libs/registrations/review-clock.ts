import { type Instant, refuse } from '../kernel/decider.js';
import { addBusinessDays, businessDaysBetween } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import { dayMs, later } from './protection.js';
import type { Decide, ReviewCommand, SystemCommand } from './registration.commands.js';
import { type Claim, isClaim, type Registration } from './registration.state.js';

/**
 * When a stopped review is due once it goes on: later by as many business days as it stood still, and by the hours of a
 * begun one; never on a day that is none. Null while it may not go on.
 */
export const resumedDueAt = (
  { review, cases }: Pick<Claim, 'review' | 'cases'>,
  { calendar }: PolicyRules,
  now: Instant,
): Instant | null => {
  const { dueAt, pausedAt } = review;
  if (dueAt === null || cases.length > 0) return null;
  if (pausedAt === null) return dueAt;
  const dates = businessDaysBetween(pausedAt, now, calendar);
  const days = addBusinessDays(pausedAt, dates, calendar) > now ? dates - 1 : dates;
  const hoursMs = Date.parse(now) - Date.parse(addBusinessDays(pausedAt, days, calendar));
  const due = later(addBusinessDays(dueAt, days, calendar), Math.max(0, Math.min(hoursMs, dayMs)));
  const isBusinessDay = businessDaysBetween(later(due, -dayMs), due, calendar) > 0;
  return isBusinessDay ? due : addBusinessDays(due, 1, calendar);
};

/** The claim under review, or why it can't be decided on now. */
export const underReview = (state: Registration): Claim => {
  if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
  if (state.status === 'in-conflict') return refuse('registration.in-conflict');
  return isClaim(state) && state.status === 'under-review'
    ? state
    : refuse('registration.not-under-review', { status: state.status });
};

type ClockCommand =
  Extract<ReviewCommand, { type: 'AssignReview' }> | Extract<SystemCommand, { type: 'EscalateReview' }>;

/** Who reviews and until when. */
export const decideReviewClock: Decide<ClockCommand, Registration> = (command, state, _, now) => {
  switch (command.type) {
    case 'AssignReview': {
      const { review } = underReview(state);
      const { assignee } = command;
      return review.assignee === assignee ? [] : [{ type: 'ReviewAssigned', data: { assignee } }];
    }
    default: {
      if (!isClaim(state) || (state.status !== 'submitted' && state.status !== 'under-review')) return [];
      const { dueAt, pausedAt, escalated } = state.review;
      if (dueAt === null || pausedAt !== null || escalated || now < dueAt) return [];
      return [{ type: 'ReviewEscalated', data: { dueAt } }];
    }
  }
};
