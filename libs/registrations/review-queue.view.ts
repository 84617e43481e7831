import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/decider.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { view } from '../platform/processors/processor.js';
import { type ClaimStanding, onStandingEvents, standingAfter } from './claim-standing.js';
import type { RegistrationEvent } from './registration.events.js';

/** An open claim; it waits for a manager while it is under review or in conflict, or once its clock has run out. */
@Entity('review_queue')
export class ReviewRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text') id!: string;
  @Column('text', { name: 'partner_id' }) partnerId!: string;
  @Column('text') status!: ClaimStanding['status'];
  @Column('jsonb') standing!: ClaimStanding;
  @Column('boolean') waiting!: boolean;
  /** Null while the clock stands still. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Instant | null;
  @Column('text', { nullable: true }) assignee!: string | null;
  @Column('text', { name: 'legal_name' }) legalName!: string;
  @Column('text', { name: 'country_code' }) countryCode!: string;
  @Column('text', { name: 'product_families', array: true }) productFamilies!: readonly string[];
  /** Integer minor units. */
  @Column('bigint') amount!: string;
  @Column('text') currency!: string;
  @Column('text', { nullable: true }) outcome!: 'clear' | 'possible' | 'conflict' | null;
  @Column('integer', { nullable: true }) place!: number | null;
  @Column('integer', { name: 'steps_decided' }) stepsDecided!: number;
}

const open: readonly string[] = ['submitted', 'under-review', 'in-conflict', 'returned'];

type Row = { readonly [Column in keyof ReviewRow]: ReviewRow[Column] };

const withStanding = (row: Row, standing: ClaimStanding): Row | undefined => {
  const { status, dueAt, escalated } = standing;
  const waiting = status === 'under-review' || status === 'in-conflict' || (status === 'submitted' && escalated);
  return open.includes(status) ? { ...row, standing, status, dueAt, waiting } : undefined;
};

const follow = (row: Row | undefined, event: Recorded<RegistrationEvent>): Row | undefined => {
  const standing = row && standingAfter(row.standing, event);
  return row && standing && withStanding(row, standing);
};

export const reviewQueue = view<RegistrationEvent, ReviewRow>({
  name: 'review-queue',
  entity: ReviewRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    ...onStandingEvents(follow),
    RegistrationSubmitted: (row, event, key) => {
      const { stream, data } = event;
      const { customer, productFamilies, estimatedValue } = data.fields;
      const standing = standingAfter(row?.standing, event)!;
      return withStanding(
        {
          key,
          vendor: stream.vendor,
          id: stream.id,
          partnerId: data.partnerId,
          status: standing.status,
          standing,
          waiting: false,
          dueAt: null,
          assignee: row?.assignee ?? null,
          legalName: customer.legalName,
          countryCode: customer.countryCode,
          productFamilies,
          amount: String(estimatedValue.amount),
          currency: estimatedValue.currency,
          outcome: row?.outcome ?? null,
          place: row?.place ?? null,
          stepsDecided: row?.stepsDecided ?? 0,
        },
        standing,
      );
    },
    RegistrationScreened: (row, event) =>
      follow(row && { ...row, outcome: event.data.outcome, place: event.data.place }, event),
    RegistrationReturned: (row, event) => follow(row && { ...row, stepsDecided: 0 }, event),
    ReviewAssigned: (row, { data }) => row && { ...row, assignee: data.assignee },
    ApprovalStepDecided: (row, { data }) => row && { ...row, stepsDecided: data.step },
  },
});

export type ReviewFilter = { readonly assignee?: string; readonly dueBefore?: Instant };

/** What waits for a manager of the vendor. */
export const reviewsOf = (database: DataSource, vendor: string, { assignee, dueBefore }: ReviewFilter) => {
  const rows = database
    .getRepository(ReviewRow)
    .createQueryBuilder('review')
    .where('review.vendor = :vendor AND review.waiting', { vendor });
  if (assignee !== undefined) rows.andWhere('review.assignee = :assignee', { assignee });
  if (dueBefore !== undefined) rows.andWhere('review.dueAt < :dueBefore', { dueBefore });
  return rows;
};

/** A row as the queue answers it. */
export const shownReview = (row: ReviewRow) => ({
  id: row.id,
  status: row.status,
  partnerId: row.partnerId,
  customer: { legalName: row.legalName, countryCode: row.countryCode },
  productFamilies: row.productFamilies,
  estimatedValue: { amount: Number(row.amount), currency: row.currency },
  outcome: row.outcome,
  place: row.place,
  dueAt: row.dueAt,
  assignee: row.assignee,
  escalated: row.standing.escalated,
  stepsDecided: row.stepsDecided,
  cases: Object.keys(row.standing.openCases),
});
