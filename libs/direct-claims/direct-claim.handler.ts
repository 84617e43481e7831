import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { directClaim, type DirectClaim, type DirectClaimCommand } from './direct-claim.decider.js';
import type { DirectClaimEvent } from './direct-claim.events.js';

/** `id` = the crmId */
export class ExecuteDirectClaim extends Command<Written<DirectClaim, DirectClaimEvent>> {
  constructor(
    readonly id: string,
    readonly command: DirectClaimCommand,
    readonly caller: Caller,
    readonly fresh = false,
  ) {
    super();
  }
}

@CommandHandler(ExecuteDirectClaim)
export class DirectClaimHandler implements ICommandHandler<ExecuteDirectClaim> {
  constructor(private readonly store: EventStore) {}

  execute({ id, command, caller, fresh }: ExecuteDirectClaim): Promise<Written<DirectClaim, DirectClaimEvent>> {
    return transact(this.store, directClaim, `direct-${caller.vendor}.${id}`, command, caller, { fresh });
  }
}

/** The claim as its stream has it now. */
export const loadDirectClaim = (store: EventStore, vendor: string, crmId: string) =>
  load(store, directClaim, `direct-${vendor}.${crmId}`);
