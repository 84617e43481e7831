import type { Instant } from '../kernel/decider.js';
import { type Caller, derivedId } from '../platform/event-store/transact.js';

/** Due date of a clock that stands still. */
export const never: Instant = '9999-12-31T00:00:00.000Z';

/** The caller of what an alarm sends for one due date: rung again, it is the same command. */
export const clockCaller = (alarm: string, vendor: string, id: string, dueAt: Instant, now: Instant): Caller => {
  const commandId = derivedId(alarm, vendor, id, dueAt);
  return { vendor, actor: `system:${alarm}`, commandId, now, correlationId: commandId, causationId: commandId };
};
