import { createHash } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { canonicalJson } from '../kernel/json.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore, type StreamName } from '../platform/event-store/event-store.js';
import { type Caller, type Known, load, transact, type Written } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import type { Context, RegistrationCommand } from './registration.commands.js';
import { registration, registrationFold } from './registration.decider.js';
import type { DealFields, RegistrationEvent } from './registration.events.js';
import { isClaim, type Registration } from './registration.state.js';

export class ExecuteRegistration extends Command<Written<Registration, RegistrationEvent>> {
  constructor(
    readonly id: string,
    readonly command: RegistrationCommand,
    readonly caller: Caller,
    readonly known: Known<RegistrationEvent, Registration> = {},
  ) {
    super();
  }
}

export const registrationStream = (vendor: string, id: string): StreamName => `registration-${vendor}.${id}`;

const contentHash = (fields: DealFields): string => createHash('sha256').update(canonicalJson(fields)).digest('hex');

/** Decided with the policy in force; everything after a submission with the receipt's. */
const byPolicyInForce: readonly RegistrationCommand['type'][] = [
  'DraftRegistration',
  'AmendDraft',
  'SubmitRegistration',
];
/** Whose and by which policy follow from the command, or are of no concern: no need to read the claim for them first. */
const selfContained: readonly RegistrationCommand['type'][] = ['DraftRegistration', 'RecordScreening', 'RaiseConflict'];

@CommandHandler(ExecuteRegistration)
export class RegistrationHandler implements ICommandHandler<ExecuteRegistration> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
  ) {}

  async execute({
    id,
    command,
    caller,
    known,
  }: ExecuteRegistration): Promise<Written<Registration, RegistrationEvent>> {
    const stream = registrationStream(caller.vendor, id);
    const isNew = command.type === 'SubmitRegistration' && command.claim !== undefined;
    const alone = isNew || selfContained.includes(command.type);
    const state = alone ? registrationFold.initial : (await load(this.store, registrationFold, stream)).state;
    const context = await this.contextOf(command, state, caller);
    const stamped = { ...caller, policyVersion: context.policy.version };
    return transact(this.store, registration(context), stream, command, stamped, known);
  }

  private async contextOf(command: RegistrationCommand, state: Registration, caller: Caller): Promise<Context> {
    const { vendor, actor, now, causationId } = caller;
    const partnerId = partnerOf(command, state);
    const version = receiptVersion(command, state);
    const policy =
      version === undefined
        ? await this.policies.inForce(vendor, now)
        : { version, rules: await this.policies.version(vendor, version) };
    const partner = partnerId === undefined ? { status: 'unknown' } : await this.partners.get(vendor, partnerId);
    return { actor, cause: causationId, policy, partner, contentHash };
  }
}

const receiptVersion = (command: RegistrationCommand, state: Registration): string | undefined => {
  if (command.type === 'RecordScreening') return command.policyVersion;
  return isClaim(state) && !byPolicyInForce.includes(command.type) ? state.receipt.policyVersion : undefined;
};

const partnerOf = (command: RegistrationCommand, state: Registration): string | undefined => {
  if (command.type === 'DraftRegistration') return command.partnerId;
  if (command.type === 'SubmitRegistration' && command.claim) return command.claim.partnerId;
  const concerns = command.type === 'AmendDraft' || command.type === 'SubmitRegistration';
  return concerns && state.status !== 'unknown' ? state.partnerId : undefined;
};
