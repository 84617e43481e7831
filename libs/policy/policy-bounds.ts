/**
 * The most that a figure of a policy may say, by its unit. Beyond them the times that follow from a figure are no dates
 * any more, or take long to count out, for every claim that is decided by it.
 */
export const most = {
  days: 3_660,
  businessDays: 366,
  hours: 87_600,
  count: 1_000_000,
  amount: 1e15,
  score: 1,
  currencies: 200,
  reminders: 20,
  overrides: 1_000,
  holidays: 1_000,
} as const;
