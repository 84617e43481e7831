import type { CommandBus } from '@nestjs/cqrs';
import type { Instant } from '../kernel/decider.js';
import { type Caller, derivedId } from '../platform/event-store/transact.js';
import type { Alarm } from '../platform/processors/processor.js';
import { ProtectionDeadline } from './protection-deadline.view.js';
import { ExecuteRegistration } from './registration.handler.js';
import { ReviewDeadline } from './review-deadline.view.js';

/** Escalates a claim whose screening or review is late. */
export const lateReview = (bus: CommandBus): Alarm<ReviewDeadline> => ({
  name: 'late-review',
  entity: ReviewDeadline,
  ring: ({ vendor, id, dueAt }, now) => {
    const caller = clockCaller('late-review', vendor, [id, dueAt], now);
    return bus.execute(new ExecuteRegistration(id, { type: 'EscalateReview' }, caller));
  },
});

/** Reminds of the end of a protection, and ends it. */
export const endingProtection = (bus: CommandBus): Alarm<ProtectionDeadline> => ({
  name: 'ending-protection',
  entity: ProtectionDeadline,
  ring: ({ vendor, id, dueAt, endsAt }, now) => {
    const type = now >= endsAt ? 'ExpireProtection' : 'RemindExpiry';
    const caller = clockCaller('ending-protection', vendor, [id, dueAt, type], now);
    return bus.execute(new ExecuteRegistration(id, { type }, caller));
  },
});

/** Rung again for the same date, it is the same command. */
const clockCaller = (alarm: string, vendor: string, key: readonly string[], now: Instant): Caller => {
  const commandId = derivedId(alarm, vendor, ...key);
  return { vendor, actor: `system:${alarm}`, commandId, now, correlationId: commandId, causationId: commandId };
};
