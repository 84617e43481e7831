import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore, type StreamName } from '../platform/event-store/event-store.js';
import { type Caller, transact, type Written } from '../platform/event-store/transact.js';
import { exclusivity, type Exclusivity, type ExclusivityCommand } from './exclusivity.decider.js';
import type { ExclusivityEvent } from './exclusivity.events.js';

/** `id` = `<customerKey>.<family>` */
export const exclusivityStream = (vendor: string, id: string): StreamName => `exclusivity-${vendor}.${id}`;

/** `id` = `<customerKey>.<family>` */
export class ExecuteExclusivity extends Command<Written<Exclusivity, ExclusivityEvent>> {
  constructor(
    readonly id: string,
    readonly command: ExclusivityCommand,
    readonly caller: Caller,
    readonly fresh = false,
  ) {
    super();
  }
}

@CommandHandler(ExecuteExclusivity)
export class ExclusivityHandler implements ICommandHandler<ExecuteExclusivity> {
  constructor(private readonly store: EventStore) {}

  execute({ id, command, caller, fresh }: ExecuteExclusivity): Promise<Written<Exclusivity, ExclusivityEvent>> {
    return transact(this.store, exclusivity, exclusivityStream(caller.vendor, id), command, caller, { fresh });
  }
}
