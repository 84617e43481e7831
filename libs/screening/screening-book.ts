import type { EntityManager } from 'typeorm';
import type { CandidateSearch, Procession } from '../matching/candidate-search.js';
import type { LocatedRecord } from '../matching/claim-record.js';
import { standardThresholds } from '../matching/match.js';
import { openComparing } from './comparing.js';
import type { Compare, PlacedClaim, Remembered } from './screening.js';
import {
  claimsAt,
  claimsById,
  claimsOfCustomers,
  countsOf,
  pairsOf,
  placed,
  saveClaims,
  savePairs,
  type ScreeningClaim,
  type ScreeningPair,
} from './screening-claim.js';

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

/** What a batch will ask for; more than it names is read when it is asked for, less costs nothing but time. */
export type Preview = {
  readonly claimIds: readonly string[];
  readonly partnerIds: readonly string[];
  /** The records to search candidates for, in turn, once the claims are known. */
  asked(claimOf: (claimId: string) => ScreeningClaim | null): readonly LocatedRecord[];
};

/**
 * One vendor's part of screening's tables while a batch goes through: read as sets at its beginning, changed in memory
 * event by event, so that each sees what all before it did, and written as sets at its end.
 */
export type Book = {
  /** One of those that the preview named. */
  claim(claimId: string): ScreeningClaim | null;
  /** Leaves the rest of an existing row as it is. */
  change(claimId: string, change: Partial<ScreeningClaim>): void;
  save(claim: ScreeningClaim): void;
  remember(one: string, other: string, verdict: ScreeningPair['verdict']): void;
  census(claimId: string, partnerId: string | null): Census;
  /**
   * Live claims to compare with the n-th record that was asked for, and those called the same, but for `claimId`; with
   * `spare`, also those that would be if so many of them were not.
   */
  similar(n: number, claimId: string, same: readonly string[], spare?: number): Promise<PlacedClaim[]>;
  compare: Compare;
  /** Whether the n-th is likely of a customer that others have: a guess, for reading ahead. */
  isLikelyKnown(n: number): boolean;
  /** The live ones, by their places. */
  claimsOfCustomer(customerKey: string, exceptId: string): Promise<PlacedClaim[]>;
  write(): Promise<void>;
};

export const openBook = async (
  tx: EntityManager,
  search: CandidateSearch,
  vendor: string,
  preview: Preview,
): Promise<Book> => {
  const claims = new Map<string, ScreeningClaim>();
  const byPlace = new Map<number, string>();
  const customers = new Map<string, Set<string>>();
  const pairs = new Map<string, Map<string, ScreeningPair['verdict']>>();
  const changed = new Set<string>();
  const said = new Map<string, ScreeningPair>();

  const keep = (claim: ScreeningClaim): void => {
    claims.set(claim.claimId, claim);
    byPlace.set(claim.place, claim.claimId);
  };
  /** What is known here already is newer. */
  const meet = (read: readonly ScreeningClaim[]): void => {
    for (const claim of read) if (!claims.has(claim.claimId)) keep(claim);
  };
  const pair = (one: string, other: string, verdict: ScreeningPair['verdict']): void => {
    pairs.set(one, (pairs.get(one) ?? new Map<string, ScreeningPair['verdict']>()).set(other, verdict));
  };

  meet(await claimsById(tx, vendor, preview.claimIds));
  const { lastPlace, open } = await countsOf(tx, vendor, preview.partnerIds);
  for (const { a, b, verdict } of await pairsOf(tx, vendor, preview.claimIds)) {
    pair(a, b, verdict);
    pair(b, a, verdict);
  }
  let last = lastPlace;
  const openOf = new Map(open);
  // only those that the batch names can leave
  const mayLeave = [...claims.values()].filter(({ live }) => live).length;
  const claimOf = (claimId: string) => claims.get(claimId) ?? null;
  const asked = preview.asked(claimOf);
  const procession: Procession = await search.ahead(tx, vendor, asked, mayLeave);
  const foreseen = asked.map((_, n) => procession.propose(n));
  meet(
    await claimsAt(
      tx,
      vendor,
      [...new Set(foreseen.flat())].filter((place) => !byPlace.has(place)),
    ),
  );

  const customersIn = async (keys: readonly string[]): Promise<void> => {
    const read = await claimsOfCustomers(tx, vendor, keys);
    meet(read);
    for (const key of keys) customers.set(key, new Set());
    for (const { claimId, customerKey } of [...read, ...claims.values()]) customers.get(customerKey)?.add(claimId);
  };
  const compare = openComparing();
  const likely = asked.map((record, n) =>
    foreseen[n]!.flatMap((place) => {
      const claim = claimOf(byPlace.get(place) ?? '');
      return claim && compare(record, claim.record, standardThresholds).verdict === 'certain' ? claim.customerKey : [];
    }),
  );
  await customersIn([...new Set(likely.flat())]);

  const count = ({ partnerId, open: counts }: ScreeningClaim, by: number): void => {
    if (counts && partnerId !== null) openOf.set(partnerId, (openOf.get(partnerId) ?? 0) + by);
  };
  const save = (claim: ScreeningClaim): void => {
    const before = claims.get(claim.claimId);
    if (before) count(before, -1);
    count(claim, 1);
    const isSame = before?.place === claim.place && saysTheSame(before.record, claim.record);
    if (before?.live && !(claim.live && isSame)) procession.leave(before.place);
    if (claim.live && !(before?.live && isSame)) procession.enter(claim);
    if (before && before.place !== claim.place) byPlace.delete(before.place);
    keep(claim);
    customers.get(claim.customerKey)?.add(claim.claimId);
    last = Math.max(last, claim.place);
    changed.add(claim.claimId);
  };

  return {
    claim: claimOf,
    change(claimId, change) {
      const claim = claims.get(claimId);
      if (claim) save({ ...claim, ...change });
    },
    save,
    remember(one, other, verdict) {
      const [a = '', b = ''] = [one, other].toSorted();
      said.set(`${a}\n${b}`, { a, b, verdict });
      pair(a, b, verdict);
      pair(b, a, verdict);
    },
    census(claimId, partnerId) {
      const own = claims.get(claimId);
      const ofOthers = own?.open && own.partnerId === partnerId ? 1 : 0;
      const known = pairs.get(claimId);
      return {
        nextPlace: last + 1,
        open: partnerId === null ? 0 : (openOf.get(partnerId) ?? 0) - ofOthers,
        remembered: (other) => known?.get(other),
        same: [...(known ?? [])].flatMap(([other, verdict]) => (verdict === 'same' ? [other] : [])),
      };
    },
    async similar(n, claimId, same, spare) {
      const places = procession.propose(n, claims.get(claimId)?.place, spare);
      meet(
        await claimsAt(
          tx,
          vendor,
          places.filter((place) => !byPlace.has(place)),
        ),
      );
      meet(
        await claimsById(
          tx,
          vendor,
          same.filter((other) => !claims.has(other)),
        ),
      );
      const found = places.flatMap((place) => claims.get(byPlace.get(place) ?? '') ?? []);
      const others = same.flatMap((other) => claims.get(other) ?? []);
      return [...new Set([...found, ...others])].filter((claim) => claim.live && claim.claimId !== claimId).map(placed);
    },
    compare,
    isLikelyKnown: (n) => likely[n]!.length > 0,
    async claimsOfCustomer(customerKey, exceptId) {
      if (!customers.has(customerKey)) await customersIn([customerKey]);
      return [...customers.get(customerKey)!]
        .flatMap((claimId) => claims.get(claimId) ?? [])
        .filter((claim) => claim.live && claim.customerKey === customerKey && claim.claimId !== exceptId)
        .toSorted((a, b) => a.place - b.place)
        .map(placed);
    },
    async write() {
      await saveClaims(
        tx,
        vendor,
        [...changed].map((claimId) => claims.get(claimId)!),
      );
      await savePairs(tx, vendor, [...said.values()]);
      await procession.write();
    },
  };
};

const saysTheSame = (one: LocatedRecord, other: LocatedRecord): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
