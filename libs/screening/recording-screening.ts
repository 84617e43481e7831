import type { CommandBus } from '@nestjs/cqrs';
import type { ConflictEvent } from '../conflicts/conflict.events.js';
import { LeaveOpenCase, OpenOrJoinCase } from '../conflicts/conflict.handler.js';
import type { CustomerEvent } from '../customers/customer.events.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { ExecuteDirectClaim } from '../direct-claims/direct-claim.handler.js';
import type { Instant } from '../kernel/decider.js';
import { mostProposed } from '../matching/candidate-search.js';
import { weightsVersion } from '../matching/match.js';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { EventStore, Recorded } from '../platform/event-store/event-store.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { Candidate, RegistrationEvent, Screening } from '../registrations/registration.events.js';
import { ExecuteRegistration } from '../registrations/registration.handler.js';
import { isClaim, isLive } from '../registrations/registration.state.js';
import { type ClaimPast, type Pasts, readPast, screeningCaller } from './claim-past.js';
import { adoptNames } from './known-as.js';
import {
  candidatesFor,
  type Claim,
  contentionEndsAt,
  contests,
  customerOf,
  givenUp,
  outcomeOf,
  type OwnCustomer,
  type PlacedClaim,
} from './screening.js';
import type { Book, Census } from './screening-book.js';
import { contended, isApproved, type ScreeningClaim } from './screening-claim.js';
import type { UnderWay } from './under-way.js';

export type Rejoining = Recorded<Extract<CustomerEvent, { type: 'CustomerMerged' | 'CustomerSplit' }>>;
export type Screened = Recorded<RegistrationEvent> | Recorded<DirectClaimEvent> | Recorded<ConflictEvent> | Rejoining;

/** A claim on its way through the pass: what it brings, and what an earlier pass left of it. */
export type Entrant = {
  readonly claim: Claim;
  readonly previous: ScreeningClaim | null;
  readonly census: Census;
  readonly own: OwnCustomer;
  readonly basis: 'new' | 'confirmed' | 'separated' | 'merged';
  readonly overCap: { readonly open: number; readonly cap: number } | null;
  readonly policy: { readonly version: string; readonly rules: PolicyRules };
  /** Of the submission that is screened; null for a direct claim. */
  readonly contentHash: string | null;
  readonly returnedAt: Instant | null;
};

/** A batch on its way through the pass. */
export type Pass = { readonly book: Book; readonly underWay: UnderWay; readonly pasts: Pasts };
export type ScreeningParts = { readonly bus: CommandBus; readonly store: EventStore; readonly clock: Clock };

/** What a claim may change for those behind it, or depends on. */
export const marks = {
  claim: (claimId: string) => `claim ${claimId}`,
  customer: (customerKey: string) => `customer ${customerKey}`,
  partner: (partnerId: string | null) => `partner ${partnerId}`,
};

/**
 * Screens one claim: match, leave the cases it no longer contends in, open or join those it does, record, and write the
 * row from what was **recorded**. Its stream is asked first: an outcome that it already holds wins over what a newer
 * matcher or a table begun anew would say, and nothing is sent for it; nor for a claim that ended before its turn came.
 *
 * Its commands are sent while the claims behind it are compared. Whoever could hear of them - a candidate, a claim of the
 * customer, one more of a partner that has come to its cap - waits until they are answered, and is then compared anew.
 *
 * @param n which of the records that the book was to search for
 * @param known assumed, it is read before any other stream is written to because of it
 */
export const screenClaim = async (
  parts: ScreeningParts,
  { book, underWay, pasts }: Pass,
  cause: Screened,
  n: number,
  entrantOf: () => Entrant,
  known: ClaimPast,
): Promise<void> => {
  let past = known;
  for (;;) {
    const touches = underWay.sight();
    const entrant = entrantOf();
    const recorded: Outcome | undefined = past.past.recorded?.events;
    if (!past.assumed) pasts.repeat = recorded !== undefined;
    if (recorded || !waits(past, entrant)) return saveOutcome(book, entrant, recorded ?? []);
    const decision = await compare(book, touches, entrant, n, lostBy(past));
    if (past.assumed && decision.left.length + decision.contested.length > 0) {
      const { claimId, kind } = entrant.claim;
      past = await readPast(parts, screeningCaller(parts, cause, claimId), kind, claimId);
    } else if (touches(decision.hearsOf)) {
      await underWay.outlast(decision.hearsOf);
    } else {
      // as those who have nothing to do with it may take it for
      await saveNamed(
        book,
        entrant,
        rowOf(entrant, entrant.claim.place, decision.customerKey, entrant.overCap === null),
      );
      const sent = past;
      await underWay.start(decision.changes, async () => {
        const outcome = await send(parts, cause, entrant, decision, sent);
        const screening = screeningOf(outcome);
        if (sent.assumed && screening) pasts.repeat = screening.candidates !== decision.candidates;
        await saveOutcome(book, entrant, outcome);
      });
      return;
    }
  }
};

type Outcome = readonly (RegistrationEvent | DirectClaimEvent)[];

const screeningOf = (events: Outcome): Screening | undefined =>
  events.find(({ type }) => type === 'RegistrationScreened' || type === 'DirectClaimScreened')?.data as
    Screening | undefined;

const saveOutcome = async (book: Book, entrant: Entrant, events: Outcome): Promise<void> => {
  const screening = screeningOf(events);
  const rejected = events.some(({ type }) => type === 'RegistrationRejected');
  const [place, customerKey] = [screening?.place ?? entrant.claim.place, screening?.customerKey ?? entrant.own.key];
  await saveNamed(book, entrant, rowOf(entrant, place, customerKey, screening !== undefined && !rejected));
};

const saveNamed = async (book: Book, { own }: Entrant, row: ScreeningClaim): Promise<void> => {
  // a customer begun just now has no other names
  const isNew = row.customerKey === own.key && own.since === null;
  book.save(isNew ? row : await adoptNames(book, row));
};

/**
 * Not one that ended before its turn came, or was submitted anew since: then that submission's own turn comes. Silence has
 * to be for good, or a table begun anew would break it: a direct claim that lost all it claimed may come back for more.
 */
const waits = (past: ClaimPast, { contentHash }: Entrant): boolean => {
  if (past.kind === 'direct') return ['open', 'lost'].includes(past.past.state.status);
  const { state } = past.past;
  return isClaim(state) && isLive(state) && state.receipt.contentHash === contentHash;
};

/** What it has lost by now: the pass may not have come to that yet. */
const lostBy = ({ past: { state } }: ClaimPast): readonly string[] =>
  'lostFamilies' in state ? state.lostFamilies : [];

/** What is to be sent for a claim, and whom that concerns. */
type Decision = {
  readonly customerKey: string;
  readonly otherCustomerKeys: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly left: readonly string[];
  /** `merged`: of protections that met because their customers were merged. */
  readonly contested: readonly (ReturnType<typeof contests>[number] & { readonly merged: boolean })[];
  readonly contentionEndsAt: string;
  readonly hearsOf: readonly string[];
  readonly changes: readonly string[];
};

const compare = async (
  book: Book,
  touches: ReturnType<UnderWay['sight']>,
  entrant: Entrant,
  n: number,
  lost: readonly string[],
): Promise<Decision> => {
  const { claim, previous, census, own, basis, overCap, policy } = entrant;
  const { remembered, same } = census;
  const { rules } = policy;
  const similar = await book.similar(n, claim.claimId, same);
  const candidates = candidatesFor(claim, similar, remembered, rules.matching, book.compare);
  const matched = new Set(candidates.map(({ claimId }) => claimId));
  const counts = ({ claimId }: PlacedClaim) => matched.has(claimId) || remembered(claimId) !== undefined;
  const mayLeave = similar.filter((each) => !counts(each) && touches([marks.claim(each.claimId)]));
  const keepOut = await keepingOut(book, entrant, n, similar, mayLeave);
  const { customerKey, otherCustomerKeys } = customerOf(candidates, own);
  // a customer begun just now is nobody else's
  const isNew = customerKey === own.key && own.since === null;
  const sameCustomer = isNew ? [] : await book.claimsOfCustomer(customerKey, claim.claimId);
  const left = previous?.live ? givenUp(previous, customerKey, claim.productFamilies) : [];
  const customers = [customerKey, ...(previous ? [previous.customerKey] : [])].map(marks.customer);
  return {
    customerKey,
    otherCustomerKeys,
    candidates,
    left,
    contested: (overCap ? [] : contests(without(claim, lost), sameCustomer)).map((contest) => ({
      ...contest,
      merged: basis === 'merged' && contest.claimants.filter(({ claimId }) => holds(book.claim(claimId))).length > 1,
    })),
    contentionEndsAt: contentionEndsAt(claim, sameCustomer, rules.contentionHours),
    hearsOf: [
      ...[...similar.filter(counts), ...keepOut].map(({ claimId }) => marks.claim(claimId)),
      ...customers,
      ...(overCap ? [marks.partner(claim.partnerId)] : []),
    ],
    changes: [marks.claim(claim.claimId), ...customers, marks.partner(claim.partnerId)],
  };
};

/** Of a full list each keeps another out, even where it matches nothing: those of `mayLeave` where that one would count. */
const keepingOut = async (
  book: Book,
  { claim, census: { remembered, same }, policy }: Entrant,
  n: number,
  similar: readonly PlacedClaim[],
  mayLeave: readonly PlacedClaim[],
): Promise<readonly PlacedClaim[]> => {
  if (mayLeave.length === 0 || similar.length < mostProposed) return [];
  const known = new Set(similar.map(({ claimId }) => claimId));
  const more = await book.similar(n, claim.claimId, same, mayLeave.length);
  const keptOut = more.filter(({ claimId }) => !known.has(claimId));
  const isSaid = keptOut.some(({ claimId }) => remembered(claimId) !== undefined);
  const matches = candidatesFor(claim, keptOut, remembered, policy.rules.matching, book.compare);
  return isSaid || matches.length > 0 ? mayLeave : [];
};

const without = (claim: Claim, lostFamilies: readonly string[]): Claim => ({
  ...claim,
  productFamilies: contended(claim.productFamilies, { lostFamilies }),
});

const holds = (claim: ScreeningClaim | null): boolean => claim !== null && isApproved(claim);

const send = async (
  parts: ScreeningParts,
  cause: Screened,
  { claim, previous, own, basis, overCap, policy, contentHash }: Entrant,
  { customerKey, otherCustomerKeys, candidates, left, contested, contentionEndsAt: endsAt }: Decision,
  past: ClaimPast,
): Promise<Outcome> => {
  const { bus } = parts;
  const { rules } = policy;
  for (const family of left) {
    const place = { customerKey: previous!.customerKey, family, claimId: claim.claimId };
    await bus.execute(
      new LeaveOpenCase(place, causedBy(cause, 'screening', `${claim.claimId} leaves ${family}`, parts.clock.now())),
    );
  }
  const cases: Screening['cases'][number][] = [];
  for (const { family, claimants, merged } of contested) {
    const strongest = candidates.find(
      ({ claimId, verdict }) => verdict === 'certain' && claimants.some((each) => each.claimId === claimId),
    );
    const match = strongest ? { verdict: strongest.verdict, fields: strongest.fields } : null;
    const found = { customerKey, family, claimants, match, merged };
    const opening = { ...found, policyVersion: policy.version, rules, reason: null };
    const { caseId, revision } = await bus.execute(
      new OpenOrJoinCase(opening, causedBy(cause, 'screening', `${claim.claimId} case ${family}`, parts.clock.now())),
    );
    cases.push({ caseId, family, since: revision });
  }
  const screening: Screening = {
    place: claim.place,
    outcome: outcomeOf(candidates, cases),
    customerKey,
    otherCustomerKeys,
    candidates,
    weightsVersion,
    cases,
    contentionEndsAt: endsAt,
  };
  const caller = screeningCaller(parts, cause, claim.claimId);
  if (past.kind === 'direct') {
    const previousKey = previous?.customerKey ?? null;
    const command = { type: 'RecordDirectScreening', screening, account: claim.record, previousKey } as const;
    return (await bus.execute(new ExecuteDirectClaim(claim.claimId, command, caller))).events;
  }
  const known = { past: past.past, assumed: past.assumed ?? false };
  const command = {
    type: 'RecordScreening',
    screening,
    basis: customerKey === own.key || basis === 'confirmed' ? basis : 'matched',
    overCap,
    policyVersion: policy.version,
    contentHash,
  } as const;
  return (await bus.execute(new ExecuteRegistration(claim.claimId, command, caller, known))).events;
};

const rowOf = (
  { claim, previous, policy, contentHash, returnedAt }: Entrant,
  place: number,
  customerKey: string,
  screened: boolean,
): ScreeningClaim => {
  const live = screened && claim.productFamilies.length > 0;
  return {
    claimId: claim.claimId,
    kind: claim.kind,
    partnerId: claim.partnerId,
    place,
    customerKey,
    productFamilies: claim.productFamilies,
    lostFamilies: previous?.lostFamilies ?? [],
    completeAt: claim.completeAt,
    returnedAt,
    policyVersion: policy.version,
    contentHash,
    record: claim.record,
    live,
    open: live && claim.kind === 'registration' && (previous?.open ?? true),
  };
};
