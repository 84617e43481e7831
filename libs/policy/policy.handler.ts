import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { policy, type PolicyCommand, type Programme } from './policy.decider.js';
import type { PolicyEvent } from './policy.events.js';

/** The one stream of a vendor's policies. */
export const programmeId = 'programme' as const;

export class ExecutePolicy extends Command<Written<Programme, PolicyEvent>> {
  constructor(
    readonly id: typeof programmeId,
    readonly command: PolicyCommand,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(ExecutePolicy)
export class PolicyHandler implements ICommandHandler<ExecutePolicy> {
  constructor(private readonly store: EventStore) {}

  execute({ id, command, caller }: ExecutePolicy): Promise<Written<Programme, PolicyEvent>> {
    return transact(this.store, policy, `policy-${caller.vendor}.${id}`, command, caller);
  }
}

/** The vendor's policies as their stream has them now. */
export const loadProgramme = (store: EventStore, vendor: string) =>
  load(store, policy, `policy-${vendor}.${programmeId}`);
