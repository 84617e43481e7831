import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { view } from '../platform/processors/processor.js';
import { without } from './claimants.js';
import type { ConflictCase } from './conflict.state.js';
import type { Claimant, ConflictEvent, ConflictType } from './conflict.events.js';

export type CaseStatus = Exclude<ConflictCase['status'], 'unknown'>;

@Entity('conflict_list')
export class ConflictRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'case_id' }) caseId!: string;
  @Column('text') status!: CaseStatus;
  @Column('text') type!: ConflictType;
  @Column('text', { name: 'customer_key' }) customerKey!: string;
  @Column('text') family!: string;
  @Column('jsonb') claimants!: readonly Claimant[];
  /** Those that left, and are not back. */
  @Column('jsonb') former!: readonly Claimant[];
  /** Who may see it among the partners: whoever has or had a claim in it. */
  @Column('text', { name: 'partner_ids', array: true }) partnerIds!: readonly string[];
  @Column('text', { nullable: true }) assignee!: string | null;
  /** Null once it has ended. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: string | null;
  /** Of its detection: the newest case comes first. */
  @Column('numeric', { precision: 20, scale: 0 }) position!: string;
  /** A claim's id, with the rule and the explanation, once it is decided. */
  @Column('text', { nullable: true }) winner!: string | null;
  @Column('text', { nullable: true }) rule!: string | null;
  @Column('text', { nullable: true }) explanation!: string | null;
}

const among = (claimants: readonly Claimant[], former: readonly Claimant[]) => ({
  claimants,
  former,
  partnerIds: [...new Set([...claimants, ...former].flatMap(({ partnerId }) => partnerId ?? []))],
});

const reopened = (row: ConflictRow): CaseStatus => (row.status === 'under-adjudication' ? 'open' : row.status);

export const conflictList = view<ConflictEvent, ConflictRow>({
  name: 'conflict-list',
  entity: ConflictRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    ConflictDetected: (_, { data, stream, position }, key) => ({
      ...among(data.claimants, []),
      key,
      vendor: stream.vendor,
      caseId: stream.id,
      status: 'detected',
      type: data.type,
      customerKey: data.customerKey,
      family: data.family,
      assignee: null,
      dueAt: data.dueAt,
      position,
      winner: null,
      rule: null,
      explanation: null,
    }),
    ClaimantJoined: (row, { data }) =>
      row && {
        ...row,
        ...among(
          [...without(row.claimants, data.claimant.claimId), data.claimant],
          without(row.former, data.claimant.claimId),
        ),
        type: data.type,
        status: reopened(row),
      },
    ClaimantLeft: (row, { data }) =>
      row && {
        ...row,
        ...among(without(row.claimants, data.claimant.claimId), [
          ...without(row.former, data.claimant.claimId),
          data.claimant,
        ]),
        type: data.type,
      },
    CaseAssigned: (row, { data }) =>
      row && { ...row, assignee: data.assignee, status: row.status === 'detected' ? 'open' : row.status },
    EvidenceRequested: (row) => row && { ...row, status: 'evidence-requested' },
    EvidenceSubmitted: (row, { data }) => row && { ...row, status: data.endsRequest ? 'open' : reopened(row) },
    EvidenceDeadlinePassed: (row) =>
      row && { ...row, status: row.status === 'evidence-requested' ? 'open' : row.status },
    PolicyEvaluated: (row) => row && { ...row, status: 'under-adjudication' },
    CaseDecided: (row, { data: { winner, rule, explanation } }) =>
      row && { ...row, status: 'decided', dueAt: null, winner: winner.claimId, rule, explanation },
    CaseDismissed: (row) => row && { ...row, status: 'dismissed', dueAt: null },
  },
});

export type ConflictFilter = {
  readonly status?: CaseStatus;
  readonly family?: string;
  readonly assignee?: string;
};

/** A partner finds the cases that a claim of its own is or was in, and nothing of who else is. */
export const conflictsOf = (
  database: DataSource,
  principal: Principal,
  { status, family, assignee }: ConflictFilter,
) => {
  const rows = database
    .getRepository(ConflictRow)
    .createQueryBuilder('conflict')
    .where('conflict.vendor = :vendor', { vendor: principal.vendor });
  if (isPartner(principal)) rows.andWhere(':partner = ANY(conflict.partnerIds)', { partner: principal.partnerId });
  if (status) rows.andWhere('conflict.status = :status', { status });
  if (family) rows.andWhere('conflict.family = :family', { family });
  // who works on a case is the vendor's own affair: to a partner the filter would tell
  if (assignee && !isPartner(principal)) rows.andWhere('conflict.assignee = :assignee', { assignee });
  return rows;
};
