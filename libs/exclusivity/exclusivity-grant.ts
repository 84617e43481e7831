import { Column, type DataSource, Entity, type EntityManager, In, Not, PrimaryColumn } from 'typeorm';
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
  /** The customer that its claim is by now, while another holds the family there. */
  @Column('text', { name: 'moves_to', nullable: true }) movesTo!: string | null;
}

type Taken = Extract<ExclusivityEvent, { type: 'ExclusivityTaken' }>['data'];
type Released = Extract<ExclusivityEvent, { type: 'ExclusivityReleased' }>['data'];

/** One that was approved at another customer, and has followed its claim, is approved here too. */
export const rememberGrant = async (tx: EntityManager, vendor: string, taken: Taken): Promise<void> => {
  const { grantId, customerKey, family, registrationId } = taken;
  const approved = await tx.existsBy(ExclusivityGrant, { vendor, grantId, family, approved: true });
  await tx
    .createQueryBuilder()
    .insert()
    .into(ExclusivityGrant)
    .values({ vendor, grantId, customerKey, family, registrationId, approved })
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

/** The one that was taken, where an approval cites it. */
export const approvedGrants = (
  tx: EntityManager,
  vendor: string,
  { grantId, customerKey, family }: Taken,
): Promise<ExclusivityGrant[]> => tx.findBy(ExclusivityGrant, { vendor, grantId, customerKey, family, approved: true });

/** What a registration has at other customers than the one it is by now. */
export const strandedGrants = (
  tx: EntityManager,
  vendor: string,
  registrationId: string,
  customerKey: string,
): Promise<ExclusivityGrant[]> =>
  tx.find(ExclusivityGrant, {
    where: { vendor, registrationId, approved: true, customerKey: Not(customerKey) },
    order: { grantId: 'ASC', family: 'ASC' },
  });

/** What waits for the family to become free at a customer. */
export const grantsMovingTo = (
  tx: EntityManager,
  vendor: string,
  { customerKey, family }: Pick<ExclusivityGrant, 'customerKey' | 'family'>,
): Promise<ExclusivityGrant[]> =>
  tx.find(ExclusivityGrant, { where: { vendor, family, movesTo: customerKey }, order: { takenAt: 'ASC' } });

export const rememberMove = async (tx: EntityManager, grant: ExclusivityGrant, movesTo: string): Promise<void> => {
  const { vendor, grantId, customerKey, family } = grant;
  await tx.update(ExclusivityGrant, { vendor, grantId, customerKey, family }, { movesTo });
};

/** Taken longer than `seconds` ago by the clock on the wall, and no approval cites them; the oldest hundred. */
export const abandonedGrants = (database: DataSource, seconds: number): Promise<ExclusivityGrant[]> =>
  database
    .getRepository(ExclusivityGrant)
    .createQueryBuilder('held')
    .where("NOT held.approved AND held.takenAt < now() - :seconds * interval '1 second'", { seconds })
    .orderBy('held.takenAt', 'ASC')
    .limit(100)
    .getMany();
