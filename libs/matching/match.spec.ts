import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ClaimRecord } from './claim-record.js';
import { match, standardThresholds } from './match.js';
import { anyRecord } from './records.fixture.js';
import { currentWeights, weightsOf, weightsVersion } from './weights.js';

const verdict = (left: ClaimRecord, right: ClaimRecord) => match(left, right, standardThresholds).verdict;
const acme: ClaimRecord = {
  name: 'Acme Widgets GmbH',
  countryCode: 'DE',
  domain: 'acme-widgets.de',
  phone: '+49 30 1234560',
  street: 'Hauptstr. 5',
  city: 'Berlin',
  postcode: '10115',
};
const at = (name: string, domain: string): ClaimRecord => ({ name, countryCode: 'DE', domain });
const agent = (name: string, city: string, phone: string): ClaimRecord => ({
  name,
  city,
  phone,
  domain: 'insurer.com',
  countryCode: 'US',
});
const nip = (value: string) => [{ type: 'vat', value }];

describe('rules that outrank the score', () => {
  it('calls an equal valid registry id certain, whatever the names', () => {
    const left = { name: 'Zielona Łąka', countryCode: 'PL', registryIds: nip('PL5260250274') };
    const right = { name: 'Omega Transport', countryCode: 'PL', registryIds: nip('526-025-02-74') };
    expect(verdict(left, right)).toBe('certain');
    expect(verdict({ ...left, registryIds: nip('5260250275') }, { ...right, registryIds: nip('5260250275') })).toBe(
      'none',
    );
  });

  it('never calls two different valid ids of one type and country certain', () => {
    const twin = { ...acme, registryIds: [{ type: 'vat', value: 'DE129273398' }] };
    expect(verdict(acme, acme)).toBe('certain');
    expect(verdict(twin, { ...acme, registryIds: [{ type: 'vat', value: 'DE811569869' }] })).not.toBe('certain');
    expect(verdict(twin, { ...acme, registryIds: [{ type: 'national', value: 'HRB 4711' }] })).toBe('certain');
  });

  it('never calls two countries certain, even with one LEI', () => {
    const lei = [{ type: 'lei', value: 'HWUPKR0MPOU8FGXBT394' }];
    expect(verdict({ ...acme, registryIds: lei }, { ...acme, countryCode: 'AT', registryIds: lei })).toBe('possible');
    expect(verdict({ name: 'Acme Widgets', countryCode: 'DE' }, { name: 'Acme Widgets', countryCode: 'AT' })).toBe(
      'none',
    );
  });

  it('takes free mail and platforms for no domain', () => {
    expect(verdict(at('Bergmann', 'gmail.com'), at('Seefeld', 'gmail.com'))).toBe('none');
    expect(verdict(at('Bergmann', 'facebook.com/a'), at('Seefeld', 'facebook.com/b'))).toBe('none');
  });

  it('takes one domain in one country for one company, at least possibly', () => {
    expect(verdict(agent('Mark Stevens', 'Corydon', '8127383000'), agent('Hilda Frost', 'Boston', '6175550123'))).toBe(
      'possible',
    );
    expect(verdict(agent('Insurer - Corydon', 'Corydon', '8127383000'), agent('Insurer', 'Boston', '6175550123'))).toBe(
      'certain',
    );
  });
});

describe('scoring', () => {
  it.each<[string, ClaimRecord, ClaimRecord]>([
    ['certain', { name: 'Volker Rentel GmbH', countryCode: 'DE' }, { name: 'VOLKER-RENTEL', countryCode: 'DE' }],
    [
      'certain',
      { name: 'Glaces Ruiz', countryCode: 'FR', domain: 'glacesruiz.com' },
      { name: 'Glaces Ruiz Valenciennes', countryCode: 'FR', domain: 'www.glacesruiz.com' },
    ],
    ['certain', { ...acme, name: 'Acme Widgets AG' }, acme],
    ['certain', { name: 'Zakłady Jantar', countryCode: 'PL' }, { name: 'ZAKLADY JANTAR S.A.', countryCode: 'PL' }],
    ['possible', { name: 'Bringova', countryCode: 'US' }, { name: 'Bringova Logistics', countryCode: 'US' }],
    ['possible', { name: 'Global Solutions', countryCode: 'GB' }, { name: 'Global Solutions Ltd', countryCode: 'GB' }],
    [
      'none',
      { name: 'Global Solutions', countryCode: 'GB' },
      { name: 'Global Solutions Fastening', countryCode: 'GB' },
    ],
    [
      'none',
      { name: 'Studio Legale Alfieri', countryCode: 'IT', city: 'Roma' },
      { name: 'Studio Legale Cosentino', countryCode: 'IT', city: 'Roma' },
    ],
    [
      'possible',
      { name: 'Bella Napoli', countryCode: 'DE', domain: 'bella-berlin.de', city: 'Berlin' },
      { name: 'Bella Napoli', countryCode: 'DE', domain: 'napoli-koeln.de', city: 'Köln' },
    ],
    [
      'none',
      { name: 'Amazon (Germany)', countryCode: 'DE', city: 'Berlin' },
      { name: 'Zeiss (Germany)', countryCode: 'DE', city: 'Berlin' },
    ],
  ])('%s: %j and %j', (expected, left, right) => expect(verdict(left, right)).toBe(expected));

  it('shows what was compared, how much it counted, and what would change it', () => {
    const { fields, flip, score } = match(
      acme,
      { ...acme, name: 'ACME Widgets AG', phone: '030 9876543' },
      standardThresholds,
    );
    const levels = new Map(fields.map(({ field, level }) => [field, level]));
    expect([...levels]).toEqual(
      expect.arrayContaining([
        ['name', 'equal'],
        ['otherWords', 'none+none'],
        ['legalForm', 'different'],
        ['domain', 'equal'],
        ['phone', 'different'],
        ['address', 'same-building'],
        ['country', 'equal'],
      ]),
    );
    expect(fields.find(({ field }) => field === 'phone')).toMatchObject({
      left: '+49301234560',
      right: '+49309876543',
    });
    const sum = fields.reduce((total, { weight }) => total + weight, currentWeights.prior);
    expect(score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 3);
    expect(score).toBeGreaterThan(0.99);
    expect(flip).toBe('possible if registryId were different');
  });

  it('names the smallest change', () => {
    const left = { name: 'Orion', countryCode: 'PL' };
    expect(match(left, left, standardThresholds).flip).toBe('possible if phone were different');
  });

  it('obeys the thresholds it is given', () => {
    const left = { name: 'Orion', countryCode: 'PL' };
    expect(match(left, left, { certain: 0.7, possible: 0.3 }).verdict).toBe('certain');
    expect(match(left, left, { certain: 0.9999, possible: 0.9998 }).verdict).toBe('none');
  });
});

describe('any two records', () => {
  it('get the same verdict, score and flip both ways', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (left, right) => {
        const one = match(left, right, standardThresholds);
        const other = match(right, left, standardThresholds);
        expect([other.verdict, other.score, other.flip]).toEqual([one.verdict, one.score, one.flip]);
        expect(other.fields.map(({ field, level }) => field + level)).toEqual(
          one.fields.map(({ field, level }) => field + level),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are compared without a throw, whatever is in them', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constant('x'.repeat(100_000)),
      fc.constant(undefined),
      fc.integer(),
    );
    const record = fc.record({
      name: odd,
      tradeNames: fc.oneof(odd, fc.array(odd)),
      domain: odd,
      email: odd,
      phone: odd,
      street: odd,
      city: odd,
      postcode: odd,
      countryCode: odd,
      registryIds: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ type: odd, value: odd })))),
    }) as unknown as fc.Arbitrary<ClaimRecord>;
    fc.assert(
      fc.property(record, record, (left, right) => {
        expect(match(left, right, standardThresholds).score).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a record without a country', () => {
  it('is compared by the rest: nothing is known, so nothing speaks against', () => {
    const { fields, verdict: said } = match(
      { name: 'Volker Rentel' },
      { name: 'Volker Rentel', countryCode: 'DE' },
      standardThresholds,
    );
    expect(fields.map(({ field }) => field)).not.toContain('country');
    expect(said).toBe('certain');
  });
});

describe('versions of the weights', () => {
  it('are found by the name that a decision recorded', () => {
    expect(weightsOf(weightsVersion)?.version).toBe(weightsVersion);
    expect(weightsOf('never-released')).toBeUndefined();
  });

  it('weigh the same levels each in its own way', () => {
    const silent = { version: 'silent', prior: 0, fields: {} };
    expect(match(acme, acme, standardThresholds, silent)).toMatchObject({ score: 0.5, verdict: 'possible' });
  });
});
