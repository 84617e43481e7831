import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../registrations/registration.events.js';
import {
  candidatesFor,
  contentionEndsAt,
  contests,
  customerOf,
  givenUp,
  outcomeOf,
  type PlacedClaim,
} from './screening.js';

const thresholds = { certain: 0.9, possible: 0.5 };
const nothing = () => undefined;

describe('candidates', () => {
  const asked = claim('asked', 9, {
    record: { name: 'Orion Kraków sp. z o.o.', domain: 'orion.example', countryCode: 'PL' },
  });

  const ids = (earlier: PlacedClaim[]) =>
    candidatesFor(asked, earlier, nothing, thresholds).map(({ claimId }) => claimId);

  it('are the claims that match, the strongest first, and say which fields agreed', () => {
    const found = candidatesFor(
      asked,
      [
        claim('far', 1, { record: { name: 'Sirius AG', domain: 'sirius.example', countryCode: 'PL' } }),
        twin('near', 2),
      ],
      nothing,
      thresholds,
    );
    expect(found.map(({ claimId, verdict }) => [claimId, verdict])).toEqual([['near', 'certain']]);
    expect(found[0]?.fields).toContainEqual(
      expect.objectContaining({ field: 'domain', level: 'equal', left: 'orion.example' }),
    );
  });

  it('stand in the order of their places where scores are equal, however they were found', () => {
    const [a, b, c] = [twin('a', 3), twin('b', 1), twin('c', 2)];
    expect(ids([a, b, c])).toEqual(['b', 'c', 'a']);
    expect(ids([c, a, b])).toEqual(['b', 'c', 'a']);
  });

  it('of another country are shown, never certain', () => {
    const abroad = claim('abroad', 1, { record: { ...asked.record, countryCode: 'DE' } });
    const said = candidatesFor(asked, [abroad], () => 'same', thresholds);
    expect(said).toEqual([expect.objectContaining({ verdict: 'possible', otherCountry: true })]);
    expect(outcomeOf(said, [])).toBe('clear');
  });

  it('that a person called different are left out, and with them their customer as a certainty', () => {
    const found = candidatesFor(
      asked,
      [twin('parted', 1, 'orion'), twin('kin', 2, 'orion'), twin('other', 3, 'else')],
      (claimId) => (claimId === 'parted' ? 'different' : undefined),
      thresholds,
    );
    expect(found.map(({ claimId, verdict }) => [claimId, verdict])).toEqual([
      ['kin', 'possible'],
      ['other', 'certain'],
    ]);
  });

  it('that a person called the same are certain, whatever the score', () => {
    const unlike = claim('unlike', 1, { record: { name: 'Sirius AG', countryCode: 'PL' } });
    expect(candidatesFor(asked, [unlike], () => 'same', thresholds)).toEqual([
      expect.objectContaining({ verdict: 'certain' }),
    ]);
  });
});

describe('the customer', () => {
  const fresh = { key: 'own', since: null };

  it("is the earliest certain claim's; others that match with certainty are recorded", () => {
    const found = [
      candidate('x', 7, 'late', 'certain'),
      candidate('y', 2, 'early', 'certain'),
      candidate('z', 1, 'maybe', 'possible'),
    ];
    expect(customerOf(found, fresh)).toEqual({ customerKey: 'early', otherCustomerKeys: ['late'] });
  });
  it('is its own where nothing is certain', () =>
    expect(customerOf([candidate('z', 1, 'maybe', 'possible')], fresh)).toEqual({
      customerKey: 'own',
      otherCustomerKeys: [],
    }));
  it('that it has had since its place gives way to earlier claims only', () => {
    const found = [candidate('x', 7, 'other', 'certain')];
    expect(customerOf(found, { key: 'own', since: 3 })).toEqual({ customerKey: 'own', otherCustomerKeys: ['other'] });
    expect(customerOf(found, { key: 'own', since: 9 })).toEqual({ customerKey: 'other', otherCustomerKeys: ['own'] });
  });
});

describe('what is given up', () => {
  const before = { customerKey: 'k', productFamilies: ['backup', 'erp'] };
  it('are families left out, and all of them with the customer', () => {
    expect(givenUp(before, 'k', ['erp', 'identity'])).toEqual(['backup']);
    expect(givenUp(before, 'other', ['erp'])).toEqual(['backup', 'erp']);
    expect(givenUp(before, 'k', ['backup', 'erp'])).toEqual([]);
  });
});

describe('a contest', () => {
  const own = claim('own', 5, { productFamilies: ['erp', 'backup', 'identity'] });

  it('is held per family, among all that claim it, in the order of their places', () => {
    const others = [
      claim('late', 8, { productFamilies: ['backup'] }),
      claim('early', 1, { productFamilies: ['backup', 'erp'] }),
    ];
    expect(
      contests(own, others).map(({ family, claimants }) => [family, claimants.map(({ claimId }) => claimId)]),
    ).toEqual([
      ['backup', ['early', 'own', 'late']],
      ['erp', ['early', 'own']],
    ]);
  });
  it('needs a common family', () =>
    expect(contests(own, [claim('other', 1, { productFamilies: ['endpoint'] })])).toEqual([]));
  it("needs more than the vendor's own opportunities", () => {
    const direct = { kind: 'direct', partnerId: null, productFamilies: ['erp'] } as const;
    expect(contests(claim('a', 2, direct), [claim('b', 1, direct)])).toEqual([]);
    expect(contests(own, [claim('b', 1, direct)])).toHaveLength(1);
  });
});

describe('the contention window', () => {
  it('opens with the first complete claim on the same customer and family', () => {
    const own = claim('own', 5, { completeAt: '2026-03-02T10:00:00.000Z' });
    const rival = claim('rival', 1, { completeAt: '2026-03-01T10:00:00.000Z' });
    const elsewhere = claim('elsewhere', 2, { completeAt: '2026-01-01T10:00:00.000Z', productFamilies: ['erp'] });
    expect(contentionEndsAt(own, [rival, elsewhere], 24)).toBe('2026-03-02T10:00:00.000Z');
    expect(contentionEndsAt(own, [], 24)).toBe('2026-03-03T10:00:00.000Z');
  });
});

function claim(claimId: string, place: number, fields: Partial<PlacedClaim> = {}): PlacedClaim {
  return {
    claimId,
    kind: 'registration',
    partnerId: 'north',
    place,
    customerKey: `customer-of-${claimId}`,
    productFamilies: ['backup'],
    completeAt: '2026-03-01T10:00:00.000Z',
    record: { name: claimId, countryCode: 'PL' },
    ...fields,
  };
}

function twin(claimId: string, place: number, customerKey = claimId): PlacedClaim {
  return claim(claimId, place, {
    customerKey,
    record: { name: 'ORION Krakow', domain: 'orion.example', countryCode: 'PL' },
  });
}

function candidate(claimId: string, place: number, customerKey: string, verdict: Candidate['verdict']): Candidate {
  const { kind, partnerId, productFamilies } = claim(claimId, place);
  return { claimId, kind, partnerId, place, customerKey, productFamilies, verdict, score: 1, fields: [] };
}
