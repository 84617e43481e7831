import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../../test/support/log.js';
import type { Event } from '../../kernel/decider.js';
import { type EventStore, LogUnavailable } from '../event-store/event-store.js';
import type { Principal } from '../http/principal.js';
import { RequestPipe } from '../http/request.pipe.js';
import { readFeed } from './change-feed.js';
import { ChangeFeedQuery } from './change-feed.dto.js';
import type { Messages } from './messages.js';

type PartyEvent =
  Event<'PartyNamed', { n: number }> | Event<'PartyJudged', { n: number }> | Event<'PartyNoted', object>;
const parties: Messages<PartyEvent> = {
  slice: 'parties',
  of: {
    PartyNamed: ({ data, stream }) => ({
      type: 'party.named.v1',
      subject: stream.id,
      partnerIds: [stream.id],
      data,
    }),
    PartyJudged: ({ data, stream }) => ({ type: 'party.judged.v1', subject: stream.id, partnerIds: [], data }),
  },
};
const named = (n: number): PartyEvent => ({ type: 'PartyNamed', data: { n } });
const judged = (n: number): PartyEvent => ({ type: 'PartyJudged', data: { n } });
const noted: PartyEvent = { type: 'PartyNoted', data: {} };

const manager: Principal = { subject: 'm', vendor: 'demo', role: 'channel-manager' };
const first: Principal = { subject: 'p', vendor: 'demo', role: 'partner', partnerId: 'p1' };

let log: TestLog;
beforeAll(async () => {
  log = await startLog();
  await append(log.store, 'partner-demo.p1', 'no-stream', [named(0), noted, judged(1)]);
  await append(log.store, 'partner-other.p1', 'no-stream', [named(2)]);
  await append(log.store, 'partner-demo.p2', 'no-stream', [named(3)]);
  await append(log.store, 'partner-demo.p1', 2, [named(4)]);
});
afterAll(() => log.close());

const feed = (principal: Principal, query: { after?: string; limit?: number } = {}) =>
  readFeed(log.store, [parties], principal, { limit: 50, ...query });
const numbers = async (principal: Principal) => (await feed(principal)).items.map(({ data }) => data['n']);
/** The log, whose reads fail as a real node's do. */
const failing = (store: EventStore, fault: Error): EventStore =>
  Object.create(store, {
    readAll: {
      // oxlint-disable-next-line require-yield -- it fails before its first event
      async *value() {
        throw fault;
      },
    },
  }) as EventStore;
const failingFeed = (fault: Error, after?: string) =>
  readFeed(failing(log.store, fault), [parties], manager, { limit: 5, after });
const check = (query: object) => new RequestPipe().transform(query, { type: 'query', metatype: ChangeFeedQuery });

describe('the change feed', () => {
  it("tells the vendor's people all public messages of their vendor, in log order", async () => {
    for (const role of ['channel-manager', 'auditor', 'admin'] as const)
      expect(await numbers({ ...manager, role })).toEqual([0, 1, 3, 4]);
    expect(await numbers({ ...manager, vendor: 'other' })).toEqual([2]);
    expect(await numbers({ ...manager, vendor: 'nobody' })).toEqual([]);
  });

  it('tells a partner what names it, and nothing of a namesake of another vendor', async () => {
    expect(await numbers(first)).toEqual([0, 4]);
    expect(await numbers({ ...first, role: 'partner-admin', partnerId: 'p2' })).toEqual([3]);
    const { partnerId: _, ...nobody } = first;
    expect(await numbers(nobody)).toEqual([]);
  });

  it('is gone through page by page, each event once', async () => {
    const seen: unknown[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await feed(manager, { limit: 2, ...(after && { after }) });
      seen.push(...page.items.map(({ data }) => data['n']));
      after = page.after;
      more = page.nextCursor !== null;
    }
    expect(seen).toEqual([0, 1, 3, 4]);
    expect(await feed(manager, { after: after! })).toEqual({ items: [], after, nextCursor: null });
    const { position } = await append(log.store, 'partner-demo.p3', 'no-stream', [named(5)]);
    const { items } = await feed(manager, { after: after! });
    expect(items).toEqual([
      {
        position,
        id: expect.any(String),
        time: '2026-01-15T09:00:00.000Z',
        type: 'party.named.v1',
        subject: 'p3',
        data: { n: 5 },
      },
    ]);
  });

  it('looks at a bounded part of the log per request, and says where to go on', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => named(n));
    for (let stream = 0; stream < 5; stream++)
      await append(log.store, `partner-other.many${stream}`, 'no-stream', many);
    await append(log.store, 'partner-demo.p1', 3, [named(6)]);
    const start = (await feed(manager)).after;
    const page = await feed(first);
    expect(page.items.map(({ data }) => data['n'])).toEqual([0, 4]);
    expect(page.nextCursor).toBe(page.after);
    expect(start).toBe(page.after);
    const rest = await feed(first, { after: page.after });
    expect(rest.items.map(({ data }) => data['n'])).toEqual([6]);
    expect(rest.nextCursor).toBeNull();
  });

  it('answers emptily behind the end of the log', async () => {
    expect(await feed(manager, { after: '999999999999999' })).toEqual({
      items: [],
      after: '999999999999999',
      nextCursor: null,
    });
  });

  it('refuses a position inside a record, and takes nothing else for one', async () => {
    await expect(failingFeed(new Error('2 UNKNOWN'), '7')).rejects.toMatchObject({
      status: 400,
      code: 'request.invalid',
      more: { errors: [{ pointer: '/query/after' }] },
    });
    await expect(failingFeed(new Error('2 UNKNOWN'))).rejects.toThrow('2 UNKNOWN');
    await expect(failingFeed(new LogUnavailable('down'), '7')).rejects.toThrow(LogUnavailable);
  });

  it('takes positions and a limit within bounds', () => {
    expect(check({ after: '12', limit: '7' })).toEqual({ after: '12', limit: 7 });
    for (const query of [{ after: '-1' }, { after: '1'.repeat(19) }, { cursor: 'x' }, { limit: '0' }, { limit: '201' }])
      expect(() => check(query)).toThrow('request.invalid');
  });
});
