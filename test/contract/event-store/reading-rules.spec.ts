import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  type ReadStreamOptions,
  START,
  STREAM_EXISTS,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { event, events, listen, newStream, positionOf } from './events.js';
import { type Target, targets } from './targets.js';

const link = (to: string) => binaryEvent({ type: '$>', data: Buffer.from(to) });
const raw = (json: string) => binaryEvent({ type: '$metadata', data: Buffer.from(json) });

describe.each(targets)('the rules of reading: %s', (_, start) => {
  let target: Target;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    target = await start();
    client = EventStoreDBClient.connectionString(target.url);
  });
  afterAll(async () => {
    await client.dispose();
    await target.stop();
  });

  /** Revisions, or the type of the error. */
  const revisions = async (stream: string, options: ReadStreamOptions = {}) => {
    const found: number[] = [];
    try {
      for await (const { event: one } of client.readStream(stream, options)) found.push(Number(one?.revision));
    } catch (error) {
      return (error as { type: string }).type;
    }
    return found;
  };
  const backwards = { direction: BACKWARDS, fromRevision: END } as const;
  const bothWays = async (stream: string) => [await revisions(stream), await revisions(stream, backwards)];
  const all = async (options: Parameters<EventStoreDBClient['readAll']>[0]) => {
    const found: AllStreamResolvedEvent[] = [];
    for await (const one of client.readAll(options)) found.push(one);
    return found;
  };
  const written = async (count: number) => {
    const stream = newStream();
    await client.appendToStream(stream, events(count));
    return stream;
  };

  it('has nothing after the end nor before the start of $all, and no forwards from the end of a stream', async () => {
    const stream = await written(2);
    expect(await all({ direction: FORWARDS, fromPosition: END })).toEqual([]);
    expect(await all({ direction: BACKWARDS, fromPosition: START })).toEqual([]);
    expect(await revisions(stream, { direction: FORWARDS, fromRevision: END })).toBe('unknown');
    expect(await revisions(stream, { maxCount: 0 })).toMatch(/^(unknown|invalid-argument)$/);
    const beyond = { commit: 2n ** 62n, prepare: 2n ** 62n };
    expect(await all({ direction: FORWARDS, fromPosition: beyond })).toEqual([]);
    await expect(all({ fromPosition: { commit: 1n, prepare: 2n } })).rejects.toMatchObject({ type: 'unknown' });
  });

  it.each([
    ['$maxCount', { maxCount: 2 }, [3, 4]],
    ['$maxCount beyond all', { maxCount: 9 }, [0, 1, 2, 3, 4]],
    ['$tb', { truncateBefore: 2 }, [2, 3, 4]],
    ['$tb beyond all', { truncateBefore: 9 }, []],
    ['the narrower of two', { truncateBefore: 1, maxCount: 2 }, [3, 4]],
    ['the other narrower of two', { truncateBefore: 4, maxCount: 3 }, [4]],
    ['$maxAge, young', { maxAge: 1000 }, [0, 1, 2, 3, 4]],
  ])('shows what %s leaves, both ways', async (__, metadata, seen) => {
    const stream = await written(5);
    await client.setStreamMetadata(stream, metadata);
    expect(await bothWays(stream)).toEqual([seen, seen.toReversed()]);
  });

  it('hides what is older than $maxAge, event by event, but not from $all', async () => {
    const stream = newStream();
    const old = positionOf(await client.appendToStream(stream, events(2)));
    await client.setStreamMetadata(stream, { maxAge: 1 });
    await until('the events to grow old', async () => (await revisions(stream)).length === 0);
    await client.appendToStream(stream, event(3));
    expect(await bothWays(stream)).toEqual([[2], [2]]);
    expect((await all({ fromPosition: old, maxCount: 1 }))[0]?.event).toMatchObject({ streamId: stream, revision: 1n });
  });

  it('lets each stream grow old by its own $maxAge', async () => {
    const ages = [1, 2, undefined, 1000];
    const streams: string[] = [];
    for (const maxAge of ages) {
      const stream = await written(2);
      if (maxAge) await client.setStreamMetadata(stream, { maxAge });
      streams.push(stream);
    }
    const [young = '', older = '', ...lasting] = streams;
    await until('the first to grow old', async () => (await revisions(young)).length === 0);
    await client.appendToStream(young, event(2));
    await until('the second to grow old', async () => (await revisions(older)).length === 0);
    expect(await bothWays(older)).toEqual([[], []]);
    for (const stream of lasting) expect(await revisions(stream)).toEqual([0, 1]);
    await client.appendToStream(older, event(2));
    expect(await revisions(older)).toEqual([2]);
  }, 15_000);

  it('shows the last of the metadata alone, and all of them in $all', async () => {
    const stream = await written(1);
    const first = positionOf(await client.setStreamMetadata(stream, { maxCount: 3 }));
    await client.setStreamMetadata(stream, { maxCount: 4 });
    expect(await revisions(`$$${stream}`)).toEqual([1]);
    const told = (await all({ fromPosition: first })).filter(({ event: one }) => one?.streamId === `$$${stream}`);
    expect(told.map(({ event: one }) => [one?.type, one?.revision])).toEqual([
      ['$metadata', 0n],
      ['$metadata', 1n],
    ]);
  });

  it.each(['{"$maxCount":1.5}', '{"$maxCount":"2"}', 'nothing', '[]', '{"$maxCount":1'])(
    'takes metadata that make no sense for none: %s',
    async (text) => {
      const stream = await written(3);
      await client.appendToStream(`$$${stream}`, raw(text));
      expect(await revisions(stream)).toEqual([0, 1, 2]);
    },
  );

  it('resolves links in streams, $all and subscriptions, and leaves what is no link as it is', async () => {
    const [target1, hidden, deleted, links] = [await written(2), await written(2), await written(1), newStream('l')];
    await client.setStreamMetadata(hidden, { truncateBefore: 1 });
    await client.deleteStream(deleted);
    const from = positionOf(await client.appendToStream(newStream(), event(0)));
    await client.appendToStream(links, [
      link(`1@${target1}`),
      link(`0@${hidden}`),
      link(`0@${deleted}`),
      link(`x@${target1}`),
      link('nothing'),
    ]);
    type Resolved = { event?: { streamId: string; type: string } | undefined; link?: { streamId: string } | undefined };
    const told = ({ event: one, link: by }: Resolved) => `${one?.streamId ?? '-'} by ${by?.streamId ?? '-'}`;
    const expected = [`${target1} by ${links}`, `- by ${links}`, `- by ${links}`, `${links} by -`, `${links} by -`];
    const stream: string[] = [];
    for await (const one of client.readStream(links, { resolveLinkTos: true })) stream.push(told(one));
    expect(stream).toEqual(expected);
    const everything = await all({ fromPosition: from, resolveLinkTos: true });
    expect(everything.filter((one) => told(one).includes(links)).map(told)).toEqual(expected);
    const subscribed: string[] = [];
    const subscription = client.subscribeToStream(links, { resolveLinkTos: true });
    for await (const one of subscription) if (subscribed.push(told(one)) === 5) break;
    await subscription.unsubscribe();
    expect(subscribed).toEqual(expected);
    expect((await all({ fromPosition: from, maxCount: 6 })).at(1)).toMatchObject({ event: { type: '$>' } });
  });

  it('deletes what has metadata only, and gives a stream back that is described anew', async () => {
    const described = newStream();
    await client.setStreamMetadata(described, { maxCount: 3 });
    await client.deleteStream(described);
    expect((await client.getStreamMetadata(described)).metadata).toEqual({ truncateBefore: expect.anything() });
    const stream = await written(3);
    await client.deleteStream(stream, { expectedRevision: 2n });
    expect(await bothWays(stream)).toEqual(['stream-not-found', 'stream-not-found']);
    await client.setStreamMetadata(stream, { maxCount: 9 });
    expect(await revisions(stream)).toEqual([]);
    await client.appendToStream(stream, event(4), { expectedRevision: STREAM_EXISTS });
    expect(await bothWays(stream)).toEqual([[3], [3]]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 9, truncateBefore: 3 });
  });

  it('tombstones a stream that is not there, with its metadata, and shows the tombstone in $all', async () => {
    const stream = newStream('größe');
    const from = positionOf(await client.appendToStream(newStream(), event(0)));
    await client.tombstoneStream(stream, { expectedRevision: 'no_stream' });
    expect(await bothWays(stream)).toEqual(['stream-deleted', 'stream-deleted']);
    expect(await revisions(`$$${stream}`)).toBe('stream-deleted');
    expect((await all({ fromPosition: from })).map(({ event: one }) => one?.type)).toContain('$streamDeleted');
    await expect(client.deleteStream(stream)).rejects.toMatchObject({ type: 'stream-deleted' });
  });

  it('says what was expected and what is there when a delete is refused', async () => {
    const stream = await written(2);
    for (const refused of [
      client.deleteStream(stream, { expectedRevision: 5n }),
      client.tombstoneStream(stream, { expectedRevision: 5n }),
    ])
      await expect(refused).rejects.toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        expectedVersion: 5n,
        actualVersion: 1n,
      });
    await expect(client.tombstoneStream(stream, { expectedRevision: 'no_stream' })).rejects.toMatchObject({
      expectedVersion: -1n,
      actualVersion: 1n,
    });
  });

  it('says nothing to a subscriber when its stream is deleted, and goes on when it is written again', async () => {
    const stream = await written(2);
    const heard = await listen(
      client.subscribeToStream(stream),
      (so) => so.includes(`${stream}@2`),
      (line) => {
        if (line !== 'caught up') return;
        void client.deleteStream(stream).then(() => client.appendToStream(stream, event(2)));
      },
    );
    expect(heard).toEqual(['confirmed', `${stream}@0`, `${stream}@1`, 'caught up', `${stream}@2`]);
  });

  it('lets a subscriber from before a deletion wait until the stream is written again', async () => {
    const stream = await written(2);
    await client.deleteStream(stream);
    const heard = await listen(
      client.subscribeToStream(stream, { fromRevision: START }),
      (so) => so.includes(`${stream}@2`),
      (line) => void (line === 'confirmed' && client.appendToStream(stream, event(2))),
    );
    expect(heard.filter((line) => line !== 'caught up')).toEqual(['confirmed', `${stream}@2`]);
  });

  it('tells live subscribers of $all of tombstones and metadata, those with a filter of theirs alone', async () => {
    const [kind, stream] = ['k', newStream('k')];
    const from = positionOf(await client.appendToStream(stream, jsonEvent({ type: 'a', data: {} })));
    const write = async () => {
      await client.setStreamMetadata(stream, { maxCount: 5 });
      await client.tombstoneStream(stream);
    };
    const heard = await listen(
      client.subscribeToAll({ fromPosition: from }),
      (so) => so.some((line) => line.startsWith(`${stream}@9223372036854775807`)),
      (line) => void (line === 'caught up' && write()),
    );
    expect(heard).toEqual(['confirmed', 'caught up', `$$${stream}@0`, `${stream}@9223372036854775807`]);
    const filtered = await listen(
      client.subscribeToAll({ fromPosition: from, filter: streamNameFilter({ prefixes: [`${kind}-`] }) }),
      (so) => so.includes('caught up'),
    );
    expect(filtered).toEqual(['confirmed', `${stream}@9223372036854775807`, 'caught up']);
  });
});
