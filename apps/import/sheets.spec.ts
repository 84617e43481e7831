import { describe, expect, it } from '@jest/globals';
import { rowKeys } from './row-key.js';
import { sheets } from './sheets.js';

describe('a row of registrations', () => {
  it('is posted by its partner, with the form and nothing that was left empty', () => {
    expect(sheets.registrations.submission(registration)).toEqual({
      method: 'POST',
      path: '/v1/registrations',
      as: 'partner-18',
      body: {
        customer: { legalName: 'Ale House', countryCode: 'US', city: 'Tampa' },
        contact: { name: 'Purchasing', email: 'p@ale.example', title: 'CIO' },
        productFamilies: ['backup', 'erp'],
        estimatedValue: { amount: 1_903_600, currency: 'USD' },
        expectedCloseOn: '2027-05-09',
        opportunityType: 'net-new',
        origin: 'teaming',
        consent: true,
        submit: true,
      },
    });
  });

  it.each([
    ['19036', 'USD', 1_903_600],
    ['19036.5', 'EUR', 1_903_650],
    ['19036', 'JPY', 19_036],
    ['19036', 'KWD', 19_036_000],
    ['19036', 'nonsense', 1_903_600],
  ])('takes %s %s in minor units', (estimatedValue, currency, amount) => {
    const { body } = sheets.registrations.submission({ ...registration, estimatedValue, currency });
    expect(body.estimatedValue).toEqual({ amount, currency });
  });

  it.each([
    ['estimatedValue', 'much'],
    ['estimatedValue', '1,000'],
    ['estimatedValue', '5.001'],
    ['consent', 'perhaps'],
    ['partner', ''],
    ['registryIds', 'PL5260001246'],
    ['contractMonths', '1.5'],
  ])('refuses %s = %p itself', (column, value) => {
    expect(() => sheets.registrations.submission({ ...registration, [column]: value })).toThrow(
      expect.objectContaining({ code: 'import.value' }),
    );
  });

  it('leaves it to the API to miss a field', () => {
    const { body } = sheets.registrations.submission({ ...registration, contactName: '', estimatedValue: '' });
    expect(body.contact).toEqual({ email: 'p@ale.example', title: 'CIO' });
    expect(body).not.toHaveProperty('estimatedValue');
  });

  it('reads the optional columns', () => {
    const { body } = sheets.registrations.submission({
      ...registration,
      registryIds: 'tax:PL5260001246; lei:A:B',
      competitors: 'x;y',
      contractMonths: '36',
    });
    expect(body.customer).toMatchObject({
      registryIds: [
        { type: 'tax', value: 'PL5260001246' },
        { type: 'lei', value: 'A:B' },
      ],
    });
    expect(body).toMatchObject({ competitors: ['x', 'y'], contractMonths: 36 });
  });
});

describe('the key of a row', () => {
  it('is the same in every run, whatever else is in the file', () => {
    const more = sheets.registrations.submission({ side: 'a', pair: '9', ...registration });
    expect(rowKeys()(more)).toBe(rowKeys()(sheets.registrations.submission(registration)));
  });

  it('differs by partner, by content, and for the same row again', () => {
    const submission = sheets.registrations.submission(registration);
    const keyOf = rowKeys();
    const keys = [submission, { ...submission, as: 'partner-19' }, submission, { ...submission, body: {} }].map(keyOf);
    expect(new Set(keys).size).toBe(4);
    expect(keys[2]).toBe(`${keys[0]}-2`);
  });
});

describe('a row of partners', () => {
  it('is put by a manager, without families where it has none', () => {
    expect(sheets.partners.submission({ ...partner, productFamilies: '' })).toEqual({
      method: 'PUT',
      path: '/v1/partners/partner-01',
      as: 'manager',
      body: {
        legalName: 'One GmbH',
        domain: 'one.example',
        countryCode: 'DE',
        type: 'reseller',
        tier: 'gold',
        territories: ['DE', 'PL'],
        authorisedFamilies: [],
      },
    });
  });
});

describe('a row of direct claims', () => {
  it('is put by a manager under its id in the CRM', () => {
    expect(sheets.direct.submission(opportunity)).toEqual({
      method: 'PUT',
      path: '/v1/direct-claims/OPP%2F1',
      as: 'manager',
      body: {
        account: { name: 'Origine', countryCode: 'FR', domain: 'origine.example' },
        productFamilies: ['endpoint'],
        stage: 'proposal',
        openedOn: '2026-05-05',
      },
    });
  });
});

const registration = {
  partner: 'partner-18',
  customerName: 'Ale House',
  domain: '',
  city: 'Tampa',
  countryCode: 'US',
  contactName: 'Purchasing',
  contactEmail: 'p@ale.example',
  contactTitle: 'CIO',
  productFamilies: 'backup; erp',
  estimatedValue: '19036',
  currency: 'USD',
  expectedCloseOn: '2027-05-09',
  opportunityType: 'net-new',
  origin: 'teaming',
  consent: 'true',
};
const partner = {
  partner: 'partner-01',
  legalName: 'One GmbH',
  countryCode: 'DE',
  domain: 'one.example',
  type: 'reseller',
  tier: 'gold',
  territories: 'DE;PL',
  productFamilies: 'erp',
};
const opportunity = {
  crmId: 'OPP/1',
  accountName: 'Origine',
  domain: 'origine.example',
  countryCode: 'FR',
  city: '',
  productFamilies: 'endpoint',
  stage: 'proposal',
  openedOn: '2026-05-05',
};
