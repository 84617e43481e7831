import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AsOfQuery, ProofBody, ReviewsQuery } from './registrations.dto.js';

const faults = (type: new () => object, plain: object): string[] =>
  validateSync(plainToInstance(type, plain)).map(({ property }) => property);
const proof = (occurredAt: string) => faults(ProofBody, { kind: 'poc', sha256: 'a'.repeat(64), occurredAt });

const moments = ['2026-01-15T09:00:00Z', '2026-01-15T09:00+01:00', '2026-01-15T09:00:00.123456-05:00'];
const others = [
  '2026-W05-1',
  '2026-005',
  '2026-01-15',
  '2026-01-15T09:00:00',
  '2026-02-30T09:00:00Z',
  '2026-13-01T09:00:00Z',
  '2026-01-15T25:00:00Z',
  'yesterday',
];

describe('a moment', () => {
  it.each(moments)('%s is one', (moment) => {
    expect(proof(moment)).toEqual([]);
    expect(faults(ReviewsQuery, { dueBefore: moment })).toEqual([]);
    expect(faults(AsOfQuery, { asOf: moment })).toEqual([]);
    expect(new Date(moment).toJSON()).toBeDefined();
  });
  it.each(others)('%s is none', (other) => {
    expect(proof(other)).toEqual(['occurredAt']);
    expect(faults(ReviewsQuery, { dueBefore: other })).toEqual(['dueBefore']);
  });
});

describe('the time of a past state', () => {
  it.each(['0', '12345678901234567890', '2026-01-15'])('may be %s', (asOf) =>
    expect(faults(AsOfQuery, { asOf })).toEqual([]),
  );
  it.each(others.filter((other) => other !== '2026-01-15'))('may not be %s', (asOf) =>
    expect(faults(AsOfQuery, { asOf })).toEqual(['asOf']),
  );
});
