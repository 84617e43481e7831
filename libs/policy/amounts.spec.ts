import { describe, expect, it } from '@jest/globals';
import { standardThresholds } from '../matching/match.js';
import { amountTable, approvalSteps, minimumValue, openCap, protectionDays } from './amounts.js';
import { standardV1 } from './standard-v1.js';

const euros = (amount: number) => ({ amount: amount * 100, currency: 'EUR' });

describe('standard-v1', () => {
  it('accepts from 5,000 of each currency, by its own table', () =>
    expect(
      Object.fromEntries(
        Object.keys(standardV1.amounts).map((each) => [each, amountTable(standardV1, each).minimumValue]),
      ),
    ).toEqual({ EUR: 500_000, USD: 500_000, GBP: 400_000, PLN: 2_000_000 }));
  it.each(['CHF', 'toString'])('does not accept %s', (currency) =>
    expect(() => amountTable(standardV1, currency)).toThrow(
      expect.objectContaining({ code: 'registration.currency-not-accepted', refusal: 'meaning' }),
    ),
  );
  it.each([
    [99_999, 1],
    [100_000, 2],
  ])('at %d asks for %d approvals', (value, steps) => expect(approvalSteps(standardV1, euros(value))).toBe(steps));
  it('compares an amount with the table of its own currency', () =>
    expect(approvalSteps(standardV1, { amount: 39_999_999, currency: 'PLN' })).toBe(1));
  it.each([
    [24_999, false, 60],
    [25_000, false, 90],
    [249_999, false, 90],
    [250_000, false, 180],
    [5_000, true, 180],
  ])('protects %d (public customer: %s) for %d days', (value, publicCustomer, days) =>
    expect(protectionDays(standardV1, euros(value), publicCustomer)).toBe(days),
  );
  it('lets a higher tier hold more open registrations', () =>
    expect((['registered', 'silver', 'gold', 'platinum'] as const).map((tier) => openCap(standardV1, tier))).toEqual([
      25, 50, 100, 200,
    ]));
  it('matches by the thresholds that the matcher was measured with', () =>
    expect(standardV1.matching).toEqual(standardThresholds));
});

describe('the least that a deal has to be worth', () => {
  const rules = {
    ...standardV1,
    minimumValueOverrides: [
      { countryCode: 'PL', currency: 'EUR', minimumValue: 300_000 },
      { family: 'backup', currency: 'EUR', minimumValue: 700_000 },
      { family: 'backup', countryCode: 'PL', currency: 'EUR', minimumValue: 100_000 },
      { family: 'erp', currency: 'EUR', minimumValue: 900_000 },
      { family: 'erp', currency: 'EUR', minimumValue: 800_000 },
    ],
  };
  it.each([
    ['EUR', 'DE', ['endpoint'], 500_000, 'the table says'],
    ['EUR', 'PL', ['endpoint'], 300_000, 'its country says'],
    ['EUR', 'DE', ['backup'], 700_000, 'its family says'],
    ['EUR', 'PL', ['backup'], 100_000, 'its family says for its country'],
    ['EUR', 'PL', ['erp'], 800_000, 'its family says last, before its country'],
    ['EUR', 'DE', ['endpoint', 'backup'], 700_000, 'the family with the highest says'],
    ['USD', 'PL', ['backup'], 500_000, 'its own currency says'],
    ['EUR', 'PL', [], 500_000, 'the table says where it has no family'],
  ])('in %s for %s and %j is %d: as %s', (currency, countryCode, families, least) =>
    expect(minimumValue(rules, currency, countryCode, families)).toBe(least),
  );
  it('is the same under a policy without overrides', () => {
    const { minimumValueOverrides: _, ...older } = standardV1;
    expect(minimumValue(older, 'GBP', 'GB', ['backup'])).toBe(400_000);
  });
  it('is none in a currency that is not accepted', () =>
    expect(() => minimumValue(rules, 'CHF', 'CH', ['backup'])).toThrow(
      expect.objectContaining({ code: 'registration.currency-not-accepted' }),
    ));
});
