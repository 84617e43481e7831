import type { EntityManager } from 'typeorm';
import type { ConflictEvent } from '../conflicts/conflict.events.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { canonicalJson } from '../kernel/json.js';
import type { ClaimRecord } from '../matching/claim-record.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { derivedId } from '../platform/event-store/transact.js';
import type { Processor } from '../platform/processors/processor.js';
import { openCap } from '../policy/amounts.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyBook } from '../policy/policy-book.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { directRecord, registrationRecord } from './claim-record-of.js';
import { followClaim } from './following-claims.js';
import {
  type ClaimPast,
  readPast,
  type Screened,
  screenClaim,
  screeningCaller,
  type ScreeningParts,
} from './recording-screening.js';
import type { OwnCustomer } from './screening.js';
import { censusOf, contended, findClaim, isApproved, placed, type ScreeningClaim } from './screening-claim.js';

type Submitted = Recorded<Extract<RegistrationEvent, { type: 'RegistrationSubmitted' }>>;
type DirectlyClaimed = Recorded<Extract<DirectClaimEvent, { type: 'DirectClaimOpened' | 'DirectClaimChanged' }>>;
type Dismissed = Recorded<Extract<ConflictEvent, { type: 'CaseDismissed' }>>;

/**
 * The one ordered pass that says who was first. Event by event, in commit order, because each answer depends on all
 * before it; what a claim is screened by is in the event or in the pass's own table, so that the answer doesn't depend
 * on when it is given. A fault leaves the claim `submitted`: it fails closed.
 */
export const screeningReactor = (parts: ScreeningParts, policies: PolicyBook): Processor => {
  const policyOf = async (vendor: string, version: string) => ({
    version,
    rules: await policies.version(vendor, version),
  });

  const submitted = async (tx: EntityManager, event: Submitted, read?: Promise<ClaimPast>): Promise<void> => {
    const { vendor, id: claimId } = event.stream;
    const { partnerId, tier, fields, receipt, submittedAt } = event.data;
    const policy = await policyOf(vendor, receipt.policyVersion);
    const { returnedKeepsPlaceBusinessDays, calendar } = policy.rules;
    const previous = await findClaim(tx, vendor, claimId);
    const returnedAt = previous?.returnedAt?.toISOString();
    const late =
      returnedAt !== undefined && submittedAt > addBusinessDays(returnedAt, returnedKeepsPlaceBusinessDays, calendar);
    const kept = late ? null : previous;
    const census = await censusOf(tx, vendor, claimId, partnerId);
    const place = kept?.place ?? census.nextPlace;
    const record = registrationRecord(fields);
    const { open } = census;
    const cap = openCap(policy.rules, tier);
    await screenClaim(
      parts,
      tx,
      event,
      {
        claim: {
          claimId,
          kind: 'registration',
          partnerId,
          place,
          productFamilies: contended(fields.productFamilies, previous),
          completeAt: kept?.completeAt.toISOString() ?? submittedAt,
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
      },
      read,
    );
  };

  const direct = async (tx: EntityManager, event: DirectlyClaimed): Promise<void> => {
    const { vendor, id: claimId } = event.stream;
    const previous = await findClaim(tx, vendor, claimId);
    const census = await censusOf(tx, vendor, claimId, null);
    const place = previous?.place ?? census.nextPlace;
    const record = directRecord(event.data);
    await screenClaim(parts, tx, event, {
      claim: {
        claimId,
        kind: 'direct',
        partnerId: null,
        place,
        productFamilies: contended(event.data.productFamilies, previous),
        completeAt: previous?.completeAt.toISOString() ?? event.at,
        record,
      },
      previous,
      census,
      own: ownCustomer(event, previous, record, place),
      basis: 'new',
      overCap: null,
      policy: await policyOf(vendor, event.data.policyVersion),
      contentHash: null,
      returnedAt: null,
    });
  };

  /** A live claim goes through the pass again because of what a person said of it. */
  const again = async (
    tx: EntityManager,
    event: Screened,
    previous: ScreeningClaim,
    basis: 'confirmed' | 'separated',
  ): Promise<void> => {
    const { vendor, claimId, partnerId, place, customerKey, policyVersion, contentHash, returnedAt } = previous;
    const parted = { key: derivedId('customer', event.id, claimId), since: null };
    await screenClaim(parts, tx, event, {
      claim: placed(previous),
      previous,
      census: await censusOf(tx, vendor, claimId, partnerId),
      own: basis === 'separated' ? parted : { key: customerKey, since: place },
      basis,
      overCap: null,
      policy: await policyOf(vendor, policyVersion),
      contentHash,
      returnedAt,
    });
  };

  const confirmed = async (tx: EntityManager, event: Screened): Promise<void> => {
    const claim = await findClaim(tx, event.stream.vendor, event.stream.id);
    if (claim?.live) await again(tx, event, claim, 'confirmed');
  };

  /** Of each pair that shares a customer one is parted from it; all that were named are screened again, for those that wait for it. */
  const dismissed = async (tx: EntityManager, { data, ...event }: Dismissed): Promise<void> => {
    const claims = new Map<string, ScreeningClaim>();
    for (const claimId of new Set(data.pairs.flat())) {
      const claim = await findClaim(tx, event.stream.vendor, claimId);
      if (claim?.live) claims.set(claimId, claim);
    }
    const parted = new Set<string>();
    for (const [one, other] of data.pairs) {
      const [a, b] = [claims.get(one), claims.get(other)];
      if (a && b && a.customerKey === b.customerKey) parted.add(toPart(a, b).claimId);
    }
    for (const claim of [...claims.values()].toSorted((a, b) => a.place - b.place)) {
      await again(tx, { data, ...event }, claim, parted.has(claim.claimId) ? 'separated' : 'confirmed');
    }
  };

  const handle = async (tx: EntityManager, event: Screened, read?: Promise<ClaimPast>): Promise<void> => {
    await followClaim(tx, event);
    switch (event.type) {
      case 'RegistrationSubmitted':
        return event.data.toScreen ? submitted(tx, event, read) : undefined;
      case 'DirectClaimOpened':
        return direct(tx, event);
      case 'DirectClaimChanged':
        return event.data.toScreen ? direct(tx, event) : undefined;
      case 'MatchConfirmed':
        return confirmed(tx, event);
      case 'CaseDismissed':
        return dismissed(tx, event);
    }
  };

  /** The streams of the next submissions are read while the claim before them is screened. */
  const readAhead = (batch: readonly Screened[]) => {
    const due = batch.filter((event) => event.type === 'RegistrationSubmitted' && event.data.toScreen);
    const reads = new Map<string, Promise<ClaimPast>>();
    return (event: Screened): Promise<ClaimPast> | undefined => {
      for (const next of due.splice(0, ahead - reads.size)) {
        const { id, stream } = next;
        const read = readPast(parts, screeningCaller(parts, next, stream.id), 'registration', stream.id);
        // whoever takes it hears of a fault
        read.catch(() => undefined);
        reads.set(id, read);
      }
      const read = reads.get(event.id);
      reads.delete(event.id);
      return read;
    };
  };

  return {
    name: 'screening',
    role: 'reactors',
    prompt: true,
    concerns: ({ stream: { category } }) =>
      category === 'registration' || category === 'direct' || category === 'conflict',
    handle: async (batch, tx) => {
      const events = batch as readonly Screened[];
      const readOf = readAhead(events);
      for (const event of events) await handle(tx, event, readOf(event));
    },
  };
};

/** How many streams are read before their turn. */
const ahead = 8;

/** The same customer's record keeps its customer; a changed one begins a new one, unless it matches somebody's. */
const ownCustomer = (
  event: Screened,
  previous: ScreeningClaim | null,
  record: ClaimRecord,
  place: number,
): OwnCustomer =>
  previous && canonicalJson(previous.record) === canonicalJson(record)
    ? { key: previous.customerKey, since: place }
    : { key: derivedId('customer', event.id), since: null };

/** The later claim has to go, but for an approved one: its exclusivity stands on the customer. */
const toPart = (a: ScreeningClaim, b: ScreeningClaim): ScreeningClaim => {
  const [earlier, later] = a.place < b.place ? [a, b] : [b, a];
  return isApproved(later) && !isApproved(earlier) ? earlier : later;
};
