import { describe, expect, it } from '@jest/globals';
import { openCursor, sealCursor, signCursorsWith } from './cursor.js';
import { durationMs } from './duration.js';
import { revisionOf } from './if-match.js';
import { behind, type Order } from './page.js';
import type { Principal } from './principal.js';

const anna: Principal = { subject: 'anna', vendor: 'demo', role: 'partner', partnerId: 'p-1' };
const filter = { status: 'open', family: ['erp'] };

describe('a cursor', () => {
  const cursor = sealCursor(['2026-01-01T00:00:00.000Z', 7, null], anna, filter);

  it('opens for its principal and filter', () =>
    expect(openCursor(cursor, anna, { family: ['erp'], status: 'open' })).toEqual([
      '2026-01-01T00:00:00.000Z',
      7,
      null,
    ]));

  it.each([
    ['another person', cursor, { ...anna, subject: 'bert' }, filter],
    ['another vendor', cursor, { ...anna, vendor: 'other' }, filter],
    ['another filter', cursor, anna, { status: 'open' }],
    ['other values', `${Buffer.from('["2020"]').toString('base64url')}.${cursor.split('.')[1]}`, anna, filter],
    ['no signature', cursor.split('.')[0]!, anna, filter],
    ['garbage', '%%%', anna, filter],
    ['nothing', '', anna, filter],
  ])('is refused for %s', (_what, text, who, narrowed) =>
    expect(() => openCursor(text, who, narrowed)).toThrow(
      expect.objectContaining({ status: 400, code: 'request.invalid' }),
    ),
  );

  it('is refused under another secret', () => {
    signCursorsWith('another');
    expect(() => openCursor(cursor, anna, filter)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('what comes behind a place', () => {
  it('is one comparison of rows where all columns go one way', () =>
    expect(behind('r', [up('place'), up('key')], [4, 'k'])).toEqual({
      sql: '(r.place, r.key) > (:cursor0, :cursor1)',
      values: { cursor0: 4, cursor1: 'k' },
    }));

  it('is a chain where they go both ways', () =>
    expect(behind('r', [{ column: 'at', direction: 'DESC' }, up('key')], ['t', 'k']).sql).toBe(
      '(r.at < :cursor0) OR (r.at = :cursor0 AND r.key > :cursor1)',
    ));

  it('puts what is empty last', () => {
    const order = [up('dueAt', true), up('key')];
    expect(behind('r', order, ['t', 'k']).sql).toBe(
      '((r.dueAt > :cursor0 OR r.dueAt IS NULL)) OR (r.dueAt = :cursor0 AND r.key > :cursor1)',
    );
    expect(behind('r', order, [null, 'k']).sql).toBe('(FALSE) OR (r.dueAt IS NULL AND r.key > :cursor1)');
  });
});

describe('If-Match', () => {
  it('is a revision', () => expect(revisionOf(' "12" ', true)).toBe(12));
  it('may be missing where it is not needed', () => expect(revisionOf(undefined, false)).toBeUndefined());
  it('is missed where it is', () =>
    expect(() => revisionOf(undefined, true)).toThrow(expect.objectContaining({ status: 428 })));
  it.each(['W/"1"', '1', '*', '"a"', '', '"1","2"', '"9999999999999999"'])('refuses %s', (header) =>
    expect(() => revisionOf(header, false)).toThrow(expect.objectContaining({ status: 400 })),
  );
});

describe('a duration', () => {
  it.each([
    ['PT25H', 25 * 3_600_000],
    ['P3D', 3 * 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
    ['PT90M', 5_400_000],
    ['PT0S', 0],
  ])('%s', (text, ms) => expect(durationMs(text)).toBe(ms));
  it.each(['', 'P', 'PT', 'P1DT', '25H', 'PT-1H', '-PT1H', 'P1W', 'P1M', 'PT1.5H', 'pt1h', 'PT1H2D', 'PT1H '])(
    'is not %j',
    (text) => expect(durationMs(text)).toBeUndefined(),
  );
});

const up = (column: string, nullable?: true): Order => ({
  column,
  direction: 'ASC',
  ...(nullable && { nullable }),
});
