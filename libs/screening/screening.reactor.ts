import type { EntityManager } from 'typeorm';
import type { ConflictEvent } from '../conflicts/conflict.events.js';
import { survivorOf } from '../customers/customer.handler.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { canonicalJson } from '../kernel/json.js';
import { type CandidateSearch, openCandidateSearch } from '../matching/candidate-search.js';
import type { LocatedRecord } from '../matching/claim-record.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { derivedId } from '../platform/event-store/transact.js';
import type { Processor } from '../platform/processors/processor.js';
import { openCap } from '../policy/amounts.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyBook } from '../policy/policy-book.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { type ClaimPast, type Pasts, readAhead, readPast, screeningCaller } from './claim-past.js';
import { followClaim } from './following-claims.js';
import { forgetNames, forgetNamesOfPairs, shareNames, withoutNames } from './known-as.js';
import { claimsOf, inParts, isOfConcern, membersOf, previewOf, type Turn } from './previewing.js';
import {
  type Entrant,
  marks,
  type Pass,
  type Rejoining,
  type Screened,
  screenClaim,
  type ScreeningParts,
} from './recording-screening.js';
import type { OwnCustomer } from './screening.js';
import { openBook } from './screening-book.js';
import { contended, isApproved, placed, type ScreeningClaim } from './screening-claim.js';
import { openUnderWay } from './under-way.js';

type Submitted = Recorded<Extract<RegistrationEvent, { type: 'RegistrationSubmitted' }>>;
type DirectlyClaimed = Recorded<Extract<DirectClaimEvent, { type: 'DirectClaimOpened' | 'DirectClaimChanged' }>>;
type Dismissed = Recorded<Extract<ConflictEvent, { type: 'CaseDismissed' }>>;

/**
 * The one ordered pass that says who was first. Event by event, in commit order, because each answer depends on all
 * before it; what a claim is screened by is in the event or in the pass's own tables, so that the answer doesn't depend
 * on when it is given, nor on what else is in its batch. A fault leaves the claim `submitted`: it fails closed.
 */
export const screeningReactor = (
  parts: ScreeningParts,
  policies: PolicyBook,
  search: CandidateSearch = openCandidateSearch(),
): Processor => {
  const policyOf = async (vendor: string, version: string) => ({
    version,
    rules: await policies.version(vendor, version),
  });

  const submitted = async (pass: Pass, event: Submitted, { n, record }: Turn, past: ClaimPast): Promise<void> => {
    const { id: claimId, vendor } = event.stream;
    const { partnerId, tier, fields, receipt, submittedAt } = event.data;
    const policy = await policyOf(vendor, receipt.policyVersion);
    const { returnedKeepsPlaceBusinessDays, calendar } = policy.rules;
    const cap = openCap(policy.rules, tier);
    const entrantOf = (): Entrant => {
      const previous = pass.book.claim(claimId);
      const returnedAt = previous?.returnedAt ?? undefined;
      const late =
        returnedAt !== undefined && submittedAt > addBusinessDays(returnedAt, returnedKeepsPlaceBusinessDays, calendar);
      const kept = late ? null : previous;
      const census = pass.book.census(claimId, partnerId);
      const place = kept?.place ?? census.nextPlace;
      const { open } = census;
      return {
        claim: {
          claimId,
          kind: 'registration',
          partnerId,
          place,
          productFamilies: contended(fields.productFamilies, previous),
          completeAt: kept?.completeAt ?? submittedAt,
          record,
        },
        previous,
        census,
        own: ownCustomer(event, previous, record, place),
        basis: 'new',
        overCap: previous === null && open >= cap ? { open, cap } : null,
        policy,
        contentHash: receipt.contentHash,
        returnedAt: null,
      };
    };
    await screenClaim(parts, pass, event, n, entrantOf, past);
  };

  const direct = async (pass: Pass, event: DirectlyClaimed, { n, record }: Turn, past: ClaimPast): Promise<void> => {
    const { id: claimId, vendor } = event.stream;
    const policy = await policyOf(vendor, event.data.policyVersion);
    const known = pass.book.claim(claimId);
    // one that had lost all it claimed was no part of its customer when that was merged
    const revived = known?.live === false ? await survivorOf(parts.store, vendor, known.customerKey) : undefined;
    const entrantOf = (): Entrant => {
      const previous = pass.book.claim(claimId);
      const census = pass.book.census(claimId, null);
      const place = previous?.place ?? census.nextPlace;
      return {
        claim: {
          claimId,
          kind: 'direct',
          partnerId: null,
          place,
          productFamilies: contended(event.data.productFamilies, previous),
          completeAt: previous?.completeAt ?? event.at,
          record,
        },
        previous,
        census,
        own: ownCustomer(
          event,
          previous && { ...previous, customerKey: revived ?? previous.customerKey },
          record,
          place,
        ),
        basis: 'new',
        overCap: null,
        policy,
        contentHash: null,
        returnedAt: null,
      };
    };
    await screenClaim(parts, pass, event, n, entrantOf, past);
  };

  /** A live claim goes through the pass again because of what a person said of it. */
  const again = async (
    pass: Pass,
    event: Screened,
    { n }: Turn,
    claimId: string,
    basis: 'confirmed' | 'separated' | 'merged',
    given?: OwnCustomer,
  ): Promise<void> => {
    const { vendor } = event.stream;
    const { kind, policyVersion } = pass.book.claim(claimId)!;
    const policy = await policyOf(vendor, policyVersion);
    const entrantOf = (): Entrant => {
      const previous = pass.book.claim(claimId)!;
      const { partnerId, place, customerKey, contentHash, returnedAt } = previous;
      return {
        claim: placed(previous),
        previous,
        census: pass.book.census(claimId, partnerId),
        own: given ?? { key: customerKey, since: place },
        basis,
        overCap: null,
        policy,
        contentHash,
        returnedAt,
      };
    };
    const past = await readPast(parts, screeningCaller(parts, event, claimId), kind, claimId);
    await screenClaim(parts, pass, event, n, entrantOf, past);
  };

  const confirmed = async (pass: Pass, event: Screened, turn: Turn): Promise<void> => {
    const { id } = event.stream;
    await again(pass, event, turn, id, 'confirmed');
    await pass.underWay.settle();
    await shareNames(pass.book, pass.book.claim(id)!.customerKey);
  };

  /** Of each pair that shares a customer one is parted from it; all that were named are screened again, for those that wait for it. */
  const dismissed = async (pass: Pass, event: Dismissed, turnOf: (claimId: string) => Turn): Promise<void> => {
    await forgetNamesOfPairs(pass.book, event.data.pairs);
    const live = (claimId: string) => {
      const claim = pass.book.claim(claimId);
      return claim?.live ? claim : null;
    };
    const parted = new Set<string>();
    for (const [one, other] of event.data.pairs) {
      const [a, b] = [live(one), live(other)];
      if (a && b && a.customerKey === b.customerKey) parted.add(toPart(a, b).claimId);
    }
    const named = claimsOf(event).flatMap((claimId) => live(claimId) ?? []);
    // those that go first, or whoever stays would meet them once more
    const stays = ({ claimId }: ScreeningClaim) => Number(!parted.has(claimId));
    for (const { claimId } of named.toSorted((a, b) => stays(a) - stays(b) || a.place - b.place)) {
      await pass.underWay.settle();
      const own = { key: derivedId('customer', event.id, claimId), since: null };
      await (parted.has(claimId)
        ? again(pass, event, turnOf(claimId), claimId, 'separated', own)
        : again(pass, event, turnOf(claimId), claimId, 'confirmed'));
    }
  };

  /** What a person said of a customer outranks every match: the claims go where they were put, one after the other. */
  const rejoined = async (
    pass: Pass,
    event: Rejoining,
    turnOf: (claimId: string) => Turn,
    members: readonly string[],
  ): Promise<void> => {
    const { vendor } = event.stream;
    const isMerge = event.type === 'CustomerMerged';
    const named = isMerge ? members : event.data.claimIds.filter((claimId) => members.includes(claimId));
    const key = isMerge ? await survivorOf(parts.store, vendor, event.data.into) : event.data.newKey;
    if (!isMerge)
      for (const one of named)
        for (const other of members) if (!named.includes(other)) pass.book.remember(one, other, 'different');
    if (!isMerge) forgetNames(pass.book, members);
    const claims = named.map((claimId) => pass.book.claim(claimId)!);
    for (const { claimId } of claims.toSorted((a, b) => a.place - b.place)) {
      await pass.underWay.settle();
      await again(pass, event, turnOf(claimId), claimId, isMerge ? 'merged' : 'separated', { key, since: 0 });
    }
    await pass.underWay.settle();
    if (isMerge) await shareNames(pass.book, key);
  };

  const handle = async (
    pass: Pass,
    event: Screened,
    turnOf: (claimId: string) => Turn,
    pastOf: (event: Screened) => Promise<ClaimPast>,
    members: readonly string[],
  ): Promise<void> => {
    if (pass.underWay.touches(claimsOf(event).map(marks.claim))) await pass.underWay.settle();
    followClaim(pass.book, event);
    const { id } = event.stream;
    switch (event.type) {
      case 'RegistrationSubmitted':
        return event.data.toScreen ? submitted(pass, event, turnOf(id), await pastOf(event)) : undefined;
      case 'DirectClaimOpened':
        return direct(pass, event, turnOf(id), await pastOf(event));
      case 'DirectClaimChanged':
        return event.data.toScreen ? direct(pass, event, turnOf(id), await pastOf(event)) : undefined;
      case 'MatchConfirmed':
        return pass.book.claim(id)?.live ? confirmed(pass, event, turnOf(id)) : undefined;
      case 'CaseDismissed':
        return dismissed(pass, event, turnOf);
      case 'CustomerMerged':
      case 'CustomerSplit':
        return rejoined(pass, event, turnOf, members);
    }
  };

  // the first of a process may have been sent by one that crashed
  const pasts: Pasts = { repeat: true };

  const screenVendor = async (tx: EntityManager, vendor: string, events: readonly Screened[]): Promise<void> => {
    const members = await membersOf(tx, vendor, events);
    const { preview, turnOf } = previewOf(events, members);
    const book = await openBook(tx, search, vendor, preview);
    const pastOf = readAhead(parts, pasts, events, (event) => book.isLikelyKnown(turnOf(event, event.stream.id).n));
    const underWay = openUnderWay(inFlight);
    try {
      for (const event of events)
        await handle({ book, underWay, pasts }, event, (claimId) => turnOf(event, claimId), pastOf, members);
    } finally {
      await underWay.settle();
    }
    await book.write();
  };

  return {
    name: 'screening',
    role: 'reactors',
    prompt: true,
    batchLimit,
    concerns: isOfConcern,
    handle: async (batch, tx) => {
      const events = (batch as readonly Screened[]).filter(isOfConcern);
      // vendors never meet each other's claims
      const vendors = new Set(events.map(({ stream }) => stream.vendor));
      for (const vendor of vendors)
        for (const part of inParts(events.filter(({ stream }) => stream.vendor === vendor)))
          await screenVendor(tx, vendor, part);
    },
  };
};

const batchLimit = 500;
/** How many claims wait for their commands at most. */
const inFlight = 32;

/** The same customer's record keeps its customer; a changed one begins a new one, unless it matches somebody's. */
const ownCustomer = (
  event: Screened,
  previous: ScreeningClaim | null,
  record: LocatedRecord,
  place: number,
): OwnCustomer =>
  previous && canonicalJson(withoutNames(previous.record)) === canonicalJson(record)
    ? { key: previous.customerKey, since: place }
    : { key: derivedId('customer', event.id), since: null };

/** The later claim has to go, but for an approved one: its exclusivity stands on the customer. */
const toPart = (a: ScreeningClaim, b: ScreeningClaim): ScreeningClaim => {
  const [earlier, later] = a.place < b.place ? [a, b] : [b, a];
  return isApproved(later) && !isApproved(earlier) ? earlier : later;
};
