import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import type { Event, Instant } from '../../libs/kernel/decider.js';
import { processorMigrations } from '../../libs/platform/processors/checkpoint.migrations.js';
import type { Schema } from '../../libs/platform/postgres/data-source.js';
import { view } from '../../libs/platform/processors/processor.js';

/** A view of the platform's own for its tests: one column of every kind that a slice may have. */
export type AccountEvent =
  | Event<'AccountOpened', { name: string; openedAt: Instant; tags: readonly string[]; birthday?: string }>
  | Event<'AmountPaid', { amount: number; reference: string }>
  | Event<'AccountClosed', Record<string, never>>;

@Entity('account')
export class AccountRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column({ name: 'full_name', type: 'text' }) fullName!: string;
  @Column({ name: 'opened_at', type: 'timestamptz' }) openedAt!: string;
  @Column({ name: 'last_position', type: 'numeric', precision: 20, scale: 0 }) lastPosition!: string;
  @Column({ type: 'integer' }) payments!: number;
  @Column({ type: 'bigint' }) total!: string;
  @Column({ type: 'text', array: true }) tags!: readonly string[];
  @Column({ type: 'jsonb' }) last!: { readonly reference: string; readonly amount: number } | null;
  @Column({ type: 'date', nullable: true }) birthday!: string | null;
  @Column({ type: 'boolean' }) funded!: boolean;
}

export const accountList = view<AccountEvent, AccountRow>({
  name: 'account-list',
  entity: AccountRow,
  keys: ({ stream }) => (stream.category === 'customer' ? [`${stream.vendor}.${stream.id}`] : []),
  fold: {
    AccountOpened: (_, { data, stream, position }, key) => ({
      key,
      vendor: stream.vendor,
      fullName: data.name,
      openedAt: data.openedAt,
      lastPosition: position,
      payments: 0,
      total: '0',
      tags: data.tags,
      last: null,
      birthday: data.birthday ?? null,
      funded: false,
    }),
    AmountPaid: (row, { data, position }) =>
      row && {
        ...row,
        // history goes into the row, so that an event folded twice or out of order shows
        fullName: `${row.fullName}/${data.reference}`,
        lastPosition: position,
        payments: row.payments + 1,
        total: String(BigInt(row.total) + BigInt(data.amount)),
        last: { reference: data.reference, amount: data.amount },
        tags: [...row.tags, data.reference].slice(-3),
        funded: true,
      },
    AccountClosed: () => undefined,
  },
});

class Accounts1763800000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        key text PRIMARY KEY, vendor text NOT NULL, full_name text NOT NULL, opened_at timestamptz NOT NULL,
        last_position numeric(20,0) NOT NULL, payments integer NOT NULL, total bigint NOT NULL, tags text[] NOT NULL,
        last jsonb, birthday date, funded boolean NOT NULL, CONSTRAINT account_payments CHECK (payments >= 0)
      ) WITH (fillfactor = 80)`);
    await runner.query('CREATE INDEX account_by_vendor ON account (vendor, opened_at DESC) WHERE funded');
    await runner.query(
      'CREATE TABLE reminder (key text PRIMARY KEY, vendor text NOT NULL, due_at timestamptz NOT NULL)',
    );
    await runner.query('CREATE INDEX account_tags ON account USING gin (tags)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account, reminder');
  }
}

/** A view whose rows wait for their time. */
@Entity('reminder')
export class ReminderRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column({ name: 'due_at', type: 'timestamptz' }) dueAt!: string;
}

export const accountSchema: Schema = {
  entities: [AccountRow, ReminderRow],
  migrations: [...processorMigrations, Accounts1763800000900],
};

export const opened = (name: string): AccountEvent => ({
  type: 'AccountOpened',
  data: { name, openedAt: '2026-01-15T09:00:00Z', tags: ['a'], birthday: '2000-02-29' },
});
export const paid = (reference: string, amount = 5): AccountEvent => ({
  type: 'AmountPaid',
  data: { amount, reference },
});
