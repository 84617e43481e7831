import type { PolicyRules } from '../policy/policy.events.js';
import { effort } from './ranking.js';
import type { TieBreakClaim } from './tie-break.js';

const chosen = ({ evidence }: TieBreakClaim) => evidence.some(({ kind }) => kind === 'customer-choice');
const sameFile = (a: TieBreakClaim, b: TieBreakClaim) =>
  a.evidence.some(({ sha256 }) => b.evidence.some((each) => each.sha256 === sha256));

/** Why the rules may only advise: a person has to decide. Empty where they decide. */
export const reservedBecause = (policy: PolicyRules, eligible: readonly TieBreakClaim[]): readonly string[] => {
  const between = (holds: (a: TieBreakClaim, b: TieBreakClaim) => boolean) =>
    eligible.some((a, index) => eligible.slice(index + 1).some((b) => a.partnerId !== b.partnerId && holds(a, b)));
  // a currency without a table can't be held against the threshold, so it is not let through below it
  const great = ({ value }: TieBreakClaim) =>
    value !== null && !(value.amount < (policy.amounts[value.currency]?.personFrom ?? 0));
  const most = Math.max(0, ...eligible.map((claim) => effort(policy, claim)));
  const close = (a: TieBreakClaim, b: TieBreakClaim) => {
    const [one, other] = [effort(policy, a), effort(policy, b)];
    const best = Math.max(one, other) === most;
    return best && one > 0 && other > 0 && Math.abs(one - other) <= policy.effortCloseCall;
  };
  return [
    ...(eligible.some(({ kind }) => kind === 'direct') ? ['direct sales is a claimant'] : []),
    ...(between((a, b) => chosen(a) && chosen(b)) ? ['two claims show the customer’s written choice'] : []),
    ...(between(sameFile) ? ['two claims show the same evidence'] : []),
    ...(eligible.some(great) ? ['the value is from the threshold up'] : []),
    ...(between(close) ? ['both sides showed effort and are close'] : []),
  ];
};
