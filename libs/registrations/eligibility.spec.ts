import { describe, expect, it } from '@jest/globals';
import { standardV1 } from '../policy/standard-v1.js';
import { refuseIneligible } from './eligibility.js';
import { deal, north, thursday } from './registration.fixture.js';

const rules = {
  ...standardV1,
  minimumValueOverrides: [
    { family: 'backup', currency: 'EUR', minimumValue: 800_000 },
    { countryCode: 'PL', currency: 'EUR', minimumValue: 300_000 },
  ],
};
const worth = (amount: number, countryCode: string, productFamilies: string[]) => ({
  ...deal,
  customer: { ...deal.customer, countryCode },
  productFamilies,
  estimatedValue: { amount, currency: 'EUR' },
});

describe('the minimum value of a deal', () => {
  it.each([
    ['DE', ['erp'], 500_000],
    ['PL', ['erp'], 300_000],
    ['DE', ['erp', 'backup'], 800_000],
  ])('is in %s for %j the %d that the policy asks for there', (countryCode, families, least) => {
    const submitted = (amount: number) => () =>
      refuseIneligible(worth(amount, countryCode, families), north, rules, [], thursday);
    expect(submitted(least)).not.toThrow();
    expect(submitted(least - 1)).toThrow(
      expect.objectContaining({ code: 'registration.below-threshold', params: { min: least } }),
    );
  });
});
