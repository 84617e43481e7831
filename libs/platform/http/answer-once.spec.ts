import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogUnavailable, UnknownOutcome } from '../event-store/event-store.js';
import { IdempotencyKey, idempotencySweep } from './idempotency.js';
import { type Order, page } from './page.js';
import { as, good, type OpenShop, openShop, type Story, token } from './shop.fixture.js';

describe('Idempotency-Key', () => {
  it('answers the same request the same, and acts once', async () => {
    const first = await keyed('one');
    const again = await keyed('one', { inner: good.inner, count: good.count, name: good.name });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
    for (const name of ['etag', 'location', 'content-type']) expect(again.headers[name]).toBe(first.headers[name]);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('is each principal’s own', async () => {
    const [mine, theirs] = [await keyed('shared'), await keyed('shared', good, 'admin')];
    expect(theirs.json().id).not.toBe(mine.json().id);
  });

  it('is its own for each partner that somebody acts for', async () => {
    const [one, other] = [await actingFor('p-1'), await actingFor('p-2')];
    expect(other.headers).not.toHaveProperty('idempotency-replayed');
    expect(other.json().id).not.toBe(one.json().id);
    expect(other.json().commandId).not.toBe(one.json().commandId);
  });

  it('refuses another body', async () => {
    await keyed('two');
    expect((await keyed('two', { ...good, count: 2 })).json()).toMatchObject({
      status: 422,
      code: 'idempotency.body-differs',
    });
  });

  it('keeps what the rules refused, but neither shape nor failures', async () => {
    await keyed('three', { ...good, name: 'twice' });
    expect((await keyed('three', { ...good, name: 'twice' })).headers['idempotency-replayed']).toBe('true');
    await keyed('four', {});
    expect((await keyed('four')).statusCode).toBe(201);
    story.fail = new LogUnavailable('down');
    expect((await keyed('five')).statusCode).toBe(503);
    story.fail = undefined;
    expect((await keyed('five')).statusCode).toBe(201);
  });

  it('stays with its request after a failure, which may have taken effect', async () => {
    story.fail = new UnknownOutcome('no answer');
    expect((await keyed('six')).statusCode).toBe(503);
    story.fail = undefined;
    const before = story.acts;
    expect((await keyed('six', { ...good, count: 2 })).json()).toMatchObject({
      status: 422,
      code: 'idempotency.body-differs',
    });
    expect(story.acts).toBe(before);
    expect((await keyed('six')).statusCode).toBe(201);
    expect((await keyed('six')).headers['idempotency-replayed']).toBe('true');
  });

  it('lets one of many act, and none twice', async () => {
    const before = story.acts;
    const answers = await Promise.all(Array.from({ length: 30 }, () => keyed('many')));
    expect(story.acts).toBe(before + 1);
    for (const { statusCode, json } of answers)
      expect([201, 409]).toContain(
        statusCode === 409 ? (json().code === 'idempotency.in-flight' ? 409 : 0) : statusCode,
      );
  });

  it('acts again as the same command when the one who acted died', async () => {
    const { promise, resolve: release } = deferred();
    story.hold = promise;
    const before = story.acts;
    const lost = keyed('lost');
    while (story.acts === before) await new Promise((resolve) => setImmediate(resolve));
    expect((await keyed('lost')).json()).toMatchObject({ status: 409, code: 'idempotency.in-flight' });
    story.hold = undefined;
    await database.query(`UPDATE idempotency_key SET lease_until = now() - interval '1 s' WHERE key = 'lost'`);
    const repeat = await keyed('lost');
    release();
    const late = await lost;
    expect(story.acts).toBe(before + 2);
    expect([repeat.json().id, repeat.json().commandId]).toEqual([late.json().id, late.json().commandId]);
    expect((await keyed('lost')).json()).toEqual(repeat.json());
  });

  it('refuses a key that is none', async () => {
    expect((await keyed('x'.repeat(256))).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/headers/idempotency-key' }],
    });
  });
});

describe('a list', () => {
  it.each<[string, Order[]]>([
    [
      'one way',
      [
        { column: 'requestHash', direction: 'ASC' },
        { column: 'key', direction: 'ASC' },
      ],
    ],
    [
      'backwards',
      [
        { column: 'requestHash', direction: 'DESC' },
        { column: 'key', direction: 'DESC' },
      ],
    ],
    [
      'both ways',
      [
        { column: 'requestHash', direction: 'DESC' },
        { column: 'key', direction: 'ASC' },
      ],
    ],
    [
      'empty last',
      [
        { column: 'status', direction: 'ASC', nullable: true },
        { column: 'key', direction: 'ASC' },
      ],
    ],
  ])('comes page by page, nothing twice and nothing left out: %s', async (_what, order) => {
    await database.query('TRUNCATE idempotency_key');
    await database.query(`
      INSERT INTO idempotency_key (principal, key, request_hash, lease_until, status, created_at)
      SELECT 'p', 'k' || n, 'h' || n % 4, now(), nullif(n % 3, 0), now() FROM generate_series(1, 23) n`);
    const read = (limit: number, cursor?: string) =>
      page({
        rows: database.getRepository(IdempotencyKey).createQueryBuilder('row').where(`row.principal = 'p'`),
        alias: 'row',
        order,
        query: { limit, ...(cursor !== undefined && { cursor }) },
        principal: { subject: 'anna', vendor: 'shop', role: 'auditor' },
        filter: {},
      });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor } = await read(5, cursor);
      seen.push(...items.map(({ key }) => key));
      cursor = nextCursor;
    }
    expect(seen).toEqual((await read(200)).items.map(({ key }) => key));
    expect(seen).toHaveLength(23);
  });

  it('forgets keys after 7 days', async () => {
    await database.query(`UPDATE idempotency_key SET created_at = now() - interval '8 days' WHERE key = 'k1'`);
    await idempotencySweep.run(database);
    expect(await database.getRepository(IdempotencyKey).countBy({ principal: 'p' })).toBe(22);
  });
});

let shop: OpenShop;
let app: OpenShop['app'];
let database: OpenShop['database'];
let story: Story;
beforeAll(async () => {
  shop = await openShop();
  ({ app, database, story } = shop);
});
afterAll(() => shop?.close());

const keyed = async (key: string, payload: unknown = good, role = 'partner') =>
  app.inject({
    method: 'POST',
    url: '/orders',
    payload: payload as object,
    headers: { ...(await as(role)), 'idempotency-key': key },
  });
const actingFor = async (partnerId: string) =>
  app.inject({
    method: 'POST',
    url: '/orders',
    payload: good,
    headers: { authorization: `Bearer ${await token('partner', { partnerId })}`, 'idempotency-key': 'partners' },
  });
const deferred = () => {
  let resolve: () => void = Boolean;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
};
