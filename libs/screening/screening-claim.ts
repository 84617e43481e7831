import type { EntityManager } from 'typeorm';
import type { Instant } from '../kernel/decider.js';
import type { LocatedRecord } from '../matching/claim-record.js';
import { type Normalised, normalise, rememberNormalised } from '../matching/normalise.js';
import { normaliserVersion } from '../matching/normaliser-version.js';
import type { PlacedClaim } from './screening.js';

/**
 * Screening's own memory, written in the transaction of its checkpoint: what it decides from never lags behind what it
 * has decided. A claim that is no longer live keeps its row, for its place, and is searched no more.
 */
export type ScreeningClaim = {
  readonly claimId: string;
  readonly kind: 'registration' | 'direct';
  readonly partnerId: string | null;
  readonly place: number;
  readonly customerKey: string;
  /** Those still contended for. */
  readonly productFamilies: readonly string[];
  /** Lost to a decided case for good: no later form or CRM entry revives them. */
  readonly lostFamilies: readonly string[];
  readonly completeAt: Instant;
  readonly returnedAt: Instant | null;
  /** The policy that it is screened by, now and again. */
  readonly policyVersion: string;
  /** Of the submission that the row holds; null for a direct claim. */
  readonly contentHash: string | null;
  readonly record: LocatedRecord;
  readonly live: boolean;
  /** Counts against its partner's cap. */
  readonly open: boolean;
};

/** What a person said of two claims; `a` < `b`. */
export type ScreeningPair = { readonly a: string; readonly b: string; readonly verdict: 'same' | 'different' };

const columns = `claim_id AS "claimId", kind, partner_id AS "partnerId", place, customer_key AS "customerKey",
  product_families AS "productFamilies", lost_families AS "lostFamilies", complete_at AS "completeAt",
  returned_at AS "returnedAt", policy_version AS "policyVersion", content_hash AS "contentHash",
  record, live, open`;

const claimsWhere = async (tx: EntityManager, where: string, parameters: unknown[]): Promise<ScreeningClaim[]> => {
  const rows = await tx.query<(ScreeningClaim & { readonly normalised: Normalised | null })[]>(
    `SELECT ${columns}, CASE WHEN normalised_by = '${normaliserVersion()}' THEN normalised END AS normalised
     FROM screening_claim WHERE vendor = $1 AND ${where}`,
    parameters,
  );
  return rows.map(({ normalised, ...claim }) => {
    if (normalised) rememberNormalised(claim.record, normalised);
    return claim;
  });
};

/** Claims of any vendor whose record another version has normalised; `atMost` so many. */
export const outdatedClaims = async (
  tx: EntityManager,
  version: string,
  atMost: number,
): Promise<{ readonly vendor: string; readonly claim: ScreeningClaim }[]> => {
  const rows = await tx.query<(ScreeningClaim & { readonly vendor: string })[]>(
    `SELECT vendor, ${columns} FROM screening_claim WHERE normalised_by < $1 OR normalised_by > $1 LIMIT $2`,
    [version, atMost],
  );
  return rows.map(({ vendor, ...claim }) => ({ vendor, claim }));
};

export const claimsById = (tx: EntityManager, vendor: string, ids: readonly string[]): Promise<ScreeningClaim[]> =>
  ids.length === 0 ? Promise.resolve([]) : claimsWhere(tx, 'claim_id = ANY($2)', [vendor, ids]);

export const claimsAt = (tx: EntityManager, vendor: string, places: readonly number[]): Promise<ScreeningClaim[]> =>
  places.length === 0 ? Promise.resolve([]) : claimsWhere(tx, 'place = ANY($2::int[])', [vendor, places]);

/** The live ones. */
export const claimsOfCustomers = (
  tx: EntityManager,
  vendor: string,
  customerKeys: readonly string[],
): Promise<ScreeningClaim[]> =>
  customerKeys.length === 0
    ? Promise.resolve([])
    : claimsWhere(tx, 'live AND customer_key = ANY($2)', [vendor, customerKeys]);

export const pairsOf = (tx: EntityManager, vendor: string, claimIds: readonly string[]): Promise<ScreeningPair[]> =>
  tx.query('SELECT a, b, verdict FROM screening_pair WHERE vendor = $1 AND (a = ANY($2) OR b = ANY($2))', [
    vendor,
    claimIds,
  ]);

/** The last place that was given, and the open registrations of each partner that has any. */
export const countsOf = async (
  tx: EntityManager,
  vendor: string,
  partnerIds: readonly string[],
): Promise<{ readonly lastPlace: number; readonly open: ReadonlyMap<string, number> }> => {
  const [last] = await tx.query<[{ place: number }]>(
    'SELECT coalesce(max(place), 0) AS place FROM screening_claim WHERE vendor = $1',
    [vendor],
  );
  const open = await tx.query<{ partnerId: string; count: number }[]>(
    `SELECT partner_id AS "partnerId", count(*)::int AS count FROM screening_claim
     WHERE vendor = $1 AND partner_id = ANY($2) AND open GROUP BY partner_id`,
    [vendor, partnerIds],
  );
  return { lastPlace: last.place, open: new Map(open.map(({ partnerId, count }) => [partnerId, count])) };
};

export const saveClaims = async (
  tx: EntityManager,
  vendor: string,
  claims: readonly ScreeningClaim[],
): Promise<void> => {
  const rows = claims.map((claim) => ({
    vendor,
    claim_id: claim.claimId,
    kind: claim.kind,
    partner_id: claim.partnerId,
    place: claim.place,
    customer_key: claim.customerKey,
    product_families: claim.productFamilies,
    lost_families: claim.lostFamilies,
    complete_at: claim.completeAt,
    returned_at: claim.returnedAt,
    policy_version: claim.policyVersion,
    content_hash: claim.contentHash,
    record: claim.record,
    normalised: normalise(claim.record),
    normalised_by: normaliserVersion(),
    live: claim.live,
    open: claim.open,
  }));
  const others = Object.keys(rows[0] ?? {}).filter((name) => name !== 'vendor' && name !== 'claim_id');
  if (others.length === 0) return;
  await tx.query(
    `INSERT INTO screening_claim SELECT * FROM json_populate_recordset(null::screening_claim, $1::json)
     ON CONFLICT (vendor, claim_id) DO UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`,
    [JSON.stringify(rows)],
  );
};

export const savePairs = async (tx: EntityManager, vendor: string, pairs: readonly ScreeningPair[]): Promise<void> => {
  if (pairs.length === 0) return;
  await tx.query(
    `INSERT INTO screening_pair SELECT $1, * FROM json_to_recordset($2::json) AS pair(a text, b text, verdict text)
     ON CONFLICT (vendor, a, b) DO UPDATE SET verdict = EXCLUDED.verdict`,
    [vendor, JSON.stringify(pairs)],
  );
};

export const placed = (row: ScreeningClaim): PlacedClaim => ({
  claimId: row.claimId,
  kind: row.kind,
  partnerId: row.partnerId,
  place: row.place,
  customerKey: row.customerKey,
  productFamilies: row.productFamilies,
  completeAt: row.completeAt,
  record: row.record,
});

/** Those that were not lost. */
export const contended = (families: readonly string[], claim: Pick<ScreeningClaim, 'lostFamilies'> | null): string[] =>
  families.filter((family) => !claim?.lostFamilies.includes(family));

/** Approved: live, and no longer open. */
export const isApproved = ({ kind, live, open }: ScreeningClaim): boolean => kind === 'registration' && live && !open;
