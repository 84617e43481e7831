import { describe, expect, it } from '@jest/globals';
import { addBusinessDays, businessDaysBetween, localDate } from './business-days.js';

const warsaw = { timeZone: 'Europe/Warsaw', holidays: ['2026-01-01', '2026-01-06', '2026-11-11', '2026-12-25'] };
const newYork = { timeZone: 'America/New_York', holidays: ['2026-01-01', '2026-07-03', '2026-11-26'] };
const utc = { timeZone: 'UTC', holidays: [] };

describe('adding business days', () => {
  it.each([
    ['nothing', utc, '2026-01-17T09:00:00.000Z', 0, '2026-01-17T09:00:00.000Z'],
    ['inside a week', utc, '2026-01-12T09:15:30.250Z', 2, '2026-01-14T09:15:30.250Z'],
    ['over a weekend', utc, '2026-01-15T09:00:00.000Z', 2, '2026-01-19T09:00:00.000Z'],
    ['from a Saturday', utc, '2026-01-17T09:00:00.000Z', 1, '2026-01-19T09:00:00.000Z'],
    ['two weeks', utc, '2026-01-12T09:00:00.000Z', 10, '2026-01-26T09:00:00.000Z'],
    ['over a holiday in midweek', warsaw, '2026-01-05T09:00:00.000Z', 1, '2026-01-07T09:00:00.000Z'],
    ['over New Year and a weekend', warsaw, '2025-12-31T11:00:00.000Z', 2, '2026-01-05T11:00:00.000Z'],
    ['over Thanksgiving', newYork, '2026-11-25T15:00:00.000Z', 1, '2026-11-27T15:00:00.000Z'],
    ['over a moved holiday', newYork, '2026-07-02T15:00:00.000Z', 1, '2026-07-06T15:00:00.000Z'],
    ['into summer time', warsaw, '2026-03-27T09:00:00.000Z', 1, '2026-03-30T08:00:00.000Z'],
    ['into winter time', warsaw, '2026-10-23T08:00:00.000Z', 1, '2026-10-26T09:00:00.000Z'],
    ['into summer time over there', newYork, '2026-03-06T15:00:00.000Z', 1, '2026-03-09T14:00:00.000Z'],
    ['into winter time over there', newYork, '2026-10-30T14:00:00.000Z', 1, '2026-11-02T15:00:00.000Z'],
    ['from a Friday that is Saturday in UTC', newYork, '2026-01-17T03:00:00.000Z', 1, '2026-01-20T03:00:00.000Z'],
    ['from a Monday that is Sunday in UTC', warsaw, '2026-01-11T23:30:00.000Z', 1, '2026-01-12T23:30:00.000Z'],
  ])('%s', (_, calendar, from, days, to) => expect(addBusinessDays(from, days, calendar)).toBe(to));

  it('moves a local time that the clocks skip on by what they skip', () => {
    const everyDay = { timeZone: 'Africa/Cairo', holidays: [] };
    // Cairo's clocks go from 00:00 to 01:00 on Friday, 24 April 2026
    expect(addBusinessDays('2026-04-22T22:30:00.000Z', 1, everyDay)).toBe('2026-04-23T22:30:00.000Z');
    expect(localDate('2026-04-23T22:30:00.000Z', 'Africa/Cairo')).toBe('2026-04-24');
  });
  it('takes the earlier of a local time that the clocks show twice', () =>
    // Cairo's clocks go back from 24:00 to 23:00 on Thursday, 29 October 2026
    expect(addBusinessDays('2026-10-28T20:30:00.000Z', 1, { timeZone: 'Africa/Cairo', holidays: [] })).toBe(
      '2026-10-29T20:30:00.000Z',
    ));
});

describe('counting business days', () => {
  it.each([
    ['none on the same day', utc, '2026-01-12T00:00:00.000Z', '2026-01-12T23:00:00.000Z', 0],
    ['the next day', utc, '2026-01-12T23:00:00.000Z', '2026-01-13T01:00:00.000Z', 1],
    ['not a weekend', utc, '2026-01-16T09:00:00.000Z', '2026-01-18T09:00:00.000Z', 0],
    ['two weeks', utc, '2026-01-12T09:00:00.000Z', '2026-01-26T09:00:00.000Z', 10],
    ['backwards', utc, '2026-01-26T09:00:00.000Z', '2026-01-12T09:00:00.000Z', -10],
    ['not a holiday', warsaw, '2026-01-05T09:00:00.000Z', '2026-01-07T09:00:00.000Z', 1],
    ['to a local date', warsaw, '2026-01-05T23:30:00.000Z', '2026-01-07', 1],
    ['from the local date, not the one in UTC', newYork, '2026-01-13T03:00:00.000Z', '2026-01-14', 2],
  ])('%s', (_, calendar, from, to, days) => expect(businessDaysBetween(from, to, calendar)).toBe(days));

  it('counts a holiday on a weekend, or one that is told twice, no second time', () => {
    const holidays = ['2026-01-17', '2026-01-14', '2026-01-14'];
    expect(businessDaysBetween('2026-01-12', '2026-01-19', { timeZone: 'UTC', holidays })).toBe(4);
  });
  it('takes no longer to the end of the calendar than to next week', () => {
    const began = performance.now();
    for (let count = 0; count < 100; count++) businessDaysBetween('1969-12-31', '9999-12-31', warsaw);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(businessDaysBetween('1969-12-31', '9999-12-31', utc)).toBe(2_094_927);
  });

  it.each([1, 2, 3, 5, 10, 23])('undoes an addition of %d', (days) => {
    const from = '2026-03-25T16:00:00.000Z';
    expect(businessDaysBetween(from, addBusinessDays(from, days, warsaw), warsaw)).toBe(days);
  });
});
