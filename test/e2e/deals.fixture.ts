/** A submission as a portal sends it; each customer of its own. */
export const deal = (customer: Record<string, unknown>, fields: Record<string, unknown> = {}) => ({
  submit: true,
  customer: { countryCode: 'PL', city: 'Kraków', ...customer },
  contact: { name: 'Anna Nowak', email: 'anna.nowak@gmail.com', title: 'Head of IT' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 4_000_000, currency: 'EUR' },
  expectedCloseOn: '2027-12-31',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
  ...fields,
});
