import type { CommandBus } from '@nestjs/cqrs';
import type { EventStore } from '../platform/event-store/event-store.js';
import type { Clock } from '../platform/clock.js';
import type { PolicyBook } from '../policy/policy-book.js';
import { renormalising } from './renormalising.js';
import { screeningReactor } from './screening.reactor.js';

export const screeningProcessors = (bus: CommandBus, store: EventStore, clock: Clock, policies: PolicyBook) => ({
  reactors: [screeningReactor({ bus, store, clock }, policies)],
  sweeps: [renormalising],
});
