import type { DirectClaim } from '../direct-claims/direct-claim.decider.js';
import type { Instant } from '../kernel/decider.js';
import type { PartnerProfile } from '../partners/partner.events.js';
import { addBusinessDays } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { EligibilityCheck, RegistrationEvent } from '../registrations/registration.events.js';
import type { Claim } from '../registrations/registration.state.js';
import type { CaseFacts } from './conflict.state.js';
import type { Claimant } from './conflict.events.js';
import type { TieBreakClaim } from './tie-break.js';

/** When it was first complete; `late`: it came back from a return after the days in which a claim keeps its place. */
export type Completion = { readonly at: Instant; readonly late: boolean };

/** A claim as its own stream has it. */
export type ReadClaim =
  | {
      readonly kind: 'registration';
      readonly state: Claim;
      readonly completion: Completion;
      readonly partner: PartnerProfile | null;
    }
  | { readonly kind: 'direct'; readonly state: Exclude<DirectClaim, { status: 'unknown' }> };

/** Until when a claim that was returned may come back and keep its place. */
const keepsPlaceUntil = (returnedAt: Instant, { returnedKeepsPlaceBusinessDays, calendar }: PolicyRules): Instant =>
  addBusinessDays(returnedAt, returnedKeepsPlaceBusinessDays, calendar);

/** @param events of one registration, in their order */
export const completionOf = (events: Iterable<RegistrationEvent>, rules: PolicyRules): Completion | null => {
  let completion: Completion | null = null;
  let returnedAt: Instant | null = null;
  for (const { type, data } of events) {
    if (type === 'RegistrationReturned') returnedAt = data.returnedAt;
    if (type !== 'RegistrationSubmitted') continue;
    const late: boolean = returnedAt !== null && data.submittedAt > keepsPlaceUntil(returnedAt, rules);
    if (!completion || late) completion = { at: data.submittedAt, late };
    returnedAt = null;
  }
  return completion;
};

/** Its clock stands still while a case is open, so at `at` as much of it is left as when it stopped. */
const protectedUntil = ({ status, protection, grants }: Claim, family: string, at: Instant): Instant | null => {
  if (status !== 'approved' || !protection || !grants.some((grant) => grant.family === family)) return null;
  const { to, pausedAt } = protection;
  if (pausedAt === null || pausedAt >= at) return to;
  return new Date(Date.parse(to) + Date.parse(at) - Date.parse(pausedAt)).toISOString();
};

const completeness = ({ status, returned }: Claim, rules: PolicyRules, now: Instant): EligibilityCheck[] => {
  if (status !== 'returned' || !returned) return [];
  const until = keepsPlaceUntil(returned.returnedAt, rules);
  return [{ rule: 'incomplete', result: now > until ? 'failed' : 'flagged', inputs: { until } }];
};

const claimOf = (
  { claimId, kind, partnerId, place }: Claimant,
  read: ReadClaim,
  facts: CaseFacts,
  rules: PolicyRules,
  now: Instant,
): TieBreakClaim => {
  const submitted = facts.evidence.filter((each) => each.claimId === claimId);
  const shown = submitted.map((each) => ({ kind: each.kind, sha256: each.sha256, occurredAt: each.occurredAt }));
  const whose = { claimId, kind, partnerId, place: read.state.screening?.place ?? place };
  if (read.kind === 'direct')
    return {
      ...whose,
      completeAt: read.state.openedAt,
      checks: [],
      protectedUntil: null,
      opportunityType: null,
      value: null,
      tier: null,
      certified: false,
      procurementVehicle: null,
      evidence: shown,
    };
  const { state, completion, partner } = read;
  const { opportunityType, estimatedValue, procurementVehicle } = state.fields;
  return {
    ...whose,
    completeAt: completion.at,
    checks: [...state.checks, ...completeness(state, rules, now)],
    protectedUntil: protectedUntil(state, facts.family, facts.detectedAt),
    opportunityType,
    value: estimatedValue,
    tier: state.tier,
    // the policy ties no certification to a family: any that is valid counts
    certified: (partner?.certifications ?? []).some(({ validTo }) => validTo >= facts.detectedAt.slice(0, 10)),
    procurementVehicle: procurementVehicle ?? null,
    evidence: [...state.evidence, ...shown],
  };
};

/** A claim that has lost its place comes right behind those that were complete before it. */
const placed = (claim: TieBreakClaim, claims: readonly TieBreakClaim[]): TieBreakClaim => {
  const before = claims.filter(({ completeAt }) => completeAt < claim.completeAt).map(({ place }) => place + 0.5);
  return { ...claim, place: Math.max(claim.place, ...before) };
};

/** The claimants as the rules see them. `now` is asked only for whether a return is overdue: all else is as of the detection. */
export const claimsOfCase = (
  facts: CaseFacts,
  read: ReadonlyMap<string, ReadClaim>,
  rules: PolicyRules,
  now: Instant,
): readonly TieBreakClaim[] => {
  const known = facts.claimants.flatMap((claimant) => {
    const claim = read.get(claimant.claimId);
    return claim ? [{ claim: claimOf(claimant, claim, facts, rules, now), read: claim }] : [];
  });
  const claims = known.map(({ claim }) => claim);
  return known.map(({ claim, read: each }) =>
    each.kind === 'registration' && each.completion.late ? placed(claim, claims) : claim,
  );
};
