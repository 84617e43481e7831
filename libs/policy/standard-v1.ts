import type { AmountTable, PolicyRules } from './policy.events.js';

export const standardV1Version = 'standard-v1';

const euro: AmountTable = {
  minimumValue: 500_000,
  runRateBelow: 2_500_000,
  enterpriseFrom: 25_000_000,
  secondStepFrom: 10_000_000,
  personFrom: 25_000_000,
};

const times = (factor: number): AmountTable => ({
  minimumValue: euro.minimumValue * factor,
  runRateBelow: euro.runRateBelow * factor,
  enterpriseFrom: euro.enterpriseFrom * factor,
  secondStepFrom: euro.secondStepFrom * factor,
  personFrom: euro.personFrom * factor,
});

/** The programme a vendor begins with. Its figures come from published partner programmes; a vendor's own policy replaces any of them. */
export const standardV1: PolicyRules = {
  amounts: { EUR: euro, USD: euro, GBP: times(0.8), PLN: times(4) },
  minimumValueOverrides: [],
  protectionDays: { runRate: 60, standard: 90, enterprise: 180 },
  review: { slaBusinessDays: 2, holdBusinessDays: 3 },
  reminderDays: [30, 14, 3],
  extension: { count: 1, days: 60, evidenceDays: 30 },
  firstMilestoneDay: 30,
  revocationNoticeDays: 7,
  leadTimeHours: 72,
  shortNoticeBusinessDays: 10,
  lookBackDays: 180,
  tender: { pocExempts: true },
  openRegistrations: { registered: 25, silver: 50, gold: 100, platinum: 200 },
  contentionHours: 24,
  returnedKeepsPlaceBusinessDays: 5,
  resubmissions: 2,
  evidenceBusinessDays: 5,
  caseBusinessDays: 10,
  appeal: { windowBusinessDays: 10, answerBusinessDays: 5 },
  leadDays: 14,
  effortPoints: { poc: 4, demo: 3, meeting: 2, proposal: 1, quote: 1 },
  effortCloseCall: 1,
  tierUpliftPoints: { registered: 5, silver: 10, gold: 15, platinum: 20 },
  matching: { certain: 0.9, possible: 0.5 },
  calendar: { timeZone: 'UTC', holidays: [] },
};
