import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore, type StreamName } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { customer, type Customer, type CustomerCommand } from './customer.decider.js';
import type { CustomerEvent } from './customer.events.js';

export const customerStream = (vendor: string, customerKey: string): StreamName => `customer-${vendor}.${customerKey}`;

/** `id` = the customerKey */
export class ExecuteCustomer extends Command<Written<Customer, CustomerEvent>> {
  constructor(
    readonly id: string,
    readonly command: CustomerCommand,
    readonly caller: Caller,
    readonly fresh = false,
  ) {
    super();
  }
}

@CommandHandler(ExecuteCustomer)
export class CustomerHandler implements ICommandHandler<ExecuteCustomer> {
  constructor(private readonly store: EventStore) {}

  execute({ id, command, caller, fresh }: ExecuteCustomer): Promise<Written<Customer, CustomerEvent>> {
    return transact(this.store, customer, customerStream(caller.vendor, id), command, caller, { fresh });
  }
}

/** The customer as its stream has it now. */
export const loadCustomer = (store: EventStore, vendor: string, customerKey: string) =>
  load(store, customer, customerStream(vendor, customerKey));

/** The customer that `customerKey` is by now: merges point from later to earlier ones, so this ends. */
export const survivorOf = async (store: EventStore, vendor: string, customerKey: string): Promise<string> => {
  const { state } = await loadCustomer(store, vendor, customerKey);
  const goesOn = state.status === 'unknown' || state.into === null;
  return goesOn ? customerKey : survivorOf(store, vendor, state.into);
};
