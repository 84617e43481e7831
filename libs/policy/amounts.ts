import { refuse } from '../kernel/decider.js';
import type { Money } from '../kernel/money.js';
import type { AmountTable, PolicyRules, Tier } from './policy.events.js';

/** The thresholds in `currency`. Refuses `registration.currency-not-accepted` (422) where the policy has none: nothing is converted. */
export const amountTable = (rules: PolicyRules, currency: string): AmountTable =>
  (Object.hasOwn(rules.amounts, currency) ? rules.amounts[currency] : undefined) ??
  refuse('registration.currency-not-accepted', { currency }, 'meaning');

/** How many people have to approve a deal of `value`, one after the other: 1 or 2. */
export const approvalSteps = (rules: PolicyRules, value: Money): 1 | 2 =>
  value.amount >= amountTable(rules, value.currency).secondStepFrom ? 2 : 1;

/** Calendar days of protection. A public customer has the longest, whatever the value. */
export const protectionDays = (rules: PolicyRules, value: Money, publicCustomer = false): number => {
  const { runRateBelow, enterpriseFrom } = amountTable(rules, value.currency);
  const { runRate, standard, enterprise } = rules.protectionDays;
  if (publicCustomer || value.amount >= enterpriseFrom) return enterprise;
  return value.amount < runRateBelow ? runRate : standard;
};

/** Most open registrations that a partner of `tier` may have. */
export const openCap = (rules: PolicyRules, tier: Tier): number => rules.openRegistrations[tier];
