import { derivedId } from '../platform/event-store/transact.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { RegistrationEvent } from './registration.events.js';
import { thursday } from './registration.fixture.js';

/** `events` as the log would hold them: stream `registration-demo.<id>`, positions 100, 200 … */
export const recorded = (
  events: readonly RegistrationEvent[],
  { id = 'r', actor = 'partner-user' } = {},
): Recorded<RegistrationEvent>[] =>
  events.map((event, revision) => {
    const commandId = derivedId(id, revision);
    return {
      ...event,
      id: commandId,
      stream: { category: 'registration', vendor: 'demo', id },
      revision,
      position: String((revision + 1) * 100),
      at: thursday,
      actor,
      metadata: { $correlationId: id, $causationId: id, commandId, at: thursday, actor, vendor: 'demo', schema: 1 },
    };
  });
