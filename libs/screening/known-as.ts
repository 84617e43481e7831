import type { LocatedRecord } from '../matching/claim-record.js';
import type { Book } from './screening-book.js';
import type { ScreeningClaim } from './screening-claim.js';

/** Names of others that a claim carries at most; the earliest claims' stay. */
const mostNames = 10;

const namesOf = ({ name, tradeNames = [] }: LocatedRecord): readonly string[] => [name, ...tradeNames];

const withNames = (record: LocatedRecord, names: readonly string[]): LocatedRecord => {
  const others = [...new Set(names)].filter((name) => name !== record.name).slice(0, mostNames);
  return { ...withoutNames(record), ...(others.length > 0 && { tradeNames: others }) };
};

/** As the claim itself says it. */
export const withoutNames = (record: LocatedRecord): LocatedRecord => {
  const { tradeNames: _others, ...own } = record;
  return own;
};

/**
 * A person said that the claims of a customer are the same: each is found by the names of all from now on, so that a
 * company that took another name is still found by the old one when nobody claims it under that any more.
 */
export const shareNames = async (book: Book, customerKey: string): Promise<void> => {
  const claims = await book.claimsOfCustomer(customerKey, '');
  const names = claims.flatMap(({ record }) => namesOf(record));
  for (const { claimId, record } of claims) book.change(claimId, { record: withNames(record, names) });
};

/** A claim that comes to a customer is found by the names that a person gave it: as it is to be saved. */
export const adoptNames = async (book: Book, claim: ScreeningClaim): Promise<ScreeningClaim> => {
  if (!claim.live) return claim;
  const others = await book.claimsOfCustomer(claim.customerKey, claim.claimId);
  const names = others.flatMap(({ record }) => record.tradeNames ?? []);
  return names.length > 0 ? { ...claim, record: withNames(claim.record, [...names, ...namesOf(claim.record)]) } : claim;
};

/** A person said that some of them are not: what they had from each other is forgotten. */
export const forgetNames = (book: Book, claimIds: readonly string[]): void => {
  for (const claimId of claimIds) {
    const claim = book.claim(claimId);
    if (claim?.record.tradeNames) book.change(claimId, { record: withoutNames(claim.record) });
  }
};

/** Nor do the claims of a customer keep them where a person said of two of them that they are not the same. */
export const forgetNamesOfPairs = async (book: Book, pairs: readonly (readonly [string, string])[]): Promise<void> => {
  for (const pair of pairs) {
    const [one, other] = pair.map((claimId) => book.claim(claimId));
    if (!one?.live || !other?.live || one.customerKey !== other.customerKey) continue;
    const claims = await book.claimsOfCustomer(one.customerKey, '');
    forgetNames(
      book,
      claims.map(({ claimId }) => claimId),
    );
  }
};
