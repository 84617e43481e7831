import { most } from './policy-bounds.js';
import type { AmountTable, MinimumOverride, PolicyRules } from './policy.events.js';

/** `pointer` is a JSON pointer into the rules; `fault` says which rule of the form it breaks. */
export type PolicyFault = { readonly pointer: string; readonly fault: string };

const whole = (value: number, least = 0) => Number.isSafeInteger(value) && value >= least;
const isZone = (timeZone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const amountFaults = (pointer: string, amount: number): PolicyFault[] => {
  if (!whole(amount)) return [{ pointer, fault: 'not-minor-units' }];
  return amount > most.amount ? [{ pointer, fault: 'too-large' }] : [];
};

const tableFaults = (currency: string, table: AmountTable): PolicyFault[] => {
  const at = (field: string) => `/amounts/${currency}/${field}`;
  const faults = Object.entries(table).flatMap(([field, amount]) => amountFaults(at(field), amount));
  if (!/^[A-Z]{3}$/.test(currency)) faults.push({ pointer: `/amounts/${currency}`, fault: 'not-a-currency' });
  if (table.runRateBelow > table.enterpriseFrom)
    faults.push({ pointer: at('runRateBelow'), fault: 'above-enterprise' });
  return faults;
};

const overrideFaults = ({ amounts }: PolicyRules, override: MinimumOverride, index: number): PolicyFault[] => {
  const at = `/minimumValueOverrides/${index}`;
  const { countryCode, family, currency, minimumValue } = override;
  const faults = amountFaults(`${at}/minimumValue`, minimumValue);
  if (!Object.hasOwn(amounts, currency)) faults.push({ pointer: `${at}/currency`, fault: 'not-accepted' });
  if (countryCode === undefined && family === undefined) faults.push({ pointer: at, fault: 'without-scope' });
  return faults;
};

type Figures = Readonly<Record<string, number | undefined>>;
/** A figure that a policy older than it hasn't got is no fault. */
const figureFaults = (
  pointer: string,
  figures: Figures | undefined,
  unit: 'days' | 'businessDays' | 'hours' | 'count',
  least = 0,
): PolicyFault[] =>
  Object.entries(figures ?? {}).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!whole(value, least)) return [{ pointer: `${pointer}/${name}`, fault: 'not-a-count' }];
    return value > most[unit] ? [{ pointer: `${pointer}/${name}`, fault: 'too-large' }] : [];
  });

const termFaults = (rules: PolicyRules): PolicyFault[] => {
  const { lookBackDays, leadDays, firstMilestoneDay, revocationNoticeDays, evidenceBusinessDays } = rules;
  const { leadTimeHours, contentionHours, caseBusinessDays, resubmissions, effortCloseCall } = rules;
  const { shortNoticeBusinessDays, returnedKeepsPlaceBusinessDays, extension, appeal } = rules;
  return [
    ...figureFaults('/protectionDays', rules.protectionDays, 'days', 1),
    ...figureFaults('/review', rules.review, 'businessDays', 1),
    ...figureFaults('/reminderDays', Object.fromEntries(rules.reminderDays.entries()), 'days', 1),
    ...figureFaults('/extension', extension && { count: extension.count }, 'count'),
    ...figureFaults(
      '/extension',
      extension && { days: extension.days, evidenceDays: extension.evidenceDays },
      'days',
      1,
    ),
    ...figureFaults('/appeal', appeal, 'businessDays', 1),
    ...figureFaults('', { leadTimeHours, contentionHours }, 'hours'),
    ...figureFaults('', { lookBackDays, revocationNoticeDays }, 'days'),
    ...figureFaults('', { firstMilestoneDay, leadDays }, 'days', 1),
    ...figureFaults('', { shortNoticeBusinessDays, returnedKeepsPlaceBusinessDays }, 'businessDays'),
    ...figureFaults('', { evidenceBusinessDays, caseBusinessDays }, 'businessDays', 1),
    ...figureFaults('', { resubmissions, effortCloseCall }, 'count'),
    ...figureFaults('/openRegistrations', rules.openRegistrations, 'count', 1),
    ...figureFaults('/effortPoints', rules.effortPoints, 'count'),
    ...figureFaults('/tierUpliftPoints', rules.tierUpliftPoints, 'count'),
  ];
};

/** All faults of a set of rules, none where it may be published. The shape (no figure missing) was checked before. */
export const policyFaults = (rules: PolicyRules): readonly PolicyFault[] => {
  const overrides = rules.minimumValueOverrides ?? [];
  const faults = [
    ...Object.entries(rules.amounts).flatMap(([currency, table]) => tableFaults(currency, table)),
    ...overrides.flatMap((override, index) => overrideFaults(rules, override, index)),
    ...termFaults(rules),
  ];
  const check = (good: boolean, pointer: string, fault: string) => {
    if (!good) faults.push({ pointer, fault });
  };
  const { runRate, standard, enterprise } = rules.protectionDays;
  const { registered, silver, gold, platinum } = rules.openRegistrations;
  const { certain, possible } = rules.matching;
  const { timeZone, holidays } = rules.calendar;

  check(Object.keys(rules.amounts).length > 0, '/amounts', 'empty');
  check(Object.keys(rules.amounts).length <= most.currencies, '/amounts', 'too-many');
  check(overrides.length <= most.overrides, '/minimumValueOverrides', 'too-many');
  check(runRate <= standard && standard <= enterprise, '/protectionDays', 'not-rising');
  check(rules.reminderDays.length <= most.reminders, '/reminderDays', 'too-many');
  check(new Set(rules.reminderDays).size === rules.reminderDays.length, '/reminderDays', 'repeated');
  check(registered <= silver && silver <= gold && gold <= platinum, '/openRegistrations', 'not-rising');
  check(possible > 0 && possible < certain && certain <= most.score, '/matching', 'not-rising');
  check(isZone(timeZone), '/calendar/timeZone', 'unknown-zone');
  check(holidays.length <= most.holidays, '/calendar/holidays', 'too-many');
  holidays.forEach((day, index) => check(isDate(day), `/calendar/holidays/${index}`, 'not-a-date'));
  return faults;
};
