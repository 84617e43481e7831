import { Column, type DataSource, Entity, type EntityManager, In, PrimaryColumn } from 'typeorm';
import type { ExclusivityEvent } from './exclusivity.events.js';

/** Which grants are out, and whether an approval cites them: written in the transaction of the reactor's checkpoint. */
@Entity('exclusivity_grant')
export class ExclusivityGrant {
  @PrimaryColumn('text') vendor!: string;
  @PrimaryColumn('text', { name: 'grant_id' }) grantId!: string;
  @PrimaryColumn('text', { name: 'customer_key' }) customerKey!: string;
  @PrimaryColumn('text') family!: string;
  @Column('text', { name: 'registration_id' }) registrationId!: string;
  /** Real time, not the time that decisions use. */
  @Column('timestamptz', { name: 'taken_at', default: () => 'now()' }) takenAt!: Date;
  @Column('boolean', { default: false }) approved!: boolean;
}

type Taken = Extract<ExclusivityEvent, { type: 'ExclusivityTaken' }>['data'];
type Released = Extract<ExclusivityEvent, { type: 'ExclusivityReleased' }>['data'];

export const rememberGrant = async (tx: EntityManager, vendor: string, taken: Taken): Promise<void> => {
  const { grantId, customerKey, family, registrationId } = taken;
  await tx
    .createQueryBuilder()
    .insert()
    .into(ExclusivityGrant)
    .values({ vendor, grantId, customerKey, family, registrationId })
    .orIgnore()
    .execute();
};

export const forgetGrant = async (tx: EntityManager, vendor: string, released: Released): Promise<void> => {
  const { grantId, customerKey, family } = released;
  await tx.delete(ExclusivityGrant, { vendor, grantId, customerKey, family });
};

export const markApproved = async (tx: EntityManager, vendor: string, grantIds: readonly string[]): Promise<void> => {
  await tx.update(ExclusivityGrant, { vendor, grantId: In(grantIds) }, { approved: true });
};

/** What a registration has, for `family` or for all of its families (null). */
export const grantsOf = (
  tx: EntityManager,
  vendor: string,
  registrationId: string,
  family: string | null,
): Promise<ExclusivityGrant[]> =>
  tx.find(ExclusivityGrant, {
    where: { vendor, registrationId, ...(family !== null && { family }) },
    order: { grantId: 'ASC', family: 'ASC' },
  });

/** Taken longer than `seconds` ago by the clock on the wall, and no approval cites them; the oldest hundred. */
export const abandonedGrants = (database: DataSource, seconds: number): Promise<ExclusivityGrant[]> =>
  database
    .getRepository(ExclusivityGrant)
    .createQueryBuilder('held')
    .where("NOT held.approved AND held.takenAt < now() - :seconds * interval '1 second'", { seconds })
    .orderBy('held.takenAt', 'ASC')
    .limit(100)
    .getMany();
