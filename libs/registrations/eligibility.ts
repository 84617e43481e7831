import { type Instant, refuse } from '../kernel/decider.js';
import { minimumValue, openCap } from '../policy/amounts.js';
import { businessDaysBetween, localDate } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { Standing } from './registration.commands.js';
import type { DealFields, EligibilityCheck, Evidence } from './registration.events.js';
import type { Claim } from './registration.state.js';
import { namesHost } from './site.js';

type Partially<T> = { readonly [K in keyof T]?: Partial<T[K]> | undefined };

/** Paths of the required fields that are missing. A customer without a website is told by its city, and so is one whose website names no host. */
export const missingFields = (fields: Partial<DealFields>): string[] => {
  const { customer, contact, productFamilies, estimatedValue, ...deal } = fields as Partially<DealFields>;
  const required: Record<string, unknown> = {
    'customer.legalName': customer?.legalName,
    'customer.countryCode': customer?.countryCode,
    'customer.domain': namesHost(customer?.domain ?? '') ? customer?.domain : customer?.city,
    'contact.name': contact?.name,
    'contact.email': contact?.email,
    'contact.title': contact?.title,
    productFamilies: productFamilies?.length || undefined,
    'estimatedValue.amount': estimatedValue?.amount,
    'estimatedValue.currency': estimatedValue?.currency,
    expectedCloseOn: deal.expectedCloseOn,
    opportunityType: deal.opportunityType,
    origin: deal.origin,
    consent: deal.consent,
  };
  return Object.keys(required).filter((path) => required[path] === undefined || required[path] === '');
};

/** Refuses unless the partner may act, and may sell these families. */
export const refuseUnauthorised = (partner: Standing, families: readonly string[]): void => {
  if (partner.status !== 'active' || !partner.profile)
    return refuse('registration.partner-not-active', { status: partner.status }, 'meaning');
  const { authorisedFamilies } = partner.profile;
  const family = families.find((each) => !authorisedFamilies.includes(each));
  if (family !== undefined) refuse('registration.not-authorised', { family }, 'meaning');
};

export const isDate = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;

/** The guards of a submission: the first that fails refuses it with `registration.<code>`. */
export const refuseIneligible = (
  fields: Partial<DealFields>,
  partner: Standing,
  rules: PolicyRules,
  evidence: readonly Evidence[],
  now: Instant,
): DealFields => {
  refuseUnauthorised(partner, fields.productFamilies ?? []);
  const [field] = missingFields(fields);
  if (field !== undefined) return refuse('registration.incomplete', { field }, 'meaning');
  const deal = fields as DealFields;
  if (!deal.consent) return refuse('registration.no-consent', {}, 'meaning');
  const { countryCode } = deal.customer;
  const territories = partner.profile?.territories ?? [];
  if (!territories.includes('*') && !territories.includes(countryCode))
    return refuse('registration.out-of-territory', { countryCode }, 'meaning');
  for (const date of [deal.expectedCloseOn, deal.tender?.publishedOn])
    if (date !== undefined && !isDate(date)) return refuse('registration.date-invalid', { date }, 'meaning');
  const failed = dealChecks(deal, rules, evidence, now).find(({ result }) => result === 'failed');
  if (failed) return refuse(`registration.${failed.rule}`, { min: leastOf(deal, rules) }, 'meaning');
  return deal;
};

const leastOf = ({ estimatedValue, customer, productFamilies }: DealFields, rules: PolicyRules): number =>
  minimumValue(rules, estimatedValue.currency, customer.countryCode, productFamilies);

/** A rule that fails bears the rejection code as its name. Refuses a currency that the policy has no amounts in. */
const dealChecks = (
  deal: DealFields,
  rules: PolicyRules,
  evidence: readonly Evidence[],
  at: Instant,
): EligibilityCheck[] => {
  const { amount, currency } = deal.estimatedValue;
  const least = leastOf(deal, rules);
  const today = localDate(at, rules.calendar.timeZone);
  const businessDays = businessDaysBetween(today, deal.expectedCloseOn, rules.calendar);
  return [
    {
      rule: 'below-threshold',
      result: amount < least ? 'failed' : 'passed',
      inputs: { amount, currency, minimumValue: least },
    },
    tenderCheck(deal, rules, evidence, today),
    {
      rule: 'short-notice',
      result: deal.expectedCloseOn < today || businessDays < rules.shortNoticeBusinessDays ? 'flagged' : 'passed',
      inputs: { expectedCloseOn: deal.expectedCloseOn, businessDays, least: rules.shortNoticeBusinessDays },
    },
  ];
};

const tenderCheck = (
  { tender }: DealFields,
  rules: PolicyRules,
  evidence: readonly Evidence[],
  today: string,
): EligibilityCheck => {
  const rule = 'public-tender';
  if (!tender?.public) return { rule, result: 'passed', inputs: { public: false } };
  const { publishedOn } = tender;
  // a public tender of which no date is known is for the reviewer to look at
  if (publishedOn === undefined) return { rule, result: 'flagged', inputs: { public: true, publishedOn: null } };
  const { timeZone } = rules.calendar;
  const poc =
    rules.tender.pocExempts &&
    evidence.some(({ kind, occurredAt }) => kind === 'poc' && localDate(occurredAt, timeZone) < publishedOn);
  return {
    rule,
    result: publishedOn <= today && !poc ? 'failed' : 'passed',
    inputs: { public: true, publishedOn, poc },
  };
};

/** Each check of a submitted claim as recorded with its screening; those of a submission are known to have passed. */
export const eligibilityChecks = (
  claim: Claim,
  rules: PolicyRules,
  overCap: { readonly open: number; readonly cap: number } | null,
): EligibilityCheck[] => {
  const { fields, tier, evidence, submittedAt } = claim;
  return [
    { rule: 'incomplete', result: 'passed', inputs: {} },
    { rule: 'not-authorised', result: 'passed', inputs: { families: fields.productFamilies.join(' ') } },
    { rule: 'out-of-territory', result: 'passed', inputs: { countryCode: fields.customer.countryCode } },
    ...dealChecks(fields, rules, evidence, submittedAt),
    {
      rule: 'over-cap',
      result: overCap ? 'failed' : 'passed',
      inputs: overCap ? { ...overCap } : { cap: openCap(rules, tier) },
    },
  ];
};
