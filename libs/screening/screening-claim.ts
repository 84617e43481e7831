import { Column, Entity, type EntityManager, In, PrimaryColumn, type QueryDeepPartialEntity } from 'typeorm';
import { candidateKeys } from '../matching/candidate-keys.js';
import type { ClaimRecord, LocatedRecord } from '../matching/claim-record.js';
import type { PlacedClaim, Remembered } from './screening.js';

/**
 * Screening's own memory, written in the transaction of its checkpoint: what it decides from never lags behind what it
 * has decided. A claim that is no longer live keeps its row, for its place, and loses its search keys.
 */
@Entity('screening_claim')
export class ScreeningClaim {
  @PrimaryColumn('text') vendor!: string;
  @PrimaryColumn('text', { name: 'claim_id' }) claimId!: string;
  @Column('text') kind!: 'registration' | 'direct';
  @Column('text', { name: 'partner_id', nullable: true }) partnerId!: string | null;
  @Column('integer') place!: number;
  @Column('text', { name: 'customer_key' }) customerKey!: string;
  /** Those still contended for. */
  @Column('text', { name: 'product_families', array: true }) productFamilies!: string[];
  /** Lost to a decided case for good: no later form or CRM entry revives them. */
  @Column('text', { name: 'lost_families', array: true }) lostFamilies!: string[];
  @Column('timestamptz', { name: 'complete_at' }) completeAt!: Date;
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
  /** The policy that it is screened by, now and again. */
  @Column('text', { name: 'policy_version' }) policyVersion!: string;
  /** Of the submission that the row holds; null for a direct claim. */
  @Column('text', { name: 'content_hash', nullable: true }) contentHash!: string | null;
  @Column('jsonb') record!: LocatedRecord;
  @Column('boolean') live!: boolean;
  /** Counts against its partner's cap. */
  @Column('boolean') open!: boolean;
  @Column('text', { array: true }) keys!: string[];
}

/** What a person said of two claims; `a` < `b`. */
@Entity('screening_pair')
export class ScreeningPair {
  @PrimaryColumn('text') vendor!: string;
  @PrimaryColumn('text') a!: string;
  @PrimaryColumn('text') b!: string;
  @Column('text') verdict!: 'same' | 'different';
}

/** More than this many rows that share a key are not compared: the best-sharing, then the earliest, are. */
const mostCompared = 300;

export const keysOf = (vendor: string, record: ClaimRecord): string[] =>
  candidateKeys(record).map((key) => `${vendor}|${key}`);

export const placed = (row: ScreeningClaim): PlacedClaim => ({
  claimId: row.claimId,
  kind: row.kind,
  partnerId: row.partnerId,
  place: row.place,
  customerKey: row.customerKey,
  productFamilies: row.productFamilies,
  completeAt: row.completeAt.toISOString(),
  record: row.record,
});

/** Live claims of the vendor that share a search key with `record` or were called the same, but for `exceptId`. */
export const findSimilar = async (
  tx: EntityManager,
  vendor: string,
  record: ClaimRecord,
  exceptId: string,
  same: readonly string[] = [],
): Promise<PlacedClaim[]> => {
  const keys = keysOf(vendor, record);
  const similar = tx
    .createQueryBuilder(ScreeningClaim, 'claim')
    .where('claim.keys && :keys::text[]', { keys })
    .andWhere('claim.live AND claim.vendor = :vendor AND claim.claim_id <> :exceptId', { vendor, exceptId })
    .orderBy('(SELECT count(*) FROM unnest(claim.keys) key WHERE key = ANY(:keys::text[]))', 'DESC')
    .addOrderBy('claim.place', 'ASC')
    .limit(mostCompared);
  const rows = await similar.getMany();
  const others = same.filter((claimId) => !rows.some((row) => row.claimId === claimId));
  if (others.length > 0) rows.push(...(await tx.findBy(ScreeningClaim, { vendor, claimId: In(others), live: true })));
  return rows.map(placed);
};

export const claimsOfCustomer = async (
  tx: EntityManager,
  vendor: string,
  customerKey: string,
  exceptId: string,
): Promise<PlacedClaim[]> => {
  const rows = await tx
    .createQueryBuilder(ScreeningClaim, 'claim')
    .where('claim.vendor = :vendor AND claim.customer_key = :customerKey AND claim.live', { vendor, customerKey })
    .andWhere('claim.claim_id <> :exceptId', { exceptId })
    .orderBy('claim.place', 'ASC')
    .getMany();
  return rows.map(placed);
};

/** What a claim's screening counts and remembers beside the claims themselves. */
export type Census = {
  /** After all that were given. */
  readonly nextPlace: number;
  /** Open registrations of the partner, but for this one. */
  readonly open: number;
  readonly remembered: Remembered;
  /** Those that it was said to be the same as. */
  readonly same: readonly string[];
};

/** In one statement, because the pass waits for each. */
export const censusOf = async (
  tx: EntityManager,
  vendor: string,
  claimId: string,
  partnerId: string | null,
): Promise<Census> => {
  const [row] = (await tx.query(
    `SELECT (SELECT coalesce(max(place), 0) + 1 FROM screening_claim WHERE vendor = $1) AS "nextPlace",
       (SELECT count(*)::int FROM screening_claim WHERE vendor = $1 AND partner_id = $3 AND open AND claim_id <> $2) AS open,
       (SELECT coalesce(jsonb_object_agg(CASE a WHEN $2 THEN b ELSE a END, verdict), '{}')
          FROM screening_pair WHERE vendor = $1 AND (a = $2 OR b = $2)) AS said`,
    [vendor, claimId, partnerId],
  )) as [{ nextPlace: number; open: number; said: Record<string, ScreeningPair['verdict']> }];
  const said = new Map(Object.entries(row.said));
  const same = [...said].filter(([, verdict]) => verdict === 'same').map(([other]) => other);
  return { nextPlace: row.nextPlace, open: row.open, remembered: (other) => said.get(other), same };
};

export const rememberPair = async (
  tx: EntityManager,
  vendor: string,
  one: string,
  other: string,
  verdict: ScreeningPair['verdict'],
): Promise<void> => {
  const [a = '', b = ''] = [one, other].toSorted();
  await tx.upsert(ScreeningPair, { vendor, a, b, verdict }, ['vendor', 'a', 'b']);
};

export const findClaim = (tx: EntityManager, vendor: string, claimId: string): Promise<ScreeningClaim | null> =>
  tx.findOneBy(ScreeningClaim, { vendor, claimId });

/** Leaves the rest of an existing row as it is. */
export const changeClaim = async (
  tx: EntityManager,
  vendor: string,
  claimId: string,
  change: QueryDeepPartialEntity<ScreeningClaim>,
): Promise<void> => {
  await tx.update(ScreeningClaim, { vendor, claimId }, change);
};

export const saveClaim = async (tx: EntityManager, claim: ScreeningClaim): Promise<void> => {
  await tx.upsert(ScreeningClaim, claim, ['vendor', 'claimId']);
};

/** Those that were not lost. */
export const contended = (families: readonly string[], claim: Pick<ScreeningClaim, 'lostFamilies'> | null): string[] =>
  families.filter((family) => !claim?.lostFamilies.includes(family));

/** Approved: live, and no longer open. */
export const isApproved = ({ kind, live, open }: ScreeningClaim): boolean => kind === 'registration' && live && !open;
