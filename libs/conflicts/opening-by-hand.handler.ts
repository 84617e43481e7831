import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { liveFamilies } from '../direct-claims/direct-claim.decider.js';
import { refuse } from '../kernel/decider.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore } from '../platform/event-store/event-store.js';
import type { Caller, Written } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import { heldFamilies, isLive } from '../registrations/registration.state.js';
import type { ReadClaim } from './claims-of-a-case.js';
import type { ConflictCase } from './conflict.state.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';
import { OpenOrJoinCase } from './conflict.handler.js';
import { readClaim } from './reading-claims.js';

/** `claimIds`: registrations' ids and crmIds, two or more. */
export class OpenCaseByHand extends Command<Written<ConflictCase, ConflictEvent> & { readonly caseId: string }> {
  constructor(
    readonly request: { readonly claimIds: readonly string[]; readonly family: string; readonly reason: string },
    readonly caller: Caller,
  ) {
    super();
  }
}

const contendsFor = (claim: ReadClaim, family: string): boolean =>
  claim.kind === 'direct'
    ? liveFamilies(claim.state).includes(family)
    : isLive(claim.state) && heldFamilies(claim.state).includes(family);

const partnerOf = (claim: ReadClaim) => (claim.kind === 'direct' ? null : claim.state.partnerId);

/** A manager's eye sees what the matcher doesn't. The case is that of the earliest claim's customer. */
@CommandHandler(OpenCaseByHand)
export class OpenCaseByHandHandler implements ICommandHandler<OpenCaseByHand> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
    private readonly bus: CommandBus,
  ) {}

  async execute({ request, caller }: OpenCaseByHand) {
    const { family, reason } = request;
    const { store, partners } = this;
    const { version, rules } = await this.policies.inForce(caller.vendor, caller.now);
    const found: { readonly claimant: Claimant; readonly customerKey: string }[] = [];
    for (const claimId of new Set(request.claimIds)) {
      const claim =
        (await readClaim({ store, partners }, caller.vendor, claimId, rules)) ??
        refuse('conflict.claim-unknown', { claimId }, 'meaning');
      if (!contendsFor(claim, family)) refuse('conflict.claim-not-live', { claimId, family }, 'meaning');
      const { screening } = claim.state;
      if (!screening) return refuse('conflict.claim-not-screened', { claimId });
      const { kind } = claim;
      const claimant = { claimId, kind, partnerId: partnerOf(claim), place: screening.place };
      found.push({ claimant, customerKey: screening.customerKey });
    }
    const [earliest, ...others] = found.toSorted((a, b) => a.claimant.place - b.claimant.place);
    if (!earliest || others.length === 0) return refuse('conflict.too-few-claimants', {}, 'meaning');
    const contention = {
      customerKey: earliest.customerKey,
      family,
      claimants: [earliest, ...others].map(({ claimant }) => claimant),
      match: null,
      policyVersion: version,
      rules,
      reason,
    };
    return this.bus.execute(new OpenOrJoinCase(contention, caller));
  }
}
