import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, StaleRevision } from '../platform/event-store/transact.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { PolicyBook } from '../policy/policy-book.js';
import { approve } from './approving.js';
import type { RegistrationCommand } from './registration.commands.js';
import { ExecuteRegistration } from './registration.handler.js';
import { detailOf, RegistrationReader } from './registration-reader.js';
import { isClaim } from './registration.state.js';

/** Takes a principal's command and answers the registration as it left it. */
@Injectable()
export class RegistrationDesk {
  constructor(
    private readonly bus: CommandBus,
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly reader: RegistrationReader,
  ) {}

  /** Answers where it stands and the receipt: whoever sent the rest knows it. */
  async register(id: string, command: RegistrationCommand, caller: Caller) {
    const { state, revision, position } = await this.bus.execute(
      new ExecuteRegistration(id, command, caller, { fresh: true }),
    );
    return { id, status: state.status, revision, position, receipt: isClaim(state) ? state.receipt : null };
  }

  async execute(id: string, command: RegistrationCommand, caller: Caller, principal: Principal) {
    // a partner finds out nothing of another's, not even by the order of the refusals
    if (isPartner(principal)) await this.reader.refuseForeign(id, principal);
    const written = await this.bus.execute(new ExecuteRegistration(id, command, caller)).catch(unknownWhereNothingIs);
    return detailOf(id, written, principal);
  }

  async approve(id: string, caller: Caller, principal: Principal) {
    const written = await approve({ store: this.store, bus: this.bus, policies: this.policies }, id, caller).catch(
      unknownWhereNothingIs,
    );
    return detailOf(id, written, principal);
  }
}

// there is no revision to be stale where there is no stream
const unknownWhereNothingIs = (fault: unknown): never => {
  if (fault instanceof StaleRevision && fault.current < 0) return refuse('registration.unknown', {}, 'unknown');
  throw fault;
};
