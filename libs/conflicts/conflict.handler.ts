import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../kernel/decider.js';
import { EventStore, type StreamName } from '../platform/event-store/event-store.js';
import { type Caller, transact, type Written } from '../platform/event-store/transact.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import { conflictCase, type ConflictCommand } from './conflict.decider.js';
import type { ConflictCase } from './conflict.state.js';
import type { CaseMatch, Claimant, ConflictEvent } from './conflict.events.js';

type WrittenCase = Written<ConflictCase, ConflictEvent>;

export const caseStream = (vendor: string, caseId: string): StreamName => `conflict-${vendor}.${caseId}`;

/** `caseId` = `<customerKey>.<family>.<n>` */
export class ExecuteConflict extends Command<WrittenCase> {
  constructor(
    readonly caseId: string,
    readonly command: ConflictCommand,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(ExecuteConflict)
export class ConflictHandler implements ICommandHandler<ExecuteConflict> {
  constructor(private readonly store: EventStore) {}

  execute({ caseId, command, caller }: ExecuteConflict): Promise<WrittenCase> {
    return transact(this.store, conflictCase, caseStream(caller.vendor, caseId), command, caller);
  }
}

export type Contention = {
  readonly customerKey: string;
  readonly family: string;
  /** All that are live, two or more. */
  readonly claimants: readonly Claimant[];
  /** Null, with a `reason`, where a manager opens the case by hand. */
  readonly match: CaseMatch | null;
  readonly policyVersion: string;
  readonly rules: PolicyRules;
  readonly reason: string | null;
  /** The number of the first case to look at, ≥ 1: those before it are known to have ended. */
  readonly fromCase?: number;
};

/** Opens the case of a customer and family, or lets the claimants join the one that is open; the answer says which it was. */
export class OpenOrJoinCase extends Command<WrittenCase & { readonly caseId: string }> {
  constructor(
    readonly contention: Contention,
    readonly caller: Caller,
  ) {
    super();
  }
}

/**
 * 1. Two openers meet in one case: each begins the first stream whose case has not ended, expecting none there.
 * 2. A repeat answers what it did the first time, though that case may have ended since: its events are found in the
 *    stream before the state is asked.
 */
@CommandHandler(OpenOrJoinCase)
export class OpenOrJoinCaseHandler implements ICommandHandler<OpenOrJoinCase> {
  constructor(private readonly store: EventStore) {}

  async execute({ contention, caller }: OpenOrJoinCase): Promise<WrittenCase & { readonly caseId: string }> {
    const { rules, fromCase = 1, ...found } = contention;
    const dueAt = addBusinessDays(caller.now, rules.caseBusinessDays, rules.calendar);
    const command: ConflictCommand = { ...found, type: 'DetectConflict', dueAt };
    for (let n = fromCase; ; n++) {
      const caseId = `${found.customerKey}.${found.family}.${n}`;
      try {
        const stream = caseStream(caller.vendor, caseId);
        return { ...(await transact(this.store, conflictCase, stream, command, caller)), caseId };
      } catch (refusal) {
        if (!(refusal instanceof DomainError) || refusal.code !== 'conflict.ended') throw refusal;
      }
    }
  }
}
