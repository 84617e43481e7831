import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../kernel/decider.js';
import { EventStore, type StreamName } from '../platform/event-store/event-store.js';
import { type Caller, transact, type Written } from '../platform/event-store/transact.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import { conflictCase, type ConflictCommand } from './conflict.decider.js';
import { type ConflictCase, isOpen } from './conflict.state.js';
import type { CaseMatch, Claimant, ConflictEvent } from './conflict.events.js';

type WrittenCase = Written<ConflictCase, ConflictEvent>;

export const caseStream = (vendor: string, caseId: string): StreamName => `conflict-${vendor}.${caseId}`;

/** `<customerKey>.<family>.<n>`: the cases of one customer and family one after the other, of which the last alone can be open. */
const caseIdOf = ({ customerKey, family }: { readonly customerKey: string; readonly family: string }, n: number) =>
  `${customerKey}.${family}.${n}`;

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
  /** Two protections met because their customers were merged. */
  readonly merged?: boolean;
  readonly policyVersion: string;
  readonly rules: PolicyRules;
  readonly reason: string | null;
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
 * 3. Two claimants have most likely met just now: their first case is not read before it is opened.
 */
@CommandHandler(OpenOrJoinCase)
export class OpenOrJoinCaseHandler implements ICommandHandler<OpenOrJoinCase> {
  constructor(private readonly store: EventStore) {}

  async execute({ contention, caller }: OpenOrJoinCase): Promise<WrittenCase & { readonly caseId: string }> {
    const { rules, merged = false, ...found } = contention;
    const dueAt = addBusinessDays(caller.now, rules.caseBusinessDays, rules.calendar);
    const command: ConflictCommand = { ...found, merged, type: 'DetectConflict', dueAt };
    for (let n = 1; ; n++) {
      const caseId = caseIdOf(found, n);
      try {
        const stream = caseStream(caller.vendor, caseId);
        const isGuess = n === 1 && found.claimants.length === 2;
        const known = isGuess ? { fresh: true, assumed: true } : {};
        return { ...(await transact(this.store, conflictCase, stream, command, caller, known)), caseId };
      } catch (refusal) {
        if (!(refusal instanceof DomainError) || refusal.code !== 'conflict.ended') throw refusal;
      }
    }
  }
}

/** Takes a claim out of the open case of a customer and family that it has given up; nothing where it is in none. */
export class LeaveOpenCase extends Command<void> {
  constructor(
    readonly left: { readonly customerKey: string; readonly family: string; readonly claimId: string },
    readonly caller: Caller,
  ) {
    super();
  }
}

/** A repeat stops at the case that it took the claim out of, though that one has ended by it and another is open now. */
@CommandHandler(LeaveOpenCase)
export class LeaveOpenCaseHandler implements ICommandHandler<LeaveOpenCase> {
  constructor(private readonly store: EventStore) {}

  async execute({ left, caller }: LeaveOpenCase): Promise<void> {
    const command: ConflictCommand = { type: 'LeaveCase', claimId: left.claimId };
    for (let n = 1; ; n++) {
      const stream = caseStream(caller.vendor, caseIdOf(left, n));
      const { state, events } = await transact(this.store, conflictCase, stream, command, caller);
      if (events.length > 0 || state.status === 'unknown' || isOpen(state)) return;
    }
  }
}
