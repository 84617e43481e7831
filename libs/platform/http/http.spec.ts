import { generateKeyPairSync } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { as, good, lines, metrics, type OpenShop, openShop, served, Story, token } from './shop.fixture.js';

@Controller('bare')
class Bare {
  @Get('hidden')
  hidden() {
    return {};
  }
}
@Module({ controllers: [Bare], providers: [Story] })
class Careless {
  constructor(readonly story: Story) {}
}
describe('the http layer', () => {
  it('stops the start on a route that says nothing about who may use it', async () => {
    await expect(served(Careless, database)).rejects.toThrow(/GET \/bare\/hidden says neither/);
  });

  it('answers an unknown route with a problem', async () => {
    const answer = await app.inject({ method: 'GET', url: '/nowhere?q=Secret' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'route.unknown',
      instance: '/nowhere',
      title: 'Not found',
    });
    expect((await app.inject({ method: 'DELETE', url: '/orders' })).json()).toMatchObject({ code: 'route.unknown' });
  });

  it('answers what is no HTTP with a problem', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const said = async (words: string) => {
      const socket = connect(port, '127.0.0.1').setEncoding('utf8');
      socket.write(words);
      let heard = '';
      for await (const chunk of socket) heard += String(chunk);
      return heard;
    };
    expect(await said('GET / HTTP/9\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [^]*problem\+json[^]*"code":"request.invalid"/);
    expect(await said(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  });

  it('takes the trace id of the caller', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${id}-00f067aa0ba902b7-01` };
    expect((await app.inject({ method: 'GET', url: '/nowhere', headers })).json()).toMatchObject({ traceId: id });
  });

  describe('a route of few answers', () => {
    it('refuses a partner that asks too often, whoever asks for it, and says when to come again', async () => {
      expect(await times(4, 'p-7')).toEqual([200, 200, 200, 429]);
      const refused = await askScarce('p-7');
      expect(refused.json()).toMatchObject({ code: 'request.too-many', status: 429 });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    });
    it('takes nothing from another partner’s share', async () => {
      await times(4, 'p-8');
      expect(await times(1, 'p-9')).toEqual([200]);
    });
    it('counts none of the vendor’s own people', async () =>
      expect(await times(6, 'p-8', 'admin')).toEqual([200, 200, 200, 200, 200, 200]));
  });

  describe('reading a body', () => {
    it('takes a good one', async () => {
      const answer = await post(good);
      expect(answer.statusCode).toBe(201);
      expect(answer.headers).toMatchObject({ etag: '"0"', location: `/orders/${answer.json().id}` });
    });

    it('names every fault with its pointer, unknown fields among them', async () => {
      const answer = await post({ name: 5, count: '1', inner: { city: 'x'.repeat(11), mayor: 1 }, more: true });
      expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid' });
      const found = (answer.json().errors as { pointer: string; code: string }[]).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
      expect(found.toSorted()).toEqual([
        '/count field.int',
        '/inner/city field.max-length',
        '/inner/mayor field.unknown',
        '/more field.unknown',
        '/name field.max-length',
      ]);
      expect((await post({ name: 'a', count: 1 })).statusCode).toBe(400);
    });

    it.each([
      ['broken JSON', '{"name":', 'body.json', ''],
      ['an array', '[]', 'body.object', ''],
      ['a text', '"x"', 'body.object', ''],
      ['NUL', '{"name":"a\\u0000"}', 'text.characters', '/name'],
      ['half a surrogate pair', '{"inner":{"city":"\\ud800"}}', 'text.characters', '/inner/city'],
      ['a prototype', '{"__proto__":{"admin":1}}', 'field.unknown', '/__proto__'],
      ['a hidden prototype', '{"\\u005f_proto__":{"admin":1}}', 'field.unknown', '/__proto__'],
      ['a number beyond all', '{"count":1e999}', 'number.range', '/count'],
      ['a tower', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'body.depth', `/a${'/0'.repeat(23)}`],
    ])('refuses %s', async (_what, payload, code, pointer) => {
      const answer = await post(payload);
      expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ code, pointer }] });
    });

    it('refuses broken UTF-8', async () => {
      const payload = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
      expect((await post(payload)).json()).toMatchObject({ status: 400, errors: [{ code: 'body.encoding' }] });
    });

    it('refuses too much, other types and no type', async () => {
      expect((await post(JSON.stringify({ name: 'x'.repeat(300_000) }))).json()).toMatchObject({
        status: 413,
        code: 'request.too-large',
      });
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
        expect((await post('a=b', { 'content-type': type })).json()).toMatchObject({
          status: 415,
          code: 'request.media-type',
        });
    });

    it('refuses NUL in a path and a query', async () => {
      for (const url of ['/orders?cursor=%00', '/orders/%00/rename'])
        expect([400, 404]).toContain(
          (await app.inject({ method: 'GET', url, headers: await as('partner') })).statusCode,
        );
      expect((await app.inject({ method: 'GET', url: '/orders/%E0%A4%A/x' })).headers['content-type']).toBe(
        'application/problem+json',
      );
    });
  });

  describe('a query', () => {
    it('is converted where its DTO says so, and bounded', async () => {
      expect((await list('limit=7')).json().items).toEqual(['subject-partner', 7]);
      expect((await list('limit=7')).headers['link']).toBe('</orders?limit=7&cursor=next>; rel="next"');
      for (const wrong of [
        'limit=0',
        'limit=201',
        'limit=1e1',
        'limit=',
        'limit=1&limit=2',
        'colour=red',
        'after=x',
        'after=-1',
      ])
        expect((await list(wrong)).json()).toMatchObject({ status: 400, code: 'request.invalid' });
    });

    it('waits for the view, and says when it has not come', async () => {
      await database.query(
        `INSERT INTO processor_checkpoint (name, role, log_id, position) VALUES ('orders', 'views', 'l', 100)`,
      );
      expect((await list('after=0100')).statusCode).toBe(200);
      const late = await list('after=101');
      expect(late.json()).toMatchObject({ status: 503, code: 'view.behind' });
      expect(late.headers['retry-after']).toBe('1');
    });
  });

  describe('a token', () => {
    it('is needed, where the route is not public', async () => {
      expect((await open()).json()).toMatchObject({ status: 401, code: 'request.unauthenticated' });
      expect((await open()).headers['www-authenticate']).toBe('Bearer realm="tiebreak"');
      expect((await app.inject({ method: 'GET', url: '/orders/open' })).statusCode).toBe(200);
    });

    it('is refused when anything about it is wrong', async () => {
      const other = generateKeyPairSync('ed25519').privateKey;
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"a"}').toString('base64url')}.`;
      const wrong: string[] = [
        await token('partner', { exp: Math.floor(Date.now() / 1000) - 1 }),
        await token('partner', { iss: 'https://evil.example' }),
        await token('partner', { aud: 'another' }),
        await token('partner', { typ: 'id+jwt' }),
        await token('partner', { key: other }),
        await token('partner', { key: Buffer.alloc(32, 1), alg: 'HS256' }),
        await token('partner', { vendor: 'shop.other' }),
        await token('partner', { partnerId: undefined }),
        await token('owner'),
        unsigned,
        'garbage',
        '',
      ];
      for (const bad of wrong) {
        const answer = await open(`Bearer ${bad}`);
        expect([answer.statusCode, answer.json().code, bad]).toEqual([401, 'request.unauthenticated', bad]);
      }
      expect((await open(`Basic ${await token('partner')}`)).statusCode).toBe(401);
      expect((await open(`Bearer ${wrong[0]}`)).headers['www-authenticate']).toContain('error="invalid_token"');
    });

    it('is refused once it has expired, also when it was seen before', async () => {
      const brief = await token('partner', { exp: Math.floor(Date.now() / 1000) + 2 });
      expect((await open(`Bearer ${brief}`)).statusCode).toBe(200);
      const until = Date.now() + 5_000;
      while ((await open(`Bearer ${brief}`)).statusCode === 200) expect(Date.now()).toBeLessThan(until);
    });

    it('of another role is not enough, and that is written down', async () => {
      const answer = await app.inject({ method: 'GET', url: '/orders', headers: await as('auditor') });
      expect(answer.json()).toMatchObject({ status: 403, code: 'request.forbidden' });
      expect(lines.find((line) => line.includes('"msg":"request.forbidden"'))).toContain('subject-auditor');
    });
  });

  describe('If-Match', () => {
    it('is needed, well-formed and current', async () => {
      expect((await rename({})).json()).toMatchObject({ status: 428, code: 'precondition.required' });
      for (const wrong of ['W/"7"', '*', '7', '"7", "8"', '"-1"'])
        expect((await rename({ 'if-match': wrong })).json()).toMatchObject({
          status: 400,
          errors: [{ pointer: '/headers/if-match' }],
        });
      expect((await rename({ 'if-match': '"6"' })).json()).toMatchObject({
        status: 412,
        code: 'precondition.stale',
        currentRevision: 7,
      });
      const renamed = await rename({ 'if-match': '"7"' });
      expect([renamed.statusCode, renamed.headers['etag'], renamed.json().city]).toEqual([200, '"8"', 'Łódź']);
    });
  });

  describe('a failure', () => {
    it('of the rules has its status and no params nobody may see', async () => {
      const answer = await post({ ...good, name: 'twice' });
      expect(answer.json()).toMatchObject({
        status: 409,
        code: 'order.twice',
        detail: expect.stringContaining('limit 3'),
      });
      expect(answer.body).not.toContain('secret');
    });

    it('of the house says nothing about it', async () => {
      const down = await app.inject({ method: 'GET', url: '/orders/broken/log' });
      expect([down.json().code, down.statusCode, down.headers['retry-after']]).toEqual(['log.unavailable', 503, '1']);
      const bug = await app.inject({ method: 'GET', url: '/orders/broken/x' });
      expect([bug.json().code, bug.statusCode]).toEqual(['internal', 500]);
      expect(bug.body + down.body).not.toMatch(/secret|10\.1\.2\.3|TypeError/);
    });
  });

  it('counts requests by route template, and logs a line each without the query', async () => {
    await app.inject({ method: 'GET', url: '/orders?cursor=Kowalski', headers: await as('partner') });
    expect(await metrics.text([])).toMatch(
      /request_duration_seconds_count\{method="POST",route="\/orders\/:id\/rename",status="200"\} 1/,
    );
    expect(lines.at(-1)).toMatch(/"route":"\/orders".*"subject":"subject-partner"/);
    expect(lines.join('')).not.toContain('Kowalski');
  });
});

let shop: OpenShop;
let app: OpenShop['app'];
let database: OpenShop['database'];
beforeAll(async () => {
  shop = await openShop();
  ({ app, database } = shop);
  await app.listen(0, '127.0.0.1');
});
afterAll(() => shop?.close());

const open = (authorization?: string) =>
  app.inject({ method: 'GET', url: '/orders', headers: authorization === undefined ? {} : { authorization } });
const askScarce = async (partnerId: string, role = 'partner') =>
  app.inject({
    method: 'GET',
    url: '/orders/scarce',
    headers: { authorization: `Bearer ${await token(role, { partnerId })}` },
  });
const times = async (many: number, ...asker: Parameters<typeof askScarce>) => {
  const statuses: number[] = [];
  for (let time = 0; time < many; time++) statuses.push((await askScarce(...asker)).statusCode);
  return statuses;
};
const rename = async (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/orders/1/rename',
    payload: { city: 'Łódź' },
    headers: { ...(await as('partner')), ...headers },
  });
const list = async (query: string) =>
  app.inject({ method: 'GET', url: `/orders?${query}`, headers: await as('partner') });
const post = async (payload: string | Buffer | object, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/orders',
    payload,
    headers: { 'content-type': 'application/json', ...(await as('partner')), ...headers },
  });
