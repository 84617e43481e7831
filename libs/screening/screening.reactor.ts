import type { CommandBus } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import { type Claimant, type ConflictEvent } from '../conflicts/conflict.events.js';
import { OpenOrJoinCase } from '../conflicts/conflict.handler.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { ExecuteDirectClaim } from '../direct-claims/direct-claim.handler.js';
import { canonicalJson } from '../kernel/json.js';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { derivedId } from '../platform/event-store/transact.js';
import type { Processor } from '../platform/processors/processor.js';
import { openCap } from '../policy/amounts.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyBook } from '../policy/policy-book.js';
import type { PolicyRules } from '../policy/policy.events.js';
import { weightsVersion } from '../matching/match.js';
import type { RegistrationEvent, Screening } from '../registrations/registration.events.js';
import { ExecuteRegistration } from '../registrations/registration.handler.js';
import { directRecord, registrationRecord } from './claim-record-of.js';
import { followClaim } from './following-claims.js';
import { candidatesFor, type Claim, contentionEndsAt, contests, customerOf, outcomeOf } from './screening.js';
import {
  claimsOfCustomer,
  countOpen,
  findClaim,
  findSimilar,
  keysOf,
  nextPlace,
  placed,
  rememberedOf,
  saveClaim,
  type ScreeningClaim,
  contended,
} from './screening-claim.js';

type Screened = Recorded<RegistrationEvent> | Recorded<DirectClaimEvent> | Recorded<ConflictEvent>;
type Basis = 'new' | 'matched' | 'confirmed' | 'separated';
type Policy = { readonly version: string; readonly rules: PolicyRules };

/** A claim on its way through the pass: what it brings, and what an earlier pass left of it. */
type Entrant = {
  readonly claim: Claim;
  readonly previous: ScreeningClaim | null;
  /** Its customer where it matches nobody's. */
  readonly ownKey: string;
  readonly basis: Basis;
  readonly overCap: { readonly open: number; readonly cap: number } | null;
  readonly policy: Policy;
};

/**
 * The one ordered pass that says who was first. Per event, in commit order: match against the live claims of its own
 * table, open or join the cases, then record the screening, then write the row from what was **recorded**: after a
 * crash the outcome that the stream already holds wins over a newer matcher's. One after the other, because each
 * answer depends on all before it. A fault leaves the claim `submitted`: it fails closed.
 */
export const screeningReactor = (bus: CommandBus, policies: PolicyBook, clock: Clock): Processor => {
  const screen = async (
    tx: EntityManager,
    cause: Screened,
    { claim, previous, ownKey, basis, overCap, policy }: Entrant,
  ): Promise<void> => {
    const { vendor } = cause.stream;
    const { rules } = policy;
    const remembered = await rememberedOf(tx, vendor, claim.claimId);
    const similar = await findSimilar(tx, vendor, claim.record, claim.claimId);
    const candidates = candidatesFor(claim, similar, remembered, rules.matching);
    const { customerKey, otherCustomerKeys } = customerOf(candidates, ownKey);
    const sameCustomer = await claimsOfCustomer(tx, vendor, customerKey, claim.claimId);
    const cases: { caseId: string; family: string }[] = [];
    for (const { family, claimants } of overCap ? [] : contests(claim, sameCustomer)) {
      const caller = causedBy(cause, 'screening', `${claim.claimId} case ${family}`, clock.now());
      const strongest = candidates.find(({ claimId, verdict }) => verdict === 'certain' && isAmong(claimants, claimId));
      const match = strongest ? { verdict: strongest.verdict, fields: strongest.fields } : null;
      const opening = { customerKey, family, claimants, match, policyVersion: policy.version, rules, reason: null };
      const { caseId } = await bus.execute(new OpenOrJoinCase(opening, caller));
      cases.push({ caseId, family });
    }
    const screening: Screening = {
      place: claim.place,
      outcome: outcomeOf(candidates, cases),
      customerKey,
      otherCustomerKeys,
      candidates,
      weightsVersion,
      cases,
      contentionEndsAt: contentionEndsAt(claim, sameCustomer, rules.contentionHours),
    };
    const caller = causedBy(cause, 'screening', `${claim.claimId} screening`, clock.now());
    const known = customerKey === ownKey ? basis : basis === 'confirmed' ? 'confirmed' : 'matched';
    const events: readonly (RegistrationEvent | DirectClaimEvent)[] =
      claim.kind === 'registration'
        ? (
            await bus.execute(
              new ExecuteRegistration(
                claim.claimId,
                { type: 'RecordScreening', screening, basis: known, overCap, policyVersion: policy.version },
                caller,
              ),
            )
          ).events
        : (
            await bus.execute(
              new ExecuteDirectClaim(
                claim.claimId,
                {
                  type: 'RecordDirectScreening',
                  screening,
                  account: claim.record,
                  previousKey: previous?.customerKey ?? null,
                },
                caller,
              ),
            )
          ).events;
    const recorded = events.find(({ type }) => type === 'RegistrationScreened' || type === 'DirectClaimScreened')
      ?.data as Screening | undefined;
    // nothing recorded: the claim ended before its turn came
    const live =
      recorded !== undefined &&
      claim.productFamilies.length > 0 &&
      !events.some(({ type }) => type === 'RegistrationRejected');
    await saveClaim(tx, {
      vendor,
      claimId: claim.claimId,
      kind: claim.kind,
      partnerId: claim.partnerId,
      place: recorded?.place ?? claim.place,
      customerKey: recorded?.customerKey ?? customerKey,
      productFamilies: [...claim.productFamilies],
      lostFamilies: previous?.lostFamilies ?? [],
      completeAt: new Date(claim.completeAt),
      returnedAt: null,
      record: claim.record,
      live,
      open: live && claim.kind === 'registration' && (previous?.open ?? true),
      keys: live ? keysOf(vendor, claim.record) : [],
    });
  };

  const submitted = async (
    tx: EntityManager,
    event: Recorded<Extract<RegistrationEvent, { type: 'RegistrationSubmitted' }>>,
  ): Promise<void> => {
    const { stream, data } = event;
    const version = data.receipt.policyVersion;
    const rules = await policies.version(stream.vendor, version);
    const previous = await findClaim(tx, stream.vendor, stream.id);
    const late = previous?.returnedAt
      ? data.submittedAt >
        addBusinessDays(previous.returnedAt.toISOString(), rules.returnedKeepsPlaceBusinessDays, rules.calendar)
      : false;
    const keepsPlace = previous !== null && !late;
    const record = registrationRecord(data.fields);
    const sameCustomer = previous && canonicalJson(previous.record) === canonicalJson(record);
    const open = await countOpen(tx, stream.vendor, data.partnerId, stream.id);
    const cap = openCap(rules, data.tier);
    await screen(tx, event, {
      claim: {
        claimId: stream.id,
        kind: 'registration',
        partnerId: data.partnerId,
        place: keepsPlace ? previous.place : await nextPlace(tx, stream.vendor),
        productFamilies: contended(data.fields.productFamilies, previous),
        completeAt: keepsPlace ? previous.completeAt.toISOString() : data.submittedAt,
        record,
      },
      previous,
      ownKey: sameCustomer ? previous.customerKey : derivedId('customer', event.id),
      basis: 'new',
      overCap: previous === null && open >= cap ? { open, cap } : null,
      policy: { version, rules },
    });
  };

  const direct = async (
    tx: EntityManager,
    event: Recorded<Extract<DirectClaimEvent, { type: 'DirectClaimOpened' | 'DirectClaimChanged' }>>,
  ): Promise<void> => {
    const { stream, data } = event;
    const previous = await findClaim(tx, stream.vendor, stream.id);
    const record = directRecord(data);
    const sameCustomer = previous && canonicalJson(previous.record) === canonicalJson(record);
    await screen(tx, event, {
      claim: {
        claimId: stream.id,
        kind: 'direct',
        partnerId: null,
        place: previous?.place ?? (await nextPlace(tx, stream.vendor)),
        productFamilies: contended(data.productFamilies, previous),
        completeAt: previous?.completeAt.toISOString() ?? event.at,
        record,
      },
      previous,
      ownKey: sameCustomer ? previous.customerKey : derivedId('customer', event.id),
      basis: 'new',
      overCap: null,
      policy: await policies.inForce(stream.vendor, event.at),
    });
  };

  /** A live claim goes through the pass again because of what a person said of it. */
  const again = async (
    tx: EntityManager,
    event: Screened,
    claimId: string,
    basis: 'confirmed' | 'separated',
  ): Promise<void> => {
    const { vendor } = event.stream;
    const previous = await findClaim(tx, vendor, claimId);
    if (!previous?.live) return;
    await screen(tx, event, {
      claim: placed(previous),
      previous,
      ownKey: basis === 'separated' ? derivedId('customer', event.id, claimId) : previous.customerKey,
      basis,
      overCap: null,
      policy: await policies.inForce(vendor, event.at),
    });
  };

  const dismissed = async (
    tx: EntityManager,
    event: Recorded<Extract<ConflictEvent, { type: 'CaseDismissed' }>>,
  ): Promise<void> => {
    const { vendor } = event.stream;
    const separated = new Map<string, number>();
    for (const [one, other] of event.data.pairs) {
      const [a, b] = [await findClaim(tx, vendor, one), await findClaim(tx, vendor, other)];
      const later = a && b ? (a.place > b.place ? a : b) : null;
      if (later) separated.set(later.claimId, later.place);
    }
    for (const [claimId] of [...separated].toSorted(([, a], [, b]) => a - b))
      await again(tx, event, claimId, 'separated');
  };

  const handle = async (tx: EntityManager, event: Screened): Promise<void> => {
    await followClaim(tx, event);
    switch (event.type) {
      case 'RegistrationSubmitted':
        return event.data.toScreen ? submitted(tx, event) : undefined;
      case 'DirectClaimOpened':
        return direct(tx, event);
      case 'DirectClaimChanged':
        return event.data.toScreen ? direct(tx, event) : undefined;
      case 'MatchConfirmed':
        return again(tx, event, event.stream.id, 'confirmed');
      case 'CaseDismissed':
        return event.data.reason === 'different-customer' ? dismissed(tx, event) : undefined;
    }
  };

  return {
    name: 'screening',
    role: 'reactors',
    batchLimit: 100,
    concerns: ({ stream: { category } }) =>
      category === 'registration' || category === 'direct' || category === 'conflict',
    handle: async (batch, tx) => {
      for (const event of batch) await handle(tx, event as Screened);
    },
  };
};

const isAmong = (claimants: readonly Claimant[], claimId: string): boolean =>
  claimants.some((claimant) => claimant.claimId === claimId);
