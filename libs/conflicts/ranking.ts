import type { Instant } from '../kernel/decider.js';
import type { PolicyRules, Tier } from '../policy/policy.events.js';
import type { RuleName, RuleTrace, TieBreakClaim } from './tie-break.js';

const hourMs = 3_600_000;
const tiers: readonly Tier[] = ['registered', 'silver', 'gold', 'platinum'];

type Shown = string | number | boolean | null;
/** The claims with the highest `score` lead; `shown` is the figure that the trace records for a claim. */
type Rule = {
  readonly rule: RuleName;
  readonly score: (claim: TieBreakClaim) => number;
  readonly shown: (claim: TieBreakClaim) => Shown;
};

export type Ranking = {
  readonly trace: readonly RuleTrace[];
  /** The claims that the gates let through. */
  readonly eligible: readonly TieBreakClaim[];
  readonly winner: string | null;
  readonly rule: RuleName | null;
};

const has = (claim: TieBreakClaim, kind: string) => claim.evidence.some((each) => each.kind === kind);

/** Each kind counts once, and a quote is a proposal: the one that counts more. */
export const effort = ({ effortPoints: points }: PolicyRules, claim: TieBreakClaim): number => {
  const of = (kind: keyof typeof points) => (has(claim, kind) ? points[kind] : 0);
  return of('poc') + of('demo') + of('meeting') + Math.max(of('proposal'), of('quote'));
};

export const failedChecks = ({ checks }: TieBreakClaim): readonly string[] =>
  checks.filter(({ result }) => result === 'failed').map(({ rule }) => rule);

const flag = (rule: RuleName, holds: (claim: TieBreakClaim) => boolean): Rule => ({
  rule,
  score: (claim) => (holds(claim) ? 1 : 0),
  shown: holds,
});

const incumbent = ({ lookBackDays }: PolicyRules, now: Instant) => {
  const since = new Date(Date.parse(now) - lookBackDays * 24 * hourMs).toISOString();
  return ({ opportunityType, evidence }: TieBreakClaim): boolean =>
    (opportunityType === 'renewal' || opportunityType === 'expansion') &&
    evidence.some(({ kind, occurredAt }) => kind === 'incumbency' && occurredAt >= since && occurredAt <= now);
};

const beforeTheWindow = (policy: PolicyRules, now: Instant): readonly Rule[] => [
  flag('customer-choice', (claim) => has(claim, 'customer-choice')),
  {
    rule: 'live-protection',
    score: ({ protectedUntil }) => (protectedUntil !== null && protectedUntil > now ? 1 : 0),
    shown: ({ protectedUntil }) => protectedUntil,
  },
  flag('incumbency', incumbent(policy, now)),
];

const insideTheWindow = (policy: PolicyRules): readonly Rule[] => [
  { rule: 'effort', score: (claim) => effort(policy, claim), shown: (claim) => effort(policy, claim) },
  flag('certification', ({ certified }) => certified),
  {
    rule: 'procurement-vehicle',
    score: ({ procurementVehicle }) => (procurementVehicle ? 1 : 0),
    shown: ({ procurementVehicle }) => procurementVehicle,
  },
  { rule: 'tier', score: ({ tier }) => (tier ? tiers.indexOf(tier) : -1), shown: ({ tier }) => tier },
];

const firstComplete: Rule = { rule: 'first-complete', score: ({ place }) => -place, shown: ({ place }) => place };

/** When the window ends that the first of `claims` (by place) opened, or null where there is none. */
export const windowEnd = (policy: PolicyRules, claims: readonly TieBreakClaim[]): Instant | null => {
  const [first] = claims.toSorted((a, b) => a.place - b.place);
  return first ? new Date(Date.parse(first.completeAt) + policy.contentionHours * hourMs).toISOString() : null;
};

const shownOf = (claims: readonly TieBreakClaim[], shown: Rule['shown']) =>
  Object.fromEntries(claims.map((claim) => [claim.claimId, shown(claim)]));

const leadersOf = ({ score }: Rule, claims: readonly TieBreakClaim[]) => {
  const best = Math.max(...claims.map(score));
  return claims.filter((claim) => score(claim) === best);
};

const idsOf = (claims: readonly TieBreakClaim[]) => claims.map(({ claimId }) => claimId).join(', ');

/**
 * Every rule in its order. A rule decides where exactly one claim leads; where several lead it narrows the field to
 * them and the next one goes on, so that of three claims the weakest can drop out first. Once decided, the rules that
 * are left are shown over all eligible claims, as information.
 *
 * In a trace `inputs` are the figure of each claim, `result` is who leads by it: ids, `tie` or `not-applied`.
 */
export const rank = (policy: PolicyRules, claims: readonly TieBreakClaim[], now: Instant): Ranking => {
  const byPlace = claims.toSorted((a, b) => a.place - b.place || (a.claimId < b.claimId ? -1 : 1));
  const eligible = byPlace.filter((claim) => failedChecks(claim).length === 0);
  let field = eligible;
  let decided: RuleName | null = eligible.length === 1 && byPlace.length > 1 ? 'gates' : null;
  const trace: RuleTrace[] = [
    {
      rule: 'gates',
      inputs: shownOf(byPlace, (claim) => failedChecks(claim).join(', ') || 'passed'),
      result: eligible.length === byPlace.length ? 'tie' : idsOf(eligible),
      decisive: decided === 'gates',
    },
  ];
  const judge = (rule: Rule, more: RuleTrace['inputs'] = {}) => {
    const seen = decided ? eligible : field;
    const leaders = leadersOf(rule, seen);
    const decisive = !decided && leaders.length === 1;
    const result = leaders.length > 1 && leaders.length === seen.length ? 'tie' : idsOf(leaders);
    trace.push({ rule: rule.rule, inputs: { ...more, ...shownOf(seen, rule.shown) }, result, decisive });
    if (decided) return;
    field = leaders;
    if (decisive) decided = rule.rule;
  };

  for (const rule of beforeTheWindow(policy, now)) judge(rule);

  const seen = decided ? eligible : field;
  const end = windowEnd(policy, seen);
  const inside = seen.filter(({ completeAt }) => end !== null && completeAt <= end);
  // alone in its window, the first has no one to be weighed against: the rule after these says the same of it
  const shared = inside.length > 1;
  trace.push({
    rule: 'contention-window',
    inputs: { windowEndsAt: end, ...shownOf(seen, ({ completeAt }) => completeAt) },
    result: shared && inside.length < seen.length ? idsOf(inside) : shared ? 'tie' : 'not-applied',
    decisive: false,
  });
  if (shared && !decided) field = inside;
  for (const rule of insideTheWindow(policy)) {
    if (shared) judge(rule);
    else trace.push({ rule: rule.rule, inputs: shownOf(seen, rule.shown), result: 'not-applied', decisive: false });
  }
  judge(firstComplete);
  // two of one place can't be; if they were, the order of their ids would still be one answer
  const [winner] = field;
  return { trace, eligible, winner: winner?.claimId ?? null, rule: winner ? (decided ?? 'first-complete') : null };
};
