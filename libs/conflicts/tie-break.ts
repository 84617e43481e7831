import type { Instant } from '../kernel/decider.js';
import type { Money } from '../kernel/money.js';
import type { EligibilityCheck, Evidence } from '../registrations/registration.events.js';
import type { PolicyRules, Tier } from '../policy/policy.events.js';
import { flip } from './flip.js';
import { rank, type Ranking } from './ranking.js';
import { reservedBecause } from './reservation.js';

/** One claimant as the rules see it; null = not known or not applicable (a direct claim has no tier). */
export type TieBreakClaim = {
  readonly claimId: string;
  readonly kind: 'registration' | 'direct';
  readonly partnerId: string | null;
  readonly place: number;
  /** When the claim was first complete. */
  readonly completeAt: Instant;
  /** Failed checks drop the claim out with their code. */
  readonly checks: readonly EligibilityCheck[];
  readonly protectedUntil: Instant | null;
  readonly opportunityType: 'net-new' | 'expansion' | 'renewal' | null;
  readonly value: Money | null;
  readonly tier: Tier | null;
  readonly certified: boolean;
  readonly procurementVehicle: string | null;
  readonly evidence: readonly Evidence[];
};

export type RuleName =
  | 'gates'
  | 'customer-choice'
  | 'live-protection'
  | 'incumbency'
  | 'contention-window'
  | 'effort'
  | 'certification'
  | 'procurement-vehicle'
  | 'tier'
  | 'first-complete';

export type RuleTrace = {
  readonly rule: RuleName;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
  readonly result: string;
  readonly decisive: boolean;
};

export type Evaluation = {
  readonly policyVersion: string;
  /** SHA-256 (hex) over the canonical JSON of the inputs: the handler's, so that this file needs no package. */
  readonly inputsHash: string;
  readonly trace: readonly RuleTrace[];
  readonly recommendation: { readonly winner: string | null; readonly rule: RuleName | null; readonly reason: string };
  /** The smallest change that would have flipped it; null where nothing a claimant could do would. */
  readonly flip: string | null;
};

export type TieBreak = (
  policy: PolicyRules,
  claims: readonly TieBreakClaim[],
  now: Instant,
) => Omit<Evaluation, 'policyVersion' | 'inputsHash'>;

const reasonOf = ({ trace, winner, rule }: Ranking): string => {
  const inputs = Object.entries(trace.find((each) => each.decisive)?.inputs ?? {});
  return `${winner} leads by ${rule}: ${inputs.map(([claimId, figure]) => `${claimId} ${figure}`).join(', ')}.`;
};

/** Who should win, why, and what would have changed it. The order of `claims` is of no matter. */
export const tieBreak: TieBreak = (policy, claims, now) => {
  const ranking = rank(policy, claims, now);
  const { trace, winner, rule, eligible } = ranking;
  const reserved = reservedBecause(policy, eligible);
  const nobody = { winner: null, rule: null };
  return {
    trace,
    flip: flip(policy, claims, now, ranking),
    recommendation:
      winner === null
        ? { ...nobody, reason: 'No claim passes the gates.' }
        : reserved.length > 0
          ? { ...nobody, reason: `Reserved for a person: ${reserved.join('; ')}.` }
          : { winner, rule, reason: reasonOf(ranking) },
  };
};
