import { writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  type AllStreamResolvedEvent,
  ANY,
  type AppendExpectedRevision,
  type EventStoreDBClient,
  NO_STREAM,
  START,
  STREAM_EXISTS,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from './embedded-event-store.js';
import { connect, event, everything, isSystems, newFolder, start, undo } from './node.fixture.js';
import { moodOf } from './unkind.js';

const credentials = { username: 'anyone', password: 'any' };

describe('the embedded event store on disk', () => {
  it('is after a restart what it was before, and goes on from there', async () => {
    const path = await newFolder();
    const first = await start({ path });
    const sent = [event(1), event(2)];
    const written = await first.client.appendToStream('a', sent, { expectedRevision: NO_STREAM });
    await first.client.appendToStream('b', [event(3), event(4)]);
    await first.client.setStreamMetadata('b', { maxCount: 1 });
    await first.client.appendToStream('gone', event(5));
    await first.client.deleteStream('gone');
    await first.client.appendToStream('dead', event(6));
    await first.client.tombstoneStream('dead');
    const before = [
      await everything(first.client),
      await everything(first.client, 'a'),
      await everything(first.client, 'b'),
    ];
    await first.client.dispose();
    await first.node.close();

    const { client } = await start({ path });
    expect([await everything(client), await everything(client, 'a'), await everything(client, 'b')]).toEqual(before);
    await expect(everything(client, 'gone')).rejects.toMatchObject({ type: 'stream-not-found' });
    await expect(everything(client, 'dead')).rejects.toMatchObject({ type: 'stream-deleted' });
    expect(await client.appendToStream('a', sent, { expectedRevision: NO_STREAM })).toEqual(written);
    const next = await client.appendToStream('gone', event(7));
    expect(next.nextExpectedRevision).toBe(1n);
    const positions = (await everything(client)).map((one) => (one as { commitPosition: bigint }).commitPosition);
    expect(positions).toEqual([...new Set(positions)].toSorted((x, y) => Number(x - y)));
    expect(positions).toHaveLength((before[0]?.length ?? 0) + 2);
  });

  it('refuses a folder that another node has, that is of another version or that is not its own', async () => {
    const path = await newFolder();
    const { node } = await start({ path });
    await expect(EmbeddedEventStore.start({ path })).rejects.toThrow(/in use by another node .* choose another folder/);
    await node.close();
    await writeFile(join(path, 'format.json'), '{"format":"embedded-eventstore","version":99}');
    await expect(EmbeddedEventStore.start({ path })).rejects.toThrow(
      /has format version 99, this node reads version 2\. Run the release/,
    );
    const other = await newFolder();
    await writeFile(join(other, 'letter.txt'), 'dear');
    await expect(EmbeddedEventStore.start({ path: other })).rejects.toThrow(/holds other files/);
  });

  it('opens a folder whose node was killed', async () => {
    const path = await newFolder();
    const { node } = await start({ path });
    await node.close();
    // its number is another program's by now, and so is its port
    const other = createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => other.close(resolve)));
    const { port } = other.address() as { port: number };
    await writeFile(join(path, 'lock.1'), JSON.stringify({ pid: process.pid, port, token: 'gone' }));
    const { client } = await start({ path });
    expect(await client.appendToStream('a', event(1))).toMatchObject({ nextExpectedRevision: 0n });
  });
});

const names = async (client: EventStoreDBClient) =>
  ((await everything(client)) as AllStreamResolvedEvent[]).map(({ event: one }) => `${one?.type} ${one?.streamId}`);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const large = () => event(Buffer.alloc(2_000, 'x').toString());

describe('the embedded event store with little room', () => {
  const refused = { type: 'unavailable', code: 14, message: expect.stringContaining('bytes and is full') };

  it.each(['on disk', 'in memory'])('refuses what has no room, whole, and reads on: %s', async (where) => {
    const path = where === 'on disk' ? await newFolder() : undefined;
    const { client } = await start({ path, maxBytes: 20_000 });
    const written: number[] = [];
    const fill = async () => {
      for (let n = 0; ; n++) {
        await client.appendToStream('a', large(), { expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1) });
        written.push(n);
      }
    };
    await expect(fill()).rejects.toMatchObject(refused);
    expect(written.length).toBeGreaterThanOrEqual(5);
    await expect(client.appendToStream('b', [event(1), large(), large()])).rejects.toMatchObject(refused);
    await expect(client.appendToStream('b', large(), { credentials })).rejects.toMatchObject(refused);
    expect(await everything(client, 'a')).toHaveLength(written.length);
    expect((await everything(client)).filter((one) => !isSystems(one))).toHaveLength(written.length);
    expect(await client.appendToStream('b', event('small'))).toMatchObject({ nextExpectedRevision: 0n });
  });

  it('takes at the next start, with more room, the very append that it refused', async () => {
    const path = await newFolder();
    const first = await start({ path, maxBytes: 6_000 });
    const sent = Array.from({ length: 8 }, () => large());
    const answers = await Promise.allSettled(sent.map((one) => first.client.appendToStream('a', one)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']));
    const kept = await everything(first.client, 'a');
    await first.client.dispose();
    await first.node.close();
    const { client } = await start({ path, maxBytes: 60_000 });
    expect(await everything(client, 'a')).toEqual(kept);
    const rest = sent.slice(kept.length);
    for (const [n, one] of rest.entries())
      expect(await client.appendToStream('a', one, { expectedRevision: BigInt(kept.length + n - 1) })).toMatchObject({
        nextExpectedRevision: BigInt(kept.length + n),
      });
    expect(await everything(client, 'a')).toHaveLength(8);
  });
});

describe('the embedded event store as a server', () => {
  it('says which port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as { port: number };
    await expect(EmbeddedEventStore.start({ port })).rejects.toThrow(`Port ${port} is in use.`);
  });

  it('is found as the leader of a cluster of one', async () => {
    const { node } = await start();
    const client = connect(`esdb://127.0.0.1:${node.port},127.0.0.1:${node.port}?tls=false`);
    expect(await client.appendToStream('a', event(1))).toMatchObject({ nextExpectedRevision: 0n });
  });

  it('begins a fresh log with the users of a fresh EventStoreDB, once', async () => {
    const path = await newFolder();
    const fresh = ['$User $users', '$User $users', '$UserCreated $user-admin', '$UserCreated $user-ops'];
    const first = await start({ path });
    expect(await names(first.client)).toEqual(fresh);
    await first.node.close();
    expect(await names((await start({ path })).client)).toEqual(fresh);
  });

  it('refuses credentials that a fresh EventStoreDB would refuse, and serves calls without any', async () => {
    const { node } = await start();
    const status = (authorization?: string) =>
      new Promise((resolve, reject) => {
        const session = connectHttp2(`http://127.0.0.1:${node.port}`);
        const call = session.request({
          ':method': 'POST',
          ':path': '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
          'content-type': 'application/grpc',
          ...(authorization && { authorization }),
        });
        const told: Record<string, unknown> = {};
        call.on('response', (headers) => Object.assign(told, headers));
        call.on('trailers', (trailers) => Object.assign(told, trailers));
        call.on('error', reject).on('close', () => {
          session.close();
          resolve([told['grpc-status'], told['exception']]);
        });
        call.resume().end();
      });
    expect(await status()).toEqual(['0', undefined]);
    expect(await status(basic('admin:changeit'))).toEqual(['0', undefined]);
    expect(await status(basic('admin:hunter2'))).toEqual(['16', 'access-denied']);
    expect(await status('Bearer x')).toEqual(['16', 'access-denied']);
  });

  it.each<[string, AppendExpectedRevision]>([
    ['any', ANY],
    ['stream exists', STREAM_EXISTS],
  ])(
    'answers ids that it knows in a disorder with an error, where a real one stays silent: %s',
    async (_, expected) => {
      const { client } = await start();
      const [a, b, c] = [event('a'), event('b'), event('c')];
      await client.appendToStream('s', [a, b, c]);
      const again = (...sent: (typeof a)[]) => client.appendToStream('s', sent, { expectedRevision: expected });
      await expect(again(c, a)).rejects.toMatchObject({ type: 'unknown' });
      // neighbours the wrong way round are a repeat
      expect(await again(c, b)).toMatchObject({ nextExpectedRevision: 1n });
      expect(await everything(client, 's')).toHaveLength(3);
    },
  );

  it('ends subscriptions with CANCEL when it closes', async () => {
    const { node, client } = await start();
    const subscription = client.subscribeToAll();
    const failed = new Promise((resolve) => subscription.on('error', resolve));
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
    await node.close();
    expect(await failed).toMatchObject({ type: 'cancelled' });
  });

  it('sends a stalled reader no more than it takes', async () => {
    const { client } = await start();
    const data = Buffer.alloc(100_000, 'x').toString();
    for (let n = 0; n < 60; n++) await client.appendToStream('large', event(data + n));
    const used = process.memoryUsage().arrayBuffers;
    const stalled = Array.from({ length: 10 }, () => client.readAll());
    await Promise.all(stalled.map((read) => new Promise((resolve) => read.once('readable', resolve))));
    expect(process.memoryUsage().arrayBuffers - used).toBeLessThan(60e6);
    await Promise.all(stalled.map((read) => read.cancel()));
  });
});

const fate = (other: number) => {
  const mood = moodOf({ seed: other, cutEveryAppend: 5, cutSubscriptionsAfter: 100 });
  return [
    Array.from({ length: 200 }, () => mood.cutsAppend()).flatMap((cut, n) => (cut ? [n] : [])),
    Array.from({ length: 20 }, () => mood.subscriptionLength()),
  ];
};

describe('the embedded event store, unkind', () => {
  it('drops a live subscriber that lags behind', async () => {
    const { client } = await start({ unkind: { dropSlowSubscribersAt: 32 } });
    const subscription = client.subscribeToStream('busy', {}, { highWaterMark: 1 });
    const failed = new Promise((resolve) => subscription.on('error', resolve));
    await client.appendToStream('busy', event(0));
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve).resume());
    subscription.pause();
    const data = Buffer.alloc(20_000, 'x').toString();
    for (let n = 0; n < 300; n++) await client.appendToStream('busy', event(data));
    subscription.resume();
    expect(await failed).toMatchObject({
      type: 'timeout',
      code: 10,
      message: expect.stringContaining('Consumer too slow'),
    });
  });

  it('cuts the connection of an append that it has written, so that only a repeat tells', async () => {
    const { client } = await start({ unkind: { cutEveryAppend: 2 } });
    const expectedRevision = 0n;
    await client.appendToStream('a', event(0));
    const sent = event(1);
    await expect(client.appendToStream('a', sent, { expectedRevision })).rejects.toBeInstanceOf(Error);
    expect(await client.appendToStream('a', sent, { expectedRevision })).toMatchObject({ nextExpectedRevision: 1n });
    expect(await everything(client, 'a')).toHaveLength(2);
  });

  it('cuts subscriptions', async () => {
    const { client } = await start({ unkind: { cutSubscriptionsAfter: 3 } });
    await client.appendToStream('a', [event(0), event(1), event(2), event(3)]);
    const subscription = client.subscribeToStream('a');
    const failed = new Promise((resolve) => subscription.on('error', resolve));
    subscription.resume();
    expect(await failed).toMatchObject({ type: 'unavailable' });
  });

  it('does not answer a repeat of what it is just writing', async () => {
    const { client } = await start({ unkind: { silentOnConcurrentRepeat: true } });
    const sent = event(0);
    const both = await Promise.allSettled([
      client.appendToStream('a', sent, { expectedRevision: NO_STREAM }),
      client.appendToStream('a', sent, { expectedRevision: NO_STREAM }),
    ]);
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 'fulfilled' }),
        expect.objectContaining({ reason: expect.objectContaining({ type: 'deadline-exceeded' }) }),
      ]),
    );
    expect(await client.appendToStream('a', sent, { expectedRevision: NO_STREAM })).toMatchObject({
      nextExpectedRevision: 0n,
    });
  });

  it('answers late', async () => {
    const { client } = await start({ unkind: { answerDelay: 300 } });
    const began = Date.now();
    await client.appendToStream('a', event(0));
    expect(Date.now() - began).toBeGreaterThanOrEqual(290);
  });

  it.each([1, 7])('is as unkind again with the same seed (%s) and otherwise with another', (seed) => {
    expect(fate(seed)).toEqual(fate(seed));
    expect(fate(seed)).not.toEqual(fate(seed + 1));
    const [cuts = [], lengths = []] = fate(seed);
    expect(cuts.length).toBeGreaterThan(20);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(200);
    expect(Math.min(...lengths)).toBeGreaterThan(0);
  });

  it('lets a subscriber that is cut again and again get on', async () => {
    const { client } = await start({ unkind: { seed: 3, cutSubscriptionsAfter: 20, answerDelay: 5 } });
    for (let n = 0; n < 5; n++)
      await client.appendToStream(
        'a',
        Array.from({ length: 40 }, (_, i) => event(40 * n + i)),
      );
    let last = -1n;
    let cuts = 0;
    while (last < 199n) {
      const subscription = client.subscribeToStream('a', { fromRevision: last === -1n ? START : last });
      try {
        for await (const { event: one } of subscription) {
          expect(one?.revision).toBe(++last);
          if (last === 199n) break;
        }
      } catch {
        cuts++;
      }
      await subscription.unsubscribe().catch(() => undefined);
    }
    expect(cuts).toBeGreaterThanOrEqual(5);
  });
});
