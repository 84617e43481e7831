import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { apiAt } from './api.js';
import { CannotFinish } from './failures.js';
import { sendRow } from './sending.js';
import type { Submission } from './sheets.js';
import type { Tokens } from './tokens.js';

describe('sending a row', () => {
  it('sends the same again, under the same key, until the API is there', async () => {
    const { url, seen } = await answering(
      [503, { code: 'log.unavailable' }, { 'retry-after': '0' }],
      [409, { code: 'idempotency.in-flight' }],
      [201, written('7', 100)],
    );
    expect(await send(url, posted)).toMatchObject({ outcome: 'created', id: '7' });
    expect(new Set(seen)).toEqual(new Set(['POST /v1/registrations key=k token=one']));
    expect(seen).toHaveLength(3);
  });

  it('waits as long as it is told to', async () => {
    const { url } = await answering([429, {}, { 'retry-after': '1' }], [201, written('7', 100)]);
    const began = Date.now();
    await send(url, posted);
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('gives up with a line that says what it waited for', async () => {
    const { url, server } = await answering();
    server.close();
    await expect(send(url, posted, 0)).rejects.toThrow(CannotFinish);
    await expect(send(url, posted, 0)).rejects.toThrow(/does not answer \/v1\/registrations: connect ECONNREFUSED/);
  });

  it('tells a repeat by the header', async () => {
    const { url } = await answering([201, written('7', 100), { 'idempotency-replayed': 'true' }]);
    expect(await send(url, posted)).toMatchObject({ outcome: 'repeated', id: '7' });
  });

  it('tells a repeat, after its answer was dropped, by where it stands in the log', async () => {
    const { url } = await answering([201, written('7', 10)]);
    expect(await send(url, posted)).toMatchObject({ outcome: 'repeated', id: '7' });
  });

  it('keeps what a refusal says, field by field', async () => {
    const errors = [{ pointer: '/contact/email', code: 'field.email', detail: 'must be an address' }];
    const { url } = await answering([400, { code: 'request.invalid', detail: 'It is not valid.', errors }]);
    expect(await send(url, posted)).toEqual({
      outcome: 'refused',
      code: 'request.invalid',
      detail: 'It is not valid.; /contact/email must be an address',
    });
  });

  it('renews a token that is no longer accepted, once it can', async () => {
    const { url, seen } = await answering([401, {}], [201, written('7', 100)]);
    expect(await send(url, posted)).toMatchObject({ outcome: 'created' });
    expect(seen[1]).toContain('token=two');
  });

  it('refuses the row of a partner that nobody has a token for', async () => {
    const { url } = await answering();
    expect(await send(url, { ...posted, as: 'stranger' })).toMatchObject({ code: 'import.partner-unknown' });
  });
});

describe('putting a row', () => {
  it('creates what is not there', async () => {
    const { url, seen } = await answering([404, { code: 'partner.unknown' }], [200, written('p', 100, 0)]);
    expect(await send(url, put)).toMatchObject({ outcome: 'created', id: 'p' });
    expect(seen).toEqual(['GET /v1/partners/p token=one', 'PUT /v1/partners/p token=one']);
  });

  it('tells a change from none by the revision that it saw', async () => {
    const same = await answering([200, written('p', 9, 3)], [200, written('p', 9, 3)]);
    expect(await send(same.url, put)).toMatchObject({ outcome: 'repeated' });
    const other = await answering([200, written('p', 9, 3)], [200, written('p', 100, 4)]);
    expect(await send(other.url, put)).toMatchObject({ outcome: 'created' });
    expect(other.seen[1]).toBe('PUT /v1/partners/p token=one if-match="3"');
  });

  it('looks again where somebody was faster', async () => {
    const { url } = await answering(
      [200, written('p', 9, 3)],
      [412, { code: 'precondition.stale' }],
      [200, written('p', 9, 4)],
      [200, written('p', 9, 4)],
    );
    expect(await send(url, put)).toMatchObject({ outcome: 'repeated' });
  });
});

const posted: Submission = { method: 'POST', path: '/v1/registrations', as: 'partner-01', body: {} };
const put: Submission = { method: 'PUT', path: '/v1/partners/p', as: 'partner-01', body: {} };
const written = (id: string, position: number, revision = 0) => ({ id, position: String(position), revision });

const tokens = (): Tokens => {
  let token = 'one';
  return {
    of: (who) => Promise.resolve(who === 'stranger' ? undefined : token),
    renew: () => token === 'one' && (token = 'two') === 'two',
  };
};

const send = (url: string, submission: Submission, patienceMs = 10_000) => {
  const api = apiAt({ url, tokens: tokens(), patienceMs, halt: new AbortController().signal });
  return sendRow(api, submission, 'k', 50n);
};

type Reply = readonly [status: number, body: object, headers?: Readonly<Record<string, string>>];
const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A server of its own that gives these replies in turn, and what it was asked. */
const answering = async (...replies: readonly Reply[]) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(line(request));
    const [status, body, headers] = replies[seen.length - 1] ?? [500, {}];
    response.writeHead(status, { ...headers, connection: 'close' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, server };
};

const line = ({ method, url, headers }: IncomingMessage) => {
  const key = headers['idempotency-key'];
  const match = headers['if-match'];
  const token = headers.authorization?.replace('Bearer ', '');
  return `${method} ${url}${key ? ` key=${String(key)}` : ''} token=${token}${match ? ` if-match=${match}` : ''}`;
};
