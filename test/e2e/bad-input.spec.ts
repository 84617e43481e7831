import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { until } from '../support/until.js';
import { type Answer, type Asking, type QuickStart, quickStart } from '../support/quick-start.js';
import { deal } from './deals.fixture.js';
import { claim, wrongShapes } from './wrong-shapes.fixture.js';

let house: QuickStart;
let own: string;
const good = deal({ legalName: 'Orion Systems', domain: 'orion-systems.pl' });

beforeAll(async () => {
  house = await quickStart();
  const { body } = await house.ask('/v1/registrations', { as: 'partner-01', body: good });
  own = `/v1/registrations/${body.id}`;
  await house.until(own, 'partner-01', ({ status }) => status === 'under-review');
}, 90_000);
afterAll(() => house?.stop());

const registrations = '/v1/registrations';
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({
    status,
    code,
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.any(String),
    traceId: expect.any(String),
  }),
});
/** The position of the last event that the log has, told publicly or not. */
const newest = async (): Promise<string> => {
  for (let after = '0'; ;) {
    const { body } = await house.ask(`/v1/events?limit=200&after=${after}`, { as: 'manager-1' });
    if (body.nextCursor === null) return body.after;
    after = body.after;
  }
};

let last = '';
/** The same, once the processors have said all that they have to say of what was written before. */
const settled = async (): Promise<string> => {
  let since = performance.now();
  if ((await newest()) === last) return last;
  return until('the processors to be done', async () => {
    const now = await newest();
    if (now !== last) [last, since] = [now, performance.now()];
    return performance.now() - since > 1_000 ? last : undefined;
  });
};

/** Refused as said, and nothing was written. */
const refused = async (path: string, asking: Asking, status: number, code: string): Promise<Answer> => {
  const before = await settled();
  const answer = await house.ask(path, asking);
  expect(answer).toMatchObject(problem(status, code));
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await newest()).toBe(before);
  return answer;
};

describe('a body that is wrong in shape', () => {
  it.each([
    ['an unknown field', { ...good, discount: 5 }, '/discount'],
    ['an unknown field deeper down', { ...good, customer: { ...good.customer, colour: 'red' } }, '/customer/colour'],
    ['a wrong type', { ...good, consent: 'yes' }, '/consent'],
    ['a number as text', { ...good, estimatedValue: { amount: '4000000', currency: 'EUR' } }, '/estimatedValue/amount'],
    ['a fraction of a cent', { ...good, estimatedValue: { amount: 0.5, currency: 'EUR' } }, '/estimatedValue/amount'],
    ['a text too long', { ...good, customer: { ...good.customer, legalName: 'x'.repeat(121) } }, '/customer/legalName'],
    ['a NUL that no store could keep', { ...good, notes: 'a\u0000b' }, '/notes'],
    [
      'a list where an object belongs',
      { ...good, customer: { ...good.customer, registryIds: [[]] } },
      '/customer/registryIds',
    ],
    ['a list too long', { ...good, team: Array(11).fill('Ann') }, '/team'],
    ['blanks for a name', { ...good, customer: { ...good.customer, legalName: ' \u200b ' } }, '/customer/legalName'],
  ])('%s is named by its pointer', async (_, body, pointer) => {
    const { body: said } = await refused(registrations, { as: 'partner-01', body }, 400, 'request.invalid');
    expect(said.errors).toContainEqual(expect.objectContaining({ pointer }));
  });

  it.each([
    ['broken JSON', '{"submit": tru', 400, 'request.invalid'],
    ['a list', '[]', 400, 'request.invalid'],
    ['broken UTF-8', Buffer.from('7b22636f6e73656e74223a22ff227d', 'hex'), 400, 'request.invalid'],
    ['10 MB', `{"notes":"${'x'.repeat(10_000_000)}"}`, 413, 'request.too-large'],
  ])('%s is refused', (_, body, status, code) => refused(registrations, { as: 'partner-01', body }, status, code));

  it('is answered to a client that sends all of it before it listens, too', async () => {
    const { hostname, port } = new URL(house.url);
    const socket = connect(Number(port), hostname);
    const size = 10_000_000;
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk));
    socket.write(
      `POST /v1/registrations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`,
    );
    socket.pause();
    await new Promise((sent, fault) => socket.on('error', fault).write('x'.repeat(size), sent));
    socket.resume();
    await until('an answer', () => said.includes('"status":401'));
    socket.destroy();
  });

  it('in another format is refused', () =>
    refused(
      registrations,
      { as: 'partner-01', body: 'submit=true', headers: { 'content-type': 'text/plain' } },
      415,
      'request.media-type',
    ));
});

describe('wrong shapes in every slice', () => {
  it.each(wrongShapes)('%s %s as %s: %s', async (method, path, as, pointer, body) => {
    const { body: said } = await refused(
      path,
      { as, method, body, headers: { 'if-match': '"0"' } },
      400,
      'request.invalid',
    );
    expect(said.errors).toContainEqual(expect.objectContaining({ pointer }));
  });
});

describe('a body that is wrong in meaning', () => {
  it.each([
    ['no consent', { consent: false }, 'registration.no-consent'],
    ['a value below the least', { estimatedValue: { amount: 1_000, currency: 'EUR' } }, 'registration.below-threshold'],
    [
      'a currency without a table',
      { estimatedValue: { amount: 9_000_000, currency: 'JPY' } },
      'registration.currency-not-accepted',
    ],
    ['no family', { productFamilies: [] }, 'registration.incomplete'],
    ['a family of nobody', { productFamilies: ['cake'] }, 'registration.not-authorised'],
  ])('%s', (_, fields, code) => refused(registrations, { as: 'partner-01', body: { ...good, ...fields } }, 422, code));

  it('an applicant may not register', () =>
    refused(registrations, { as: 'partner-09', body: good }, 422, 'registration.partner-not-active'));
});

describe('somebody who may not', () => {
  it('without a token', () => refused(registrations, { body: good }, 401, 'request.unauthenticated'));
  it('with a token of nobody', () =>
    refused(own, { headers: { authorization: 'Bearer abc.def.ghi' } }, 401, 'request.unauthenticated'));
  it("finds another partner's registration as unknown as one that doesn't exist", async () => {
    const others = await refused(own, { as: 'partner-02' }, 404, 'registration.unknown');
    const nobodys = await refused(
      `${registrations}/${crypto.randomUUID()}`,
      { as: 'partner-02' },
      404,
      'registration.unknown',
    );
    expect({ ...others.body, instance: '', traceId: '' }).toEqual({ ...nobodys.body, instance: '', traceId: '' });
    await refused(`${own}/history`, { as: 'partner-02' }, 404, 'registration.unknown');
    await refused(
      `${own}/withdraw`,
      { as: 'partner-02', body: { reason: 'mine now' }, headers: { 'if-match': '"4"' } },
      404,
      'registration.unknown',
    );
    await refused(own, { as: 'other-manager' }, 404, 'registration.unknown');
    expect((await house.ask(registrations, { as: 'partner-02' })).body.items).toEqual([]);
  });
  it("can't approve, as a partner", () =>
    refused(
      `${own}/approve`,
      { as: 'partner-01', body: {}, headers: { 'if-match': '"4"' } },
      403,
      'request.forbidden',
    ));
  it("can't register for another partner: that comes from the session", () =>
    refused(registrations, { as: 'partner-01', body: { ...good, partnerId: 'partner-02' } }, 400, 'request.invalid'));
});

describe('a request that comes too late or again', () => {
  it('needs If-Match, and the present revision', async () => {
    await refused(`${own}/withdraw`, { as: 'partner-01', body: { reason: 'no budget' } }, 428, 'precondition.required');
    const stale = await refused(
      `${own}/withdraw`,
      { as: 'partner-01', body: { reason: 'no budget' }, headers: { 'if-match': '"0"' } },
      412,
      'precondition.stale',
    );
    expect(stale.body.currentRevision).toBeGreaterThan(0);
  });

  it('with the same key and body answers the same and acts once; with another body it is refused', async () => {
    const headers = { 'idempotency-key': 'order-4711' };
    const body = deal({ legalName: 'Lumen Works', domain: 'lumen-works.pl' });
    const first = await house.ask(registrations, { as: 'partner-01', body, headers });
    const again = await house.ask(registrations, { as: 'partner-01', body, headers });
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    await house.until(`${registrations}/${first.body.id}`, 'partner-01', ({ status }) => status !== 'submitted');
    await refused(registrations, { as: 'partner-01', body: good, headers }, 422, 'idempotency.body-differs');
    // a key is its principal's own
    expect((await house.ask(registrations, { as: 'partner-02', body, headers })).body.id).not.toBe(first.body.id);
  });

  it('fifty at once with one key have one effect', async () => {
    const headers = { 'idempotency-key': 'order-4712' };
    const body = deal({ legalName: 'Once Only', domain: 'once-only.pl' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => house.ask(registrations, { as: 'partner-03', body, headers })),
    );
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body: { id } }) => id)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const { items } = (
      await house.ask(`${registrations}?after=${answers.find(({ status }) => status === 201)!.body.position}`, {
        as: 'partner-03',
      })
    ).body;
    expect(items).toHaveLength(1);
  });
});

describe('a question that is wrong', () => {
  it.each([
    ['a cursor that was never given', '?cursor=abc'],
    ['a limit beyond the most', '?limit=1000'],
    ['a position that is none', '?after=soon'],
    ['a filter that nobody knows', '?colour=red'],
    ['a byte that is no UTF-8', '?q=%ff'],
    ['half an escape', '?q=100%'],
  ])('%s', (_, query) => refused(`${registrations}${query}`, { as: 'manager-1' }, 400, 'request.invalid'));
  it.each(['registrations', 'partners', 'direct-claims', 'customers'])(
    'an empty search of %s narrows nothing',
    async (list) => {
      const [all, searched] = await Promise.all(
        ['', '?q='].map((query) => house.ask(`/v1/${list}${query}`, { as: 'manager-1' })),
      );
      expect(searched).toMatchObject({ status: 200, body: { items: all!.body.items } });
    },
  );
  it('a place where nothing is', () => refused('/v1/nothing', { as: 'manager-1' }, 404, 'route.unknown'));
  it('a position that the list has not seen yet', () =>
    refused(`${registrations}?after=999999999999`, { as: 'manager-1' }, 503, 'view.behind'));
});

describe('what a route does not ask for', () => {
  it.each([
    ['a moment of a case’s state', '/v1/conflicts/any?asOf=2020-01-01', 'manager-1', '/query/asOf'],
    ['a page of a history', `${registrations}/any/history?limit=1`, 'auditor', '/query/limit'],
    ['a filter of policies', '/v1/policies?colour=red', 'manager-1', '/query/colour'],
  ])('%s is refused, not passed over', async (_, path, as, pointer) => {
    const { body } = await refused(path, { as }, 400, 'request.invalid');
    expect(body.errors).toMatchObject([{ pointer, code: 'field.unknown' }]);
  });

  it('fields for a verb that takes none are refused, and the verb does nothing', async () => {
    const { headers } = await house.ask(own, { as: 'manager-1' });
    const asking = { as: 'manager-1', body: { force: true }, headers: { 'if-match': headers.get('etag')! } };
    const { body } = await refused(`${own}/approve`, asking, 400, 'request.invalid');
    expect(body.errors).toMatchObject([{ pointer: '/force', code: 'field.unknown' }]);
  });

  it('a registration’s id for a direct claim', async () => {
    const path = `/v1/direct-claims/${own.split('/').at(-1)}`;
    await refused(path, { as: 'manager-1', method: 'PUT', body: claim }, 409, 'direct-claim.id-taken');
  });

  it('the check, of whoever may not register', async () => {
    const body = { customer: { legalName: 'Orion Systems', countryCode: 'PL' }, productFamilies: ['backup'] };
    const { check, applicant } = { check: `${registrations}/check`, applicant: 'partner-20' };
    await refused(check, { as: applicant, body }, 422, 'registration.partner-not-active');
    const foreign = { ...body, productFamilies: ['cake'] };
    await refused(check, { as: 'partner-01', body: foreign }, 422, 'registration.not-authorised');
  });
});
