import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../platform/clock.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import type { Processor, View } from '../platform/processors/processor.js';
import { absorbingCustomers } from './absorbing-customers.reactor.js';
import { customerClaims } from './customer-claims.view.js';
import { customerList } from './customer-list.view.js';
import { recordingIdentities } from './recording-identities.reactor.js';

export const customersViews: View[] = [customerList, customerClaims];

export const customersProcessors = (bus: CommandBus, store: EventStore, clock: Clock): { reactors: Processor[] } => ({
  reactors: [recordingIdentities(bus, clock), absorbingCustomers(bus, store, clock)],
});
