import type { CommandBus } from '@nestjs/cqrs';
import { ExecuteDirectClaim } from '../direct-claims/direct-claim.handler.js';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { Processor } from '../platform/processors/processor.js';
import { ExecuteRegistration } from '../registrations/registration.handler.js';
import type { ConflictEvent } from './conflict.events.js';
import { tellings } from './telling-claimants.js';

const name = 'telling-claimants';
const told: readonly string[] = [
  'ConflictDetected',
  'ClaimantJoined',
  'ClaimantLeft',
  'CaseDecided',
  'CaseDismissed',
] satisfies ConflictEvent['type'][];

const ofACase = (event: Recorded): event is Recorded<ConflictEvent> => told.includes(event.type);

/** Lets the claims of a case know that it began for them, that it ended and what they lost by it. */
export const tellingClaimantsReactor = (bus: CommandBus, clock: Clock): Processor => ({
  name,
  role: 'reactors',
  concerns: ofACase,
  handle: async (batch) => {
    for (const event of batch.filter(ofACase))
      for (const { kind, claimId, command } of tellings(event)) {
        const caller = causedBy(event, name, `${claimId} ${command.type}`, clock.now());
        await (kind === 'direct'
          ? bus.execute(new ExecuteDirectClaim(claimId, command, caller))
          : bus.execute(new ExecuteRegistration(claimId, command, caller)));
      }
  },
});
