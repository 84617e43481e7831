import type { DirectClaim } from '../direct-claims/direct-claim.decider.js';
import type { Instant } from '../kernel/decider.js';
import type { Partner } from '../partners/partner.decider.js';
import { addBusinessDays, localDate } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { EligibilityCheck, Evidence, RegistrationEvent } from '../registrations/registration.events.js';
import { type Claim, submittedFields } from '../registrations/registration.state.js';
import type { CaseFacts } from './conflict.state.js';
import type { Claimant } from './conflict.events.js';
import { lookBackChecks, type Sale, standingChecks } from './gates.js';
import type { TieBreakClaim } from './tie-break.js';

/** When it was first complete; `late`: it came back from a return after the days in which a claim keeps its place. */
export type Completion = { readonly at: Instant; readonly late: boolean };

export type Attached = Evidence & { readonly attachedAt: Instant };

/** A claim as its own stream has it. */
export type ReadClaim =
  | {
      readonly kind: 'registration';
      readonly state: Claim;
      readonly completion: Completion;
      readonly attached: readonly Attached[];
      readonly partner: Partner;
    }
  | { readonly kind: 'direct'; readonly state: Exclude<DirectClaim, { status: 'unknown' }> };

/** What the streams beside that of the case say of it: the claims by their ids, and what was sold before. */
export type ReadCase = { readonly claims: ReadonlyMap<string, ReadClaim>; readonly sales: readonly Sale[] };

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

const shownEvidence = ({ kind, sha256, occurredAt }: Evidence): Evidence => ({ kind, sha256, occurredAt });

/** A deadline that the case has set is one for both sides, whichever way their evidence takes. */
const inTime = ({ request }: CaseFacts, attached: readonly Attached[]): readonly Evidence[] =>
  attached.filter(({ attachedAt }) => !request || attachedAt <= request.dueAt).map(shownEvidence);

/** What was checked with the screening, and what can have come about since. */
const checksOf = (
  state: Claim,
  partner: Partner,
  sales: readonly Sale[],
  facts: CaseFacts,
  rules: PolicyRules,
  now: Instant,
): readonly EligibilityCheck[] => {
  const standing = standingChecks(state, partner, facts.family);
  const before = state.checks.filter(({ rule }) => !standing.some((each) => each.rule === rule));
  return [
    ...before,
    ...standing,
    ...lookBackChecks(state, sales, rules, facts.detectedAt),
    ...completeness(state, rules, now),
  ];
};

const claimOf = (
  { claimId, kind, partnerId, place }: Claimant,
  read: ReadClaim,
  sales: readonly Sale[],
  facts: CaseFacts,
  rules: PolicyRules,
  now: Instant,
): TieBreakClaim => {
  const shown = facts.evidence.filter((each) => each.claimId === claimId).map(shownEvidence);
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
  const { state, completion, attached, partner } = read;
  const certifications = partner.status === 'unknown' ? [] : (partner.profile.certifications ?? []);
  const detectedOn = localDate(facts.detectedAt, rules.calendar.timeZone);
  const { opportunityType, estimatedValue, procurementVehicle } = submittedFields(state);
  return {
    ...whose,
    completeAt: completion.at,
    checks: checksOf(state, partner, sales, facts, rules, now),
    protectedUntil: protectedUntil(state, facts.family, facts.detectedAt),
    opportunityType,
    value: estimatedValue,
    tier: state.tier,
    // the policy ties no certification to a family: any that is valid counts
    certified: certifications.some(({ validTo }) => validTo >= detectedOn),
    procurementVehicle: procurementVehicle ?? null,
    evidence: [...inTime(facts, attached), ...shown],
  };
};

/** A claim that has lost its place comes right behind those that were complete before it. */
const placed = (claim: TieBreakClaim, claims: readonly TieBreakClaim[]): TieBreakClaim => {
  const before = claims.filter(({ completeAt }) => completeAt < claim.completeAt).map(({ place }) => place + 0.5);
  return { ...claim, place: Math.max(claim.place, ...before) };
};

/**
 * The claimants as the rules see them. `now` is asked only for whether a return is overdue, and partners are as they
 * stand: all else is as of the detection.
 */
export const claimsOfCase = (
  facts: CaseFacts,
  { claims: read, sales }: ReadCase,
  rules: PolicyRules,
  now: Instant,
): readonly TieBreakClaim[] => {
  const known = facts.claimants.flatMap((claimant) => {
    const claim = read.get(claimant.claimId);
    return claim ? [{ claim: claimOf(claimant, claim, sales, facts, rules, now), read: claim }] : [];
  });
  const claims = known.map(({ claim }) => claim);
  return known.map(({ claim, read: each }) =>
    each.kind === 'registration' && each.completion.late ? placed(claim, claims) : claim,
  );
};
