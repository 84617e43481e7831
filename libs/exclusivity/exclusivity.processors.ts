import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../platform/clock.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import type { Processor, Sweep } from '../platform/processors/processor.js';
import { abandonedGrantsSweep, releasingExclusivity } from './releasing-exclusivity.reactor.js';

export const exclusivityProcessors = (
  bus: CommandBus,
  store: EventStore,
  clock: Clock,
): { readonly reactors: Processor[]; readonly sweeps: Sweep[] } => ({
  reactors: [releasingExclusivity(bus, store, clock)],
  sweeps: [abandonedGrantsSweep(bus, clock)],
});
