import { refuse } from '../kernel/decider.js';
import type { Money } from '../kernel/money.js';
import type { AmountTable, PolicyRules, Tier } from './policy.events.js';

/** The thresholds in `currency`. Refuses `registration.currency-not-accepted` (422) where the policy has none: nothing is converted. */
export const amountTable = (rules: PolicyRules, currency: string): AmountTable =>
  (Object.hasOwn(rules.amounts, currency) ? rules.amounts[currency] : undefined) ??
  refuse('registration.currency-not-accepted', { currency }, 'meaning');

/**
 * Least that a deal of `families` in the country `countryCode` has to be worth, in minor units of `currency`. Of the
 * overrides for a family one for family and country goes before one for the family, that before one for the country; of
 * several alike the last. The family with the highest minimum decides.
 */
export const minimumValue = (
  rules: PolicyRules,
  currency: string,
  countryCode: string,
  families: readonly string[],
): number => {
  const table = amountTable(rules, currency);
  const overrides = (rules.minimumValueOverrides ?? []).filter(
    (each) => each.currency === currency && (each.countryCode ?? countryCode) === countryCode,
  );
  const leastOf = (family: string): number => {
    const said = overrides.filter((each) => (each.family ?? family) === family);
    const closest =
      said.findLast((each) => each.family !== undefined && each.countryCode !== undefined) ??
      said.findLast((each) => each.family !== undefined) ??
      said.at(-1);
    return (closest ?? table).minimumValue;
  };
  return families.length > 0 ? Math.max(...families.map(leastOf)) : table.minimumValue;
};

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
