import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../platform/clock.js';
import { derivedId } from '../platform/event-store/transact.js';
import type { Alarm, Processor, View } from '../platform/processors/processor.js';
import { ConflictDeadline, conflictDeadlines } from './conflict-deadlines.view.js';
import { conflictList } from './conflict-list.view.js';
import { ExecuteConflict } from './conflict.handler.js';
import { leavingCasesReactor } from './leaving-cases.reactor.js';
import { tellingClaimantsReactor } from './telling-claimants.reactor.js';

export const conflictsViews: View[] = [conflictList, conflictDeadlines];

const evidenceDeadline = (bus: CommandBus): Alarm<ConflictDeadline> => ({
  name: 'evidence-deadlines',
  entity: ConflictDeadline,
  ring: ({ vendor, caseId, dueAt }, now) => {
    const commandId = derivedId('evidence-deadlines', vendor, caseId, dueAt);
    return bus.execute(
      new ExecuteConflict(
        caseId,
        { type: 'PassEvidenceDeadline' },
        {
          vendor,
          actor: 'system:evidence-deadlines',
          commandId,
          now,
          correlationId: commandId,
          causationId: commandId,
        },
      ),
    );
  },
});

export const conflictsProcessors = (
  bus: CommandBus,
  clock: Clock,
): { readonly reactors: Processor[]; readonly alarms: Alarm<ConflictDeadline>[] } => ({
  reactors: [tellingClaimantsReactor(bus, clock), leavingCasesReactor(bus, clock)],
  alarms: [evidenceDeadline(bus)],
});
