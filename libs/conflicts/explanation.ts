import type { Claimant } from './conflict.events.js';
import type { Evaluation, RuleName } from './tie-break.js';

// told to the losing partners too: nothing in it may point to who the winner is, not even that it is the vendor itself
const because: Readonly<Record<RuleName, string>> = {
  gates: 'the other claims did not meet the conditions of the programme',
  'customer-choice': 'the customer chose it in writing',
  'live-protection': 'it held a live protection for this customer and family',
  incumbency: 'it renews or expands what was sold to this customer inside the look-back',
  'contention-window': 'it was complete inside the contention window',
  effort: 'it showed the greater effort',
  certification: 'it was backed by a certification',
  'procurement-vehicle': 'it named a procurement vehicle',
  tier: 'its partner has the higher tier',
  'first-complete': 'it was the first complete submission',
};

/** Who won by which rule: `person` where the rules left it to one. */
export const ruleOf = ({ recommendation }: Evaluation, winner: Claimant): RuleName | 'person' =>
  recommendation.winner === winner.claimId && recommendation.rule ? recommendation.rule : 'person';

/** Why the case ended as it did, in words that every claimant may read. */
export const explanation = (evaluation: Evaluation, winner: Claimant): string => {
  const rule = ruleOf(evaluation, winner);
  return rule === 'person'
    ? 'The programme reserves such a case for a person, who decided it after weighing what each claim showed.'
    : `The claim that won did so because ${because[rule]}.`;
};
