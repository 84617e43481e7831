import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { liveFamilies } from '../direct-claims/direct-claim.decider.js';
import { loadDirectClaim } from '../direct-claims/direct-claim.handler.js';
import { EventStore, isAfter } from '../platform/event-store/event-store.js';
import { type Caller, derivedId, load, type Written } from '../platform/event-store/transact.js';
import { registrationFold } from '../registrations/registration.decider.js';
import { registrationStream } from '../registrations/registration.handler.js';
import { isClaim, isLive } from '../registrations/registration.state.js';
import type { Customer } from './customer.decider.js';
import type { CustomerEvent } from './customer.events.js';
import { customerStream, ExecuteCustomer, loadCustomer } from './customer.handler.js';

type WrittenCustomer = Written<Customer, CustomerEvent>;

/** Says that `customerKey` is the customer `into`, which was identified before it. */
export class MergeCustomers extends Command<WrittenCustomer> {
  constructor(
    readonly customerKey: string,
    readonly into: string,
    readonly reason: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(MergeCustomers)
export class MergeCustomersHandler implements ICommandHandler<MergeCustomers> {
  constructor(
    private readonly store: EventStore,
    private readonly bus: CommandBus,
  ) {}

  async execute({ customerKey, into, reason, caller }: MergeCustomers): Promise<WrittenCustomer> {
    const { vendor } = caller;
    const [target, own, its] = await Promise.all([
      loadCustomer(this.store, vendor, into),
      this.beginning(vendor, customerKey),
      this.beginning(vendor, into),
    ]);
    const targetIsEarlier = own !== undefined && its !== undefined && isAfter(own, its);
    const command = { type: 'MergeCustomer', into, target: target.state, targetIsEarlier, reason } as const;
    return this.bus.execute(new ExecuteCustomer(customerKey, command, caller));
  }

  /** Where its stream begins in the log. */
  private async beginning(vendor: string, customerKey: string): Promise<string | undefined> {
    for await (const { position } of this.store.read(customerStream(vendor, customerKey))) return position;
    return undefined;
  }
}

/** Says that these claims are not this customer but another one: the same for all of them. */
export class SplitCustomer extends Command<WrittenCustomer> {
  constructor(
    readonly customerKey: string,
    readonly claimIds: readonly string[],
    readonly reason: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(SplitCustomer)
export class SplitCustomerHandler implements ICommandHandler<SplitCustomer> {
  constructor(
    private readonly store: EventStore,
    private readonly bus: CommandBus,
  ) {}

  async execute({ customerKey, claimIds, reason, caller }: SplitCustomer): Promise<WrittenCustomer> {
    const named = [...new Set(claimIds)];
    const keys = await Promise.all(named.map((claimId) => this.customerOf(caller.vendor, claimId)));
    const own = named.filter((_, index) => keys[index] === customerKey);
    const newKey = derivedId('customer', caller.commandId, 'split');
    const command = { type: 'SplitCustomer', claimIds: named, own, newKey, reason } as const;
    return this.bus.execute(new ExecuteCustomer(customerKey, command, caller));
  }

  /** The customer of a live claim of either kind. */
  private async customerOf(vendor: string, claimId: string): Promise<string | undefined> {
    const registration = (await load(this.store, registrationFold, registrationStream(vendor, claimId))).state;
    if (isClaim(registration)) return isLive(registration) ? (registration.customerKey ?? undefined) : undefined;
    const direct = (await loadDirectClaim(this.store, vendor, claimId)).state;
    return direct.status !== 'unknown' && liveFamilies(direct).length > 0 ? direct.screening?.customerKey : undefined;
  }
}
