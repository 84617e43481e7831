import type { Instant } from '../kernel/decider.js';
import type { PolicyRules, Tier } from '../policy/policy.events.js';
import { failedChecks, rank, type Ranking, windowEnd } from './ranking.js';
import { reservedBecause } from './reservation.js';
import type { TieBreakClaim } from './tie-break.js';

/** `had` reads on after "Had <claim> ". */
type Change = { readonly claim: TieBreakClaim; readonly had: string };
type Effort = keyof PolicyRules['effortPoints'];

const nextTier: Readonly<Record<Tier, Tier | null>> = {
  registered: 'silver',
  silver: 'gold',
  gold: 'platinum',
  platinum: null,
};

const withEvidence = (claim: TieBreakClaim, kinds: readonly TieBreakClaim['evidence'][number]['kind'][]) => ({
  ...claim,
  evidence: [...claim.evidence, ...kinds.map((kind) => ({ kind, sha256: '', occurredAt: claim.completeAt }))],
});

const passed = (claim: TieBreakClaim): Change[] => {
  const failed = failedChecks(claim);
  return failed.length > 0 ? [{ claim: { ...claim, checks: [] }, had: `passed ${failed.join(' and ')}` }] : [];
};

const moreEffort = (policy: PolicyRules, claim: TieBreakClaim): Change[] => {
  const missing = (Object.keys(policy.effortPoints) as Effort[]).filter(
    (kind) => !claim.evidence.some((each) => each.kind === kind),
  );
  const sets = missing.reduce<readonly Effort[][]>((all, kind) => [...all, ...all.map((set) => [...set, kind])], [[]]);
  const points = (set: readonly Effort[]) => set.reduce((sum, kind) => sum + policy.effortPoints[kind], 0);
  return sets
    .slice(1)
    .toSorted((a, b) => points(a) - points(b) || a.length - b.length)
    .map((set) => ({ claim: withEvidence(claim, set), had: `shown one more ${set.join(' and ')}` }));
};

const certified = (claim: TieBreakClaim): Change[] =>
  claim.certified ? [] : [{ claim: { ...claim, certified: true }, had: 'been backed by a certification' }];

const vehicle = (claim: TieBreakClaim): Change[] =>
  claim.procurementVehicle
    ? []
    : [{ claim: { ...claim, procurementVehicle: 'any' }, had: 'named a procurement vehicle' }];

const higherTier = (claim: TieBreakClaim): Change[] => {
  const tier = claim.tier && nextTier[claim.tier];
  return tier ? [{ claim: { ...claim, tier }, had: `had the tier ${tier}` }, ...higherTier({ ...claim, tier })] : [];
};

const sooner = (policy: PolicyRules, claim: TieBreakClaim, eligible: readonly TieBreakClaim[]): Change[] => {
  const [first] = eligible;
  const end = windowEnd(policy, eligible);
  if (!first || !end) return [];
  const late = claim.completeAt > end;
  return [
    ...(late ? [{ claim: { ...claim, completeAt: end }, had: `been complete by ${end}` }] : []),
    {
      claim: { ...claim, completeAt: first.completeAt, place: first.place - 1 },
      had: `been complete before ${first.claimId}`,
    },
  ];
};

const chosen = (claim: TieBreakClaim): Change[] => [
  { claim: withEvidence(claim, ['customer-choice']), had: 'had the customer’s written choice' },
];

/**
 * The first change, from the smallest to the largest, that would have made another claim win, as a sentence: each is
 * tried on the rules themselves. Where they would have left every such case to a person, the first that would have put
 * another claim ahead. Null where nothing that a claimant could have done would.
 */
export const flip = (
  policy: PolicyRules,
  claims: readonly TieBreakClaim[],
  now: Instant,
  { winner, eligible }: Ranking,
): string | null => {
  const losers = claims.filter(({ claimId }) => claimId !== winner).toSorted((a, b) => a.place - b.place);
  const kinds: readonly ((claim: TieBreakClaim) => Change[])[] = [
    passed,
    (claim) => moreEffort(policy, claim),
    certified,
    vehicle,
    higherTier,
    (claim) => sooner(policy, claim, eligible),
    chosen,
  ];
  let advised: string | null = null;
  for (const changes of kinds)
    for (const { claim, had } of losers.flatMap(changes)) {
      const others = claims.filter(({ claimId }) => claimId !== claim.claimId);
      const then = rank(policy, [...others, claim], now);
      if (then.winner !== claim.claimId) continue;
      const reserved = reservedBecause(policy, then.eligible).join('; ');
      if (reserved === '') return `Had ${claim.claimId} ${had}, it would have led by ${then.rule}.`;
      advised ??= `Had ${claim.claimId} ${had}, it would have been ahead by ${then.rule}, and a person would have had to decide: ${reserved}.`;
    }
  return advised;
};
