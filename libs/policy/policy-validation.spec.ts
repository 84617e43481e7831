import { describe, expect, it } from '@jest/globals';
import { policyFaults } from './policy-validation.js';
import { standardV1 } from './standard-v1.js';

const rules = standardV1;
const broken = {
  ...rules,
  review: { slaBusinessDays: 0, holdBusinessDays: 3 },
  matching: { certain: 0.5, possible: 0.5 },
};

type Path = readonly (string | number)[];
const at = (value: unknown, [head, ...rest]: Path, put: unknown): unknown => {
  if (head === undefined) return put;
  const inner = at((value as Record<string | number, unknown>)[head], rest, put);
  return Array.isArray(value)
    ? value.map((each: unknown, index) => (index === head ? inner : each))
    : { ...(value as object), [head]: inner };
};
const complete = {
  ...rules,
  minimumValueOverrides: [{ family: 'backup', currency: 'EUR', minimumValue: 1 }],
};
const faultsWith = (path: string, value: unknown) =>
  policyFaults(
    at(
      complete,
      path
        .split('/')
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      value,
    ) as typeof rules,
  );

describe('the faults of a set of rules', () => {
  it('are all told at once', () =>
    expect(
      policyFaults({
        ...broken,
        amounts: { eur: { ...standardV1.amounts['EUR']!, minimumValue: 0.5, runRateBelow: 99_000_000 } },
        calendar: { timeZone: 'Mars/Olympus', holidays: ['2026-02-30', '2026-12-25'] },
      }).map(({ pointer, fault }) => `${pointer} ${fault}`),
    ).toEqual([
      '/amounts/eur/minimumValue not-minor-units',
      '/amounts/eur not-a-currency',
      '/amounts/eur/runRateBelow above-enterprise',
      '/review/slaBusinessDays not-a-count',
      '/matching not-rising',
      '/calendar/timeZone unknown-zone',
      '/calendar/holidays/0 not-a-date',
    ]));
  it('count an empty table of amounts, caps that fall with the tier, and repeated reminders', () =>
    expect(
      policyFaults({
        ...rules,
        amounts: {},
        openRegistrations: { ...rules.openRegistrations, gold: 10 },
        reminderDays: [3, 3],
      }).map(({ pointer }) => pointer),
    ).toEqual(['/amounts', '/reminderDays', '/openRegistrations']));
});

describe('a figure of a policy', () => {
  it.each([
    ['days', 3_660, ['/protectionDays/enterprise', '/reminderDays/0', '/lookBackDays', '/firstMilestoneDay']],
    ['days', 3_660, ['/extension/days', '/extension/evidenceDays', '/revocationNoticeDays', '/leadDays']],
    ['business days', 366, ['/review/slaBusinessDays', '/review/holdBusinessDays', '/shortNoticeBusinessDays']],
    ['business days', 366, ['/returnedKeepsPlaceBusinessDays', '/evidenceBusinessDays', '/caseBusinessDays']],
    ['business days', 366, ['/appeal/windowBusinessDays', '/appeal/answerBusinessDays']],
    ['hours', 87_600, ['/leadTimeHours', '/contentionHours']],
    [
      'of a count',
      1_000_000,
      ['/openRegistrations/platinum', '/resubmissions', '/extension/count', '/effortCloseCall'],
    ],
    ['points', 1_000_000, ['/effortPoints/poc', '/tierUpliftPoints/gold']],
    ['minor units', 1e15, ['/amounts/EUR/secondStepFrom', '/minimumValueOverrides/0/minimumValue']],
  ])('in %s is at most %d', (_, largest, paths) => {
    for (const path of paths) {
      expect(faultsWith(path, largest)).toEqual([]);
      expect(faultsWith(path, largest + 1)).toEqual([{ pointer: path, fault: 'too-large' }]);
    }
  });
  it.each([
    '/contentionHours',
    '/review/slaBusinessDays',
    '/extension/days',
    '/appeal/windowBusinessDays',
    '/leadDays',
  ])('%s is a whole number that is not negative', (path) => {
    for (const value of [-1, 1.5, Infinity, NaN])
      expect(faultsWith(path, value)).toEqual([{ pointer: path, fault: 'not-a-count' }]);
  });
  it.each([
    [0.5, 1, []],
    [0.5, 1.1, ['/matching']],
    [0, 1, ['/matching']],
    [0.9, 0.5, ['/matching']],
  ])('for matching lies between 0 and 1, possible (%d) under certain (%d)', (possible, certain, faults) =>
    expect(faultsWith('/matching', { possible, certain }).map(({ pointer }) => pointer)).toEqual(faults),
  );
  it.each([
    ['holidays', '/calendar/holidays', Array.from({ length: 1_001 }, () => '2026-12-25')],
    ['reminders', '/reminderDays', Array.from({ length: 21 }, (_, index) => index + 1)],
    ['overrides', '/minimumValueOverrides', Array.from({ length: 1_001 }, () => complete.minimumValueOverrides[0])],
  ])('is not one of ever so many %s', (_, path, many) => {
    expect(faultsWith(path, many)).toEqual([{ pointer: path, fault: 'too-many' }]);
    expect(faultsWith(path, many.slice(1))).toEqual([]);
  });
  it('that a policy of before it has not got is no fault', () => {
    const { minimumValueOverrides: _, extension: __, appeal: ___, ...older } = rules;
    const { firstMilestoneDay: ____, revocationNoticeDays: _____, leadDays: ______, ...oldest } = older;
    expect(policyFaults(oldest)).toEqual([]);
  });
});

describe('an override of the minimum', () => {
  const override = { currency: 'EUR', minimumValue: 1 };
  it.each([
    [{ ...override, family: 'backup' }, []],
    [{ ...override, countryCode: 'PL' }, []],
    [override, ['/minimumValueOverrides/0 without-scope']],
    [{ ...override, family: 'erp', currency: 'CHF' }, ['/minimumValueOverrides/0/currency not-accepted']],
    [{ ...override, family: 'erp', minimumValue: 0.5 }, ['/minimumValueOverrides/0/minimumValue not-minor-units']],
  ])('%j has the faults %j', (one, faults) =>
    expect(faultsWith('/minimumValueOverrides', [one]).map(({ pointer, fault }) => `${pointer} ${fault}`)).toEqual(
      faults,
    ),
  );
});
