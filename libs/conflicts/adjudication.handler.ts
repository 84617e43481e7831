import { createHash } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Instant } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, transact, type Written } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import { claimsOfCase } from './claims-of-a-case.js';
import { conflictCase, type ConflictCommand } from './conflict.decider.js';
import { type ConflictCase, isOpen, type OpenCase } from './conflict.state.js';
import type { ConflictEvent } from './conflict.events.js';
import { caseStream } from './conflict.handler.js';
import { readSales } from './past-sales.js';
import { readClaimants } from './reading-claims.js';
import { type Evaluation, tieBreak } from './tie-break.js';

type WrittenCase = Written<ConflictCase, ConflictEvent>;

export class AdjudicateCase extends Command<WrittenCase> {
  constructor(
    readonly caseId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** `winner` is a claim's id. */
export class DecideOnCase extends Command<WrittenCase> {
  constructor(
    readonly caseId: string,
    readonly decision: { readonly winner: string; readonly reason: string },
    readonly caller: Caller,
  ) {
    super();
  }
}

type Sources = { readonly store: EventStore; readonly policies: PolicyBook; readonly partners: PartnerDirectory };

/** What the rules say of the claims as they are now, by the policy that was in force when the case was detected. */
const evaluate = async (sources: Sources, vendor: string, facts: OpenCase, now: Instant): Promise<Evaluation> => {
  const { policyVersion, claimants, detectedAt } = facts;
  const rules = await sources.policies.version(vendor, policyVersion);
  const [read, sales] = await Promise.all([
    readClaimants(sources, vendor, claimants, rules),
    readSales(sources.store, vendor, facts),
  ]);
  const claims = claimsOfCase(facts, { claims: read, sales }, rules, now);
  const inputs = canonicalJson({ policyVersion, detectedAt, claims });
  const inputsHash = createHash('sha256').update(inputs).digest('hex');
  return { policyVersion, inputsHash, ...tieBreak(rules, claims, detectedAt) };
};

/** The command over the case as it was read; one that changed meanwhile is refused as stale. */
const over = async (
  sources: Sources,
  caseId: string,
  caller: Caller,
  command: (evaluation: Evaluation) => ConflictCommand,
): Promise<WrittenCase> => {
  const stream = caseStream(caller.vendor, caseId);
  const { state, revision, recorded } = await load(sources.store, conflictCase, stream, caller.commandId);
  if (recorded) return recorded;
  const evaluation = isOpen(state) ? await evaluate(sources, caller.vendor, state, caller.now) : nothing;
  const expectedRevision = caller.expectedRevision ?? revision;
  return transact(sources.store, conflictCase, stream, command(evaluation), { ...caller, expectedRevision });
};

/** For a case that isn't open: its decider refuses before it looks at this. */
const nothing: Evaluation = {
  policyVersion: '',
  inputsHash: '',
  trace: [],
  recommendation: { winner: null, rule: null, reason: '' },
  flip: null,
};

@CommandHandler(AdjudicateCase)
export class AdjudicateCaseHandler implements ICommandHandler<AdjudicateCase> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
  ) {}

  execute({ caseId, caller }: AdjudicateCase): Promise<WrittenCase> {
    const { store, policies, partners } = this;
    return over({ store, policies, partners }, caseId, caller, (evaluation) => ({ type: 'Adjudicate', evaluation }));
  }
}

/** Gathers the inputs once more: evidence that reached a claim since the evaluation makes it stale, like any on the case. */
@CommandHandler(DecideOnCase)
export class DecideOnCaseHandler implements ICommandHandler<DecideOnCase> {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
  ) {}

  execute({ caseId, decision, caller }: DecideOnCase): Promise<WrittenCase> {
    const { store, policies, partners } = this;
    return over({ store, policies, partners }, caseId, caller, ({ inputsHash }) => ({
      type: 'DecideCase',
      ...decision,
      inputsHash,
    }));
  }
}
