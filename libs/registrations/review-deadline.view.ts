import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/decider.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { type DeadlineRow, view } from '../platform/processors/processor.js';
import { type ClaimStanding, onStandingEvents, standingAfter } from './claim-standing.js';
import type { RegistrationEvent } from './registration.events.js';

/** Due date of a clock that stands still. */
export const never: Instant = '9999-12-31T00:00:00.000Z';

/** When a claim's screening or review is late. */
@Entity('review_deadline')
export class ReviewDeadline implements DeadlineRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text') id!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Instant;
  @Column('jsonb') standing!: ClaimStanding;
}

const over: readonly string[] = [
  'draft',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'revoked',
  'won',
  'lost',
] satisfies ClaimStanding['status'][];

const follow = (
  row: ReviewDeadline | undefined,
  event: Recorded<RegistrationEvent>,
  key: string,
): ReviewDeadline | undefined => {
  const standing = standingAfter(row?.standing, event);
  if (!standing || over.includes(standing.status)) return undefined;
  const { vendor, id } = event.stream;
  const dueAt = standing.escalated ? never : (standing.dueAt ?? never);
  return { key, vendor, id, standing, dueAt };
};

export const reviewDeadlines = view<RegistrationEvent, ReviewDeadline>({
  name: 'review-deadlines',
  entity: ReviewDeadline,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: onStandingEvents(follow),
});
