import type { AmountTable, PolicyRules } from './policy.events.js';

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

const tableFaults = (currency: string, table: AmountTable): PolicyFault[] => {
  const at = (field: string) => `/amounts/${currency}/${field}`;
  const faults = Object.entries(table)
    .filter(([, amount]) => !whole(amount))
    .map(([field]) => ({ pointer: at(field), fault: 'not-minor-units' }));
  if (!/^[A-Z]{3}$/.test(currency)) faults.push({ pointer: `/amounts/${currency}`, fault: 'not-a-currency' });
  if (table.runRateBelow > table.enterpriseFrom)
    faults.push({ pointer: at('runRateBelow'), fault: 'above-enterprise' });
  return faults;
};

/** All faults of a set of rules, none where it may be published. The shape (no figure missing) was checked before. */
export const policyFaults = (rules: PolicyRules): readonly PolicyFault[] => {
  const faults = Object.entries(rules.amounts).flatMap(([currency, table]) => tableFaults(currency, table));
  const check = (good: boolean, pointer: string, fault: string) => {
    if (!good) faults.push({ pointer, fault });
  };
  const counts = (pointer: string, values: Readonly<Record<string, number>>, least = 0) => {
    for (const [name, value] of Object.entries(values)) check(whole(value, least), `${pointer}/${name}`, 'not-a-count');
  };
  const { runRate, standard, enterprise } = rules.protectionDays;
  const { registered, silver, gold, platinum } = rules.openRegistrations;
  const { certain, possible } = rules.matching;

  check(Object.keys(rules.amounts).length > 0, '/amounts', 'empty');
  counts('/protectionDays', rules.protectionDays, 1);
  check(runRate <= standard && standard <= enterprise, '/protectionDays', 'not-rising');
  counts('/review', rules.review, 1);
  counts('/reminderDays', Object.fromEntries(rules.reminderDays.entries()), 1);
  check(new Set(rules.reminderDays).size === rules.reminderDays.length, '/reminderDays', 'repeated');
  counts('', {
    leadTimeHours: rules.leadTimeHours,
    shortNoticeBusinessDays: rules.shortNoticeBusinessDays,
    lookBackDays: rules.lookBackDays,
    contentionHours: rules.contentionHours,
    returnedKeepsPlaceBusinessDays: rules.returnedKeepsPlaceBusinessDays,
    resubmissions: rules.resubmissions,
    effortCloseCall: rules.effortCloseCall,
  });
  counts('', { evidenceBusinessDays: rules.evidenceBusinessDays, caseBusinessDays: rules.caseBusinessDays }, 1);
  counts('/openRegistrations', rules.openRegistrations, 1);
  check(registered <= silver && silver <= gold && gold <= platinum, '/openRegistrations', 'not-rising');
  counts('/effortPoints', rules.effortPoints);
  counts('/tierUpliftPoints', rules.tierUpliftPoints);
  check(possible > 0 && possible < certain && certain <= 1, '/matching', 'not-rising');
  check(isZone(rules.calendar.timeZone), '/calendar/timeZone', 'unknown-zone');
  rules.calendar.holidays.forEach((day, index) => check(isDate(day), `/calendar/holidays/${index}`, 'not-a-date'));
  return faults;
};
