import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { featuresOf } from './candidate-features.js';
import type { ClaimRecord } from './claim-record.js';
import { anyRecord } from './records.fixture.js';

const named = (name: string, more: Partial<ClaimRecord> = {}): ClaimRecord => ({ name, countryCode: 'PL', ...more });
const share = (one: ClaimRecord, other: ClaimRecord): number => {
  const [a, b] = [featuresOf(one).names, featuresOf(other).names];
  return [...a.keys()].filter((feature) => b.has(feature)).length / Math.min(a.size, b.size);
};
const keysInCommon = (one: ClaimRecord, other: ClaimRecord): number => {
  const [a, b] = [featuresOf(one).keys, featuresOf(other).keys];
  return [...a.keys()].filter((key) => b.has(key)).length;
};

const featuresShared = (one: string, other: string): number => {
  const found = featuresOf(named(other)).names;
  return [...featuresOf(named(one)).names.keys()].filter((feature) => found.has(feature)).length;
};

describe('features', () => {
  it('of a name are its words, its runs of four letters across them, its pairs of words and itself in its country', () => {
    // ^ori orio rion ions onsy nsys syst yste stem tems ems$, two words, one pair, the whole
    expect(featuresOf(named('Orion Systems sp. z o.o.')).names.size).toBe(11 + 2 + 1 + 1);
  });

  it.each<[string, ClaimRecord, ClaimRecord]>([
    ['another legal form', named('Orion Systems'), named('ORION SYSTEMS S.A.')],
    ['blanks left out', named('Orion Systems'), named('OrionSystems')],
    ['words turned round', named('Orion Systems'), named('Systems Orion')],
    ['a letter left out', named('Orion Systems'), named('Orion Sytems')],
    ['an umlaut written out', named('Müller Bau'), named('Mueller Bau')],
    ['a domain that is the name', named('Holding 4', { domain: 'orion-systems.pl' }), named('Orion Systems')],
    ['a trade name', named('Holding 4', { tradeNames: ['Orion Systems'] }), named('Orion Systems')],
    ['another script', named('Газпром Нефть'), named('Gazprom Neft')],
  ])('are shared by half at least in spite of %s', (_, one, other) => {
    expect(share(one, other)).toBeGreaterThanOrEqual(0.5);
  });

  it('are not shared by other names', () => {
    expect(share(named('Orion Systems'), named('Kowalski Piekarnia'))).toBe(0);
  });

  it('count for more where the name has few, and a long trade name takes nothing from a short name', () => {
    const alone = featuresOf(named('Orion')).names;
    const besides = featuresOf(named('Orion', { tradeNames: ['Przedsiębiorstwo Handlowo Usługowe Kasjopea'] })).names;
    expect(besides.size).toBeGreaterThan(alone.size);
    for (const [feature, counts] of alone) expect(besides.get(feature)).toBe(counts);
    expect(Math.max(...featuresOf(named('Orion Systems International Trading')).names.values())).toBeLessThan(
      Math.min(...alone.values()),
    );
  });

  it('of identifiers are the same however these are written', () => {
    const one = named('A', {
      domain: 'https://www.orion.pl/kontakt',
      phone: '22 123 45 67',
      street: 'ul. Długa 7',
      postcode: '00-001',
      registryIds: [{ type: 'NIP', value: '526-025-02-74' }],
    });
    const other = named('B', {
      email: 'ewa@orion.pl',
      phone: '+48221234567',
      street: '7 Dluga',
      postcode: '00001',
      registryIds: [{ type: 'vat', value: 'PL5260250274' }],
    });
    expect(keysInCommon(one, other)).toBe(4);
    expect([...featuresOf(one).keys.values()].toSorted((a, b) => b - a)).toEqual([8, 4, 2, 1]);
  });

  it('are shared by a long name and its four initials or more', () => {
    expect(featuresShared('Bringova Oxlade Zeltmayer Kvist', 'BOZK')).toBe(1);
    expect(featuresShared('Bringova Oxlade Zeltmayer', 'BOZ')).toBe(0);
  });

  it('have none of a free mail address or a house without its postcode', () => {
    expect(featuresOf(named('A', { email: 'orion@gmail.com', street: 'Długa 7' })).keys.size).toBe(0);
  });

  it('are few, small and never fail, whatever is written', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { names, keys } = featuresOf(record);
        expect(names.size).toBeLessThanOrEqual(200);
        expect(keys.size).toBeLessThanOrEqual(10);
        for (const feature of [...names.keys(), ...keys.keys()]) expect(feature).toBe(feature | 0);
        for (const counts of names.values()) expect(counts > 0 && counts <= 1_000).toBe(true);
      }),
    );
  });
});
