import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { candidateKeys } from './candidate-keys.js';
import type { ClaimRecord } from './claim-record.js';
import { anyRecord } from './records.fixture.js';

describe('candidate keys', () => {
  it('holds each identifier once, the surest first', () => {
    const keys = candidateKeys({
      name: 'Acme Sp. z o.o.',
      countryCode: 'PL',
      domain: 'https://www.acme.com/pl',
      phone: '22 123 45 67',
      registryIds: [{ type: 'NIP', value: '526-025-02-74' }],
    });
    expect(keys).toEqual(['r:vat:PL5260250274', 'd:acme.com', 'p:+48221234567', 'n:acme']);
  });

  it.each<[string, ClaimRecord, ClaimRecord]>([
    [
      'blanks and hyphens',
      { name: 'Pomper Hijken', countryCode: 'NL' },
      { name: 'PomperHijken B.V.', countryCode: 'NL' },
    ],
    [
      'a name and a domain',
      { name: 'Pomper Hijken', countryCode: 'NL' },
      { name: 'Melkveebedrijf', domain: 'pomper-hijken.nl', countryCode: 'NL' },
    ],
    [
      'a descriptor',
      { name: 'Volker Rentel GmbH', countryCode: 'DE' },
      { name: 'Volker Rentel Heizung', countryCode: 'DE' },
    ],
    ['an ending', { name: 'Calico Jacks', countryCode: 'DE' }, { name: "Calico Jack's Bistro", countryCode: 'DE' }],
    ['a spelling near the end', { name: 'คลีนิกบ้านหมอ', countryCode: 'TH' }, { name: 'คลีนิคบ้านหมอ', countryCode: 'TH' }],
    ['word order', { name: 'Kaya Juwelier', countryCode: 'DE' }, { name: 'Juwelier Kaya', countryCode: 'DE' }],
    [
      'a trade name',
      { name: 'Omega', tradeNames: ['Zielona'], countryCode: 'PL' },
      { name: 'Zielona', countryCode: 'PL' },
    ],
  ])('finds across %s', (_what, left, right) => {
    const keys = new Set(candidateKeys(left));
    expect(candidateKeys(right).some((key) => keys.has(key))).toBe(true);
  });

  it('is at most 12 keys of at most 80 characters, and none for an empty record', () => {
    expect(candidateKeys({ name: ' ', countryCode: '' })).toEqual([]);
    fc.assert(
      fc.property(anyRecord, fc.string({ maxLength: 2_000 }), (record, name) => {
        const keys = candidateKeys({ ...record, name: `${record.name} ${name}` });
        expect(keys.length).toBeLessThanOrEqual(12);
        expect(keys.every((key) => key.length > 2 && key.length <= 80)).toBe(true);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
