import type { Instant } from '../kernel/decider.js';
import type { Partner } from '../partners/partner.decider.js';
import { localDate } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { EligibilityCheck } from '../registrations/registration.events.js';
import { type Claim, submittedFields } from '../registrations/registration.state.js';

/** A deal that was won on the customer and the family of a case; `closedOn` is a local date, YYYY-MM-DD. */
export type Sale = { readonly partnerId: string; readonly closedOn: string };

/** Whether its partner may sell this there now: it was so when the claim was submitted, and may have ended since. */
export const standingChecks = (claim: Claim, partner: Partner, family: string): readonly EligibilityCheck[] => {
  const { countryCode } = submittedFields(claim).customer;
  const { authorisedFamilies = [], territories = [] } = partner.status === 'unknown' ? {} : partner.profile;
  const authorised = partner.status === 'active' && authorisedFamilies.includes(family);
  const inTerritory = territories.includes('*') || territories.includes(countryCode);
  return [
    { rule: 'not-authorised', result: authorised ? 'passed' : 'failed', inputs: { partner: partner.status, family } },
    { rule: 'out-of-territory', result: inTerritory ? 'passed' : 'failed', inputs: { countryCode } },
  ];
};

/** Nothing is net-new to a customer that was sold the family inside the look-back before `at`. */
export const lookBackChecks = (
  claim: Claim,
  sales: readonly Sale[],
  { lookBackDays, calendar }: PolicyRules,
  at: Instant,
): readonly EligibilityCheck[] => {
  if (submittedFields(claim).opportunityType !== 'net-new') return [];
  const to = localDate(at, calendar.timeZone);
  const since = new Date(Date.parse(to) - lookBackDays * 86_400_000).toISOString().slice(0, 10);
  const inside = sales.filter(({ closedOn }) => closedOn >= since && closedOn <= to);
  const [sale] = inside;
  if (!sale) return [];
  const own = inside.every((each) => each.partnerId === claim.partnerId);
  return [
    {
      rule: own ? 'existing-customer' : 'incumbent-partner',
      result: 'failed',
      inputs: { soldOn: sale.closedOn, since },
    },
  ];
};
