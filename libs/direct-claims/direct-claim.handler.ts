import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import { registrationStream } from '../registrations/registration.handler.js';
import {
  directClaim,
  type DirectClaim,
  type DirectClaimCommand,
  type SaveDirectClaim,
} from './direct-claim.decider.js';
import type { DirectClaimEvent } from './direct-claim.events.js';

/** What may be asked for: by which policy a claim is saved is said here, not by who asks. */
export type AskedOfDirectClaim = SaveDirectClaim | Exclude<DirectClaimCommand, { type: 'SaveDirectClaim' }>;

/** `id` = the crmId. A save refuses `policy.none-in-force` (409) where the vendor has no policy in force. */
export class ExecuteDirectClaim extends Command<Written<DirectClaim, DirectClaimEvent>> {
  constructor(
    readonly id: string,
    readonly command: AskedOfDirectClaim,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(ExecuteDirectClaim)
export class DirectClaimHandler implements ICommandHandler<ExecuteDirectClaim> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
  ) {}

  async execute({ id, command, caller }: ExecuteDirectClaim): Promise<Written<DirectClaim, DirectClaimEvent>> {
    const stream = `direct-${caller.vendor}.${id}` as const;
    if (command.type !== 'SaveDirectClaim') return transact(this.store, directClaim, stream, command, caller);
    // a claim is known by its id alone, whichever kind it is
    for await (const _ of this.store.read(registrationStream(caller.vendor, id))) refuse('direct-claim.id-taken');
    const { version: policyVersion } = await this.policies.inForce(caller.vendor, caller.now);
    const save = { ...command, policyVersion };
    return transact(this.store, directClaim, stream, save, { ...caller, policyVersion });
  }
}

/** The claim as its stream has it now. */
export const loadDirectClaim = (store: EventStore, vendor: string, crmId: string) =>
  load(store, directClaim, `direct-${vendor}.${crmId}`);
