import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/decider.js';
import { type DeadlineRow, view } from '../platform/processors/processor.js';
import type { RegistrationEvent } from './registration.events.js';
import { never } from './review-deadline.view.js';

/** The next that a protection's clock has to say: a reminder, or its end. */
@Entity('protection_deadline')
export class ProtectionDeadline implements DeadlineRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text') id!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Instant;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Instant;
  @Column('boolean') stopped!: boolean;
  /** Days before the end; those that are still to come. */
  @Column('integer', { name: 'reminder_days', array: true }) reminderDays!: readonly number[];
}

const timed = (row: Omit<ProtectionDeadline, 'dueAt'>): ProtectionDeadline => {
  const { endsAt, stopped, reminderDays } = row;
  const first = new Date(Date.parse(endsAt) - Math.max(0, ...reminderDays) * 86_400_000).toISOString();
  return { ...row, dueAt: stopped ? never : first };
};

const over = (): undefined => undefined;

export const protectionDeadlines = view<RegistrationEvent, ProtectionDeadline>({
  name: 'protection-deadlines',
  entity: ProtectionDeadline,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    ProtectionGranted: (_, { data, stream }, key) =>
      timed({
        key,
        vendor: stream.vendor,
        id: stream.id,
        endsAt: data.to,
        stopped: false,
        reminderDays: data.reminderDays ?? [],
      }),
    ConflictRaised: (row) => row && timed({ ...row, stopped: true }),
    ProtectionResumed: (row, { data }) => row && timed({ ...row, stopped: false, endsAt: data.to }),
    // a nearer reminder makes those further away pointless
    ExpiryReminderSent: (row, { data }) =>
      row && timed({ ...row, reminderDays: row.reminderDays.filter((days) => days < data.daysBefore) }),
    ProtectionExpired: over,
    ProtectionRevoked: over,
    RegistrationWithdrawn: over,
    DealWon: over,
    DealLost: over,
  },
});
