import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type DeadlineRow, view } from '../platform/processors/processor.js';
import type { ConflictEvent } from './conflict.events.js';

/** A case that waits for evidence until `dueAt`. */
@Entity('conflict_deadline')
export class ConflictDeadline implements DeadlineRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'case_id' }) caseId!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: string;
}

const over = (): undefined => undefined;

export const conflictDeadlines = view<ConflictEvent, ConflictDeadline>({
  name: 'conflict-deadlines',
  entity: ConflictDeadline,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    EvidenceRequested: (_, { data, stream }, key) => ({
      key,
      vendor: stream.vendor,
      caseId: stream.id,
      dueAt: data.dueAt,
    }),
    EvidenceDeadlinePassed: over,
    CaseDecided: over,
    CaseDismissed: over,
  },
});
