import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { EventStore, Recorded } from '../platform/event-store/event-store.js';
import type { Processor } from '../platform/processors/processor.js';
import type { CustomerEvent } from './customer.events.js';
import { ExecuteCustomer, loadCustomer, survivorOf } from './customer.handler.js';

const name = 'absorbing-customers';

type Merged = Recorded<Extract<CustomerEvent, { type: 'CustomerMerged' }>>;

/** Hands what was known of a merged customer to the one that goes on. */
export const absorbingCustomers = (bus: CommandBus, store: EventStore, clock: Clock): Processor => ({
  name,
  role: 'reactors',
  concerns: ({ type }) => type === 'CustomerMerged',
  handle: async (batch) => {
    for (const event of batch as readonly Merged[]) {
      const { vendor, id } = event.stream;
      const survivor = await survivorOf(store, vendor, event.data.into);
      const { state } = await loadCustomer(store, vendor, id);
      const command = { type: 'AbsorbCustomer', customerKey: id, past: state } as const;
      const caller = causedBy(event, name, `${survivor} absorbs ${id}`, clock.now());
      await bus.execute(new ExecuteCustomer(survivor, command, caller));
    }
  },
});
