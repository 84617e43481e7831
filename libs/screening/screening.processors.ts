import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../platform/clock.js';
import type { PolicyBook } from '../policy/policy-book.js';
import { screeningReactor } from './screening.reactor.js';

export const screeningProcessors = (bus: CommandBus, clock: Clock, policies: PolicyBook) => ({
  reactors: [screeningReactor(bus, policies, clock)],
});
