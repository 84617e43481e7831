import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { partner, type Partner, type PartnerCommand } from './partner.decider.js';
import type { PartnerEvent } from './partner.events.js';

export class ExecutePartner extends Command<Written<Partner, PartnerEvent>> {
  constructor(
    readonly id: string,
    readonly command: PartnerCommand,
    readonly caller: Caller,
    readonly fresh = false,
  ) {
    super();
  }
}

@CommandHandler(ExecutePartner)
export class PartnerHandler implements ICommandHandler<ExecutePartner> {
  constructor(private readonly store: EventStore) {}

  execute({ id, command, caller, fresh }: ExecutePartner): Promise<Written<Partner, PartnerEvent>> {
    return transact(this.store, partner, `partner-${caller.vendor}.${id}`, command, caller, { fresh });
  }
}

/** The partner as its stream has it now. */
export const loadPartner = (store: EventStore, vendor: string, id: string) =>
  load(store, partner, `partner-${vendor}.${id}`);
