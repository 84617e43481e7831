import type { Instant } from '../../kernel/decider.js';
import type { Recorded } from './event-store.js';
import { type Caller, derivedId } from './transact.js';

/**
 * The caller of a command that a processor sends because of `event`. The command's id follows from both and from `key`
 * (the target and the verb), so that the same event handled again sends the same command.
 */
export const causedBy = (event: Recorded, processor: string, key: string, now: Instant): Caller => ({
  vendor: event.stream.vendor,
  actor: `system:${processor}`,
  commandId: derivedId(event.id, processor, key),
  now,
  correlationId: event.metadata.$correlationId,
  causationId: event.id,
  ...(event.metadata.traceparent && { traceparent: event.metadata.traceparent }),
});
