import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { customer, type Customer, type CustomerCommand } from './customer.decider.js';
import type { CustomerEvent } from './customer.events.js';

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
    return transact(this.store, customer, `customer-${caller.vendor}.${id}`, command, caller, { fresh });
  }
}

/** The customer as its stream has it now. */
export const loadCustomer = (store: EventStore, vendor: string, customerKey: string) =>
  load(store, customer, `customer-${vendor}.${customerKey}`);
