import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { addBusinessDays } from '../policy/business-days.js';
import { PolicyBook } from '../policy/policy-book.js';
import type { ReadClaim } from './claims-of-a-case.js';
import { conflictCase, type ConflictCommand } from './conflict.decider.js';
import { type CaseFacts, type ConflictCase, isOpen } from './conflict.state.js';
import type { ConflictEvent } from './conflict.events.js';
import { caseStream } from './conflict.handler.js';
import { readClaimants } from './reading-claims.js';

type WrittenCase = Written<ConflictCase, ConflictEvent>;
type Work =
  | { readonly type: 'AssignCase'; readonly assignee: string }
  | { readonly type: 'RequestEvidence'; readonly question: string };

/** What a manager does with a case that needs a look at the policy or at whose the claims are. */
export class WorkOnCase extends Command<WrittenCase> {
  constructor(
    readonly caseId: string,
    readonly work: Work,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** Whoever submitted a registration, or owns the vendor's own opportunity. */
const stakeholdersOf = (claim: ReadClaim): readonly string[] =>
  claim.kind === 'direct'
    ? claim.state.fields.owner === undefined
      ? []
      : [claim.state.fields.owner]
    : claim.state.submitters;

@CommandHandler(WorkOnCase)
export class WorkOnCaseHandler implements ICommandHandler<WorkOnCase> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
  ) {}

  async execute({ caseId, work, caller }: WorkOnCase): Promise<WrittenCase> {
    const stream = caseStream(caller.vendor, caseId);
    const { state } = await load(this.store, conflictCase, stream);
    const command = isOpen(state) ? await this.completed(work, state, caller) : bare(work, caller);
    return transact(this.store, conflictCase, stream, command, caller);
  }

  private async completed(work: Work, facts: CaseFacts, caller: Caller): Promise<ConflictCommand> {
    const rules = await this.policies.version(caller.vendor, facts.policyVersion);
    if (work.type === 'RequestEvidence')
      return { ...work, dueAt: addBusinessDays(caller.now, rules.evidenceBusinessDays, rules.calendar) };
    const { store, partners } = this;
    const claims = await readClaimants({ store, partners }, caller.vendor, facts.claimants, rules);
    return { ...work, stakeholders: [...claims.values()].flatMap(stakeholdersOf) };
  }
}

/** For a case that isn't open: its decider refuses before it looks at what is missing. */
const bare = (work: Work, { now }: Caller): ConflictCommand =>
  work.type === 'AssignCase' ? { ...work, stakeholders: [] } : { ...work, dueAt: now };
