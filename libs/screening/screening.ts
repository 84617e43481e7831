import type { Instant } from '../kernel/decider.js';
import type { Claimant } from '../conflicts/conflict.events.js';
import type { LocatedRecord } from '../matching/claim-record.js';
import { match, type Match, type Thresholds } from '../matching/match.js';
import type { Candidate, Screening } from '../registrations/registration.events.js';

/** A claim as screening knows it. `completeAt` opens its contention window. */
export type Claim = {
  readonly claimId: string;
  readonly kind: 'registration' | 'direct';
  readonly partnerId: string | null;
  readonly place: number;
  readonly productFamilies: readonly string[];
  readonly completeAt: Instant;
  readonly record: LocatedRecord;
};
/** A claim that has its customer. */
export type PlacedClaim = Claim & { readonly customerKey: string };

/** What people said of pairs of claims; it outranks every score. */
export type Remembered = (claimId: string) => 'same' | 'different' | undefined;

/** Candidates shown with a screening; those that match with certainty are all kept. */
const most = 15;

export type Compare = (left: LocatedRecord, right: LocatedRecord, thresholds: Thresholds) => Match;

/**
 * The earlier claims that match, as compared: by score, then place, so that a query plan can't change the answer.
 * A match in another country is shown only.
 */
export const candidatesFor = (
  claim: Claim,
  earlier: readonly PlacedClaim[],
  remembered: Remembered,
  thresholds: Thresholds,
  compare: Compare = match,
): Candidate[] => {
  const strangers = new Set(
    earlier.filter(({ claimId }) => remembered(claimId) === 'different').map(({ customerKey }) => customerKey),
  );
  const found = earlier.flatMap((other): Candidate[] => {
    const said = remembered(other.claimId);
    if (said === 'different') return [];
    const { verdict, score, fields } = compare(claim.record, other.record, thresholds);
    if (verdict === 'none' && said === undefined) return [];
    const otherCountry = fields.some(({ field, level }) => field === 'country' && level === 'different');
    // whoever is not the same as one claim of a customer is not that customer by another claim of it either
    const certain = said === 'same' || (verdict === 'certain' && !strangers.has(other.customerKey));
    return [
      {
        claimId: other.claimId,
        kind: other.kind,
        partnerId: other.partnerId,
        place: other.place,
        customerKey: other.customerKey,
        productFamilies: other.productFamilies,
        verdict: certain && !otherCountry ? 'certain' : 'possible',
        score,
        fields,
        ...(otherCountry && { otherCountry }),
      },
    ];
  });
  found.sort((a, b) => b.score - a.score || a.place - b.place);
  return found.filter(({ verdict }, index) => verdict === 'certain' || index < most);
};

/** A claim's own customer: one that it has had since its place, or a new one that gives way to any match. */
export type OwnCustomer = { readonly key: string; readonly since: number | null };

/** The customer of the earliest claim that matches with certainty; where several customers do, the others are recorded. */
export const customerOf = (
  candidates: readonly Candidate[],
  own: OwnCustomer,
): { readonly customerKey: string; readonly otherCustomerKeys: readonly string[] } => {
  const certain = candidates.filter(({ verdict }) => verdict === 'certain');
  const known = own.since === null ? certain : [...certain, { place: own.since, customerKey: own.key }];
  const keys = known.toSorted((a, b) => a.place - b.place).map(({ customerKey }) => customerKey);
  const [customerKey = own.key, ...others] = new Set(keys);
  return { customerKey, otherCustomerKeys: others };
};

/** Where a claim contended before it was screened again and does no more: customer and family. */
export const givenUp = (
  previous: Pick<PlacedClaim, 'customerKey' | 'productFamilies'>,
  customerKey: string,
  productFamilies: readonly string[],
): readonly string[] =>
  previous.productFamilies.filter(
    (family) => previous.customerKey !== customerKey || !productFamilies.includes(family),
  );

/** For each family that others of the same customer claim too: the claimants of its case, in the order of their places. */
export const contests = (
  claim: Claim,
  sameCustomer: readonly PlacedClaim[],
): { readonly family: string; readonly claimants: readonly Claimant[] }[] =>
  claim.productFamilies.toSorted().flatMap((family) => {
    const others = sameCustomer.filter(({ productFamilies }) => productFamilies.includes(family));
    const all = [claim, ...others].toSorted((a, b) => a.place - b.place);
    // the vendor's own opportunities alone never make a conflict
    if (others.length === 0 || all.every(({ kind }) => kind === 'direct')) return [];
    return [
      { family, claimants: all.map(({ claimId, kind, partnerId, place }) => ({ claimId, kind, partnerId, place })) },
    ];
  });

/** The contention window opened by the first complete claim on this customer and any of these families. */
export const contentionEndsAt = (
  claim: Claim,
  sameCustomer: readonly PlacedClaim[],
  contentionHours: number,
): Instant => {
  const rivals = sameCustomer.filter(({ productFamilies }) =>
    productFamilies.some((family) => claim.productFamilies.includes(family)),
  );
  const first = Math.min(...[claim, ...rivals].map(({ completeAt }) => Date.parse(completeAt)));
  return new Date(first + contentionHours * 3_600_000).toISOString();
};

export const outcomeOf = (candidates: readonly Candidate[], cases: Screening['cases']): Screening['outcome'] => {
  if (cases.length > 0) return 'conflict';
  return candidates.some(({ verdict, otherCountry }) => verdict === 'possible' && !otherCountry) ? 'possible' : 'clear';
};

/** What a partner is told before it registers: a certain or possible match only counts where a family is claimed too. */
export const checkVerdict = (
  productFamilies: readonly string[],
  candidates: readonly Candidate[],
): 'free' | 'possible' | 'claimed' => {
  const rivals = candidates.filter(
    (each) => !each.otherCountry && each.productFamilies.some((family) => productFamilies.includes(family)),
  );
  if (rivals.some(({ verdict }) => verdict === 'certain')) return 'claimed';
  return rivals.length > 0 ? 'possible' : 'free';
};
