import {
  ANY,
  type AppendExpectedRevision,
  type AppendResult,
  BACKWARDS,
  binaryEvent,
  END,
  type EventData,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  type ReadStreamOptions,
  type RecordedEvent,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, events, newStream, positionOf } from './events.js';
import { type Target, targets } from './targets.js';

const half = () => binaryEvent({ type: 'large', data: Buffer.alloc(524_288) });
const link = (to: string) => binaryEvent({ type: '$>', data: Buffer.from(to) });

describe.each(targets)('the log that the product relies on: %s', (_, start) => {
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

  const append = (
    stream: string,
    data: EventData[],
    expectedRevision: AppendExpectedRevision = ANY,
  ): Promise<AppendResult> => client.appendToStream(stream, data, { expectedRevision });

  async function read(stream: string, options: ReadStreamOptions = {}): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for await (const { event: one } of client.readStream(stream, options)) if (one) found.push(one);
    return found;
  }

  const revisions = async (stream: string, options?: ReadStreamOptions) =>
    (await read(stream, options)).map(({ revision }) => Number(revision));

  async function readAll(options: Parameters<EventStoreDBClient['readAll']>[0]): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for await (const { event: one } of client.readAll(options)) if (one) found.push(one);
    return found;
  }

  describe('appending', () => {
    it('answers the revision and position of the last event', async () => {
      const stream = newStream();
      const first = await append(stream, events(3), NO_STREAM);
      expect(first).toMatchObject({ success: true, nextExpectedRevision: 2n });
      const second = await append(stream, events(1), 2n);
      expect(second.nextExpectedRevision).toBe(3n);
      expect(positionOf(second).commit).toBeGreaterThan(positionOf(first).commit);
      expect(positionOf(second).commit).toBe(positionOf(second).prepare);
      expect(await append(stream, events(1), ANY)).toMatchObject({ nextExpectedRevision: 4n });
      expect(await append(stream, events(1), STREAM_EXISTS)).toMatchObject({ nextExpectedRevision: 5n });
      const last = await append(stream, events(2), 5n);
      expect((await read(stream)).at(-1)).toMatchObject({ revision: 7n, position: last.position });
    });

    it.each<[AppendExpectedRevision, bigint | 'no_stream']>([
      [NO_STREAM, 1n],
      [0n, 1n],
      [2n, 1n],
    ])('refuses %s where the stream is at revision 1', async (expectedRevision, actual) => {
      const stream = newStream();
      await append(stream, events(2), NO_STREAM);
      const refused = append(stream, events(1), expectedRevision);
      await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersionError);
      await expect(refused).rejects.toMatchObject({
        streamName: stream,
        expectedVersion: expectedRevision,
        actualVersion: actual,
      });
      expect(await revisions(stream)).toEqual([0, 1]);
    });

    it.each<[AppendExpectedRevision]>([[0n], [STREAM_EXISTS]])(
      'refuses %s where there is no stream',
      async (expected) => {
        const stream = newStream();
        await expect(append(stream, events(1), expected)).rejects.toMatchObject({
          expectedVersion: expected,
          actualVersion: 'no_stream',
        });
        await expect(read(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
      },
    );

    it.each<[string, AppendExpectedRevision]>([
      ['no stream', NO_STREAM],
      ['any', ANY],
    ])('answers a repeat that expects %s as it answered the original, and writes nothing', async (__, expected) => {
      const stream = newStream();
      const sent = events(3);
      const original = await append(stream, sent, expected);
      await append(stream, events(1));
      expect(await append(stream, sent, expected)).toEqual(original);
      expect(await revisions(stream)).toEqual([0, 1, 2, 3]);
    });

    it('knows a repeat after a revision for ever, and tells it from another append there', async () => {
      const stream = newStream();
      await append(stream, events(2), NO_STREAM);
      const sent = events(2);
      const original = await append(stream, sent, 1n);
      await append(stream, events(5), 3n);
      expect(await append(stream, sent, 1n)).toEqual(original);
      await expect(append(stream, [...sent, event(9)], 1n)).rejects.toMatchObject({ actualVersion: 8n });
      await expect(append(stream, events(2), 1n)).rejects.toMatchObject({ actualVersion: 8n });
    });

    it('answers concurrent repeats all alike and writes once', async () => {
      const stream = newStream();
      const sent = events(2);
      const results = await Promise.all(Array.from({ length: 5 }, () => append(stream, sent, NO_STREAM)));
      expect(new Set(results.map(({ nextExpectedRevision }) => nextExpectedRevision))).toEqual(new Set([1n]));
      expect(await revisions(stream)).toEqual([0, 1]);
    });

    it('lets exactly one of several writers with the same expectation through', async () => {
      const stream = newStream();
      await append(stream, events(1), NO_STREAM);
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => append(stream, events(1), 0n)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await revisions(stream)).toEqual([0, 1]);
    });

    it('writes all events of an append next to each other, or none', async () => {
      const stream = newStream();
      const [last] = await Promise.all([
        append(stream, events(500), NO_STREAM),
        append(newStream(), events(3)),
        append(newStream(), events(3)),
      ]);
      const all = await readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 520 });
      const mine = all.flatMap((one, index) => (one.streamId === stream ? [index] : []));
      expect(mine).toHaveLength(500);
      expect((mine.at(-1) ?? 0) - (mine[0] ?? 0)).toBe(499);
      expect(last.nextExpectedRevision).toBe(499n);
    });

    it('refuses more than 1 MiB of data and writes nothing of it', async () => {
      const stream = newStream();
      await expect(append(stream, [half(), half(), event(1)])).rejects.toBeInstanceOf(MaxAppendSizeExceededError);
      await expect(read(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
      expect(await append(stream, [half(), half()])).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('gives events back as they were sent', async () => {
      const stream = newStream('geschäft');
      const before = Date.now();
      const json = jsonEvent({
        type: 'größer',
        data: { name: '☃ Ünïcode', amounts: [1, 2.5, null] },
        metadata: { actor: 'å' },
      });
      const binary = binaryEvent({ type: 'raw', data: Buffer.from([0, 255, 128]), metadata: Buffer.from([7, 200]) });
      const written = await append(stream, [json, binary]);
      const [first, second] = await read(stream);
      expect(first).toMatchObject({
        id: json.id,
        streamId: stream,
        type: 'größer',
        data: json.data,
        metadata: json.metadata,
        isJson: true,
        revision: 0n,
      });
      expect(second).toMatchObject({
        id: binary.id,
        type: 'raw',
        isJson: false,
        revision: 1n,
        position: written.position,
      });
      expect(Buffer.from(second?.data as Uint8Array)).toEqual(Buffer.from([0, 255, 128]));
      expect(first?.created.getTime()).toBeGreaterThanOrEqual(before - 2000);
      expect(first?.created.getTime()).toBeLessThanOrEqual(Date.now() + 2000);
    });
  });

  describe('reading', () => {
    it('reads a stream both ways, from a revision and no more than asked', async () => {
      const stream = newStream();
      await append(stream, events(5));
      expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4]);
      expect(await revisions(stream, { fromRevision: 3n })).toEqual([3, 4]);
      expect(await revisions(stream, { fromRevision: 1n, maxCount: 2 })).toEqual([1, 2]);
      expect(await revisions(stream, { fromRevision: 9n })).toEqual([]);
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: END })).toEqual([4, 3, 2, 1, 0]);
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: 2n, maxCount: 2 })).toEqual([2, 1]);
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: START })).toEqual([0]);
    });

    it('says that a stream is not there', async () => {
      await expect(read(newStream())).rejects.toBeInstanceOf(StreamNotFoundError);
    });

    it('reads long streams whole', async () => {
      const stream = newStream();
      await append(stream, events(3000));
      expect(await revisions(stream)).toEqual(Array.from({ length: 3000 }, (__, n) => n));
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: END })).toHaveLength(3000);
    });

    it('reads everything in one order, both ways, from a position', async () => {
      const [a, b] = [newStream(), newStream()];
      const from = positionOf(await append(a, events(1)));
      await append(b, events(2));
      const end = positionOf(await append(a, events(1)));
      await append(b, events(1));
      const mine = (found: RecordedEvent[]) =>
        found
          .filter(({ streamId }) => streamId === a || streamId === b)
          .map(({ streamId, revision }) => `${streamId === a ? 'a' : 'b'}${revision}`);
      expect(mine(await readAll({ direction: FORWARDS, fromPosition: from }))).toEqual(['a0', 'b0', 'b1', 'a1', 'b2']);
      expect(mine(await readAll({ direction: FORWARDS, fromPosition: end }))).toEqual(['a1', 'b2']);
      expect(mine(await readAll({ direction: BACKWARDS, fromPosition: end, maxCount: 3 }))).toEqual(['b1', 'b0', 'a0']);
      expect(mine(await readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }))).toEqual(['b2', 'a1']);
      const positions = (await readAll({ direction: FORWARDS, fromPosition: START })).map(
        ({ position }) => position?.commit ?? 0n,
      );
      expect(positions).toEqual(positions.toSorted((x, y) => Number(x - y)));
      expect(new Set(positions).size).toBe(positions.length);
      expect(positions[0]).toBeGreaterThan(0n);
    });

    it('gives the event that a link points to, and the link alone where it is gone', async () => {
      const [stream, links] = [newStream(), newStream('links')];
      await append(stream, events(2));
      await append(links, [link(`1@${stream}`), link(`9@${stream}`), link(`0@${newStream()}`)]);
      const found: string[] = [];
      for await (const { event: one, link: by } of client.readStream(links, { resolveLinkTos: true }))
        found.push(`${one ? `${one.streamId}@${one.revision}` : 'nothing'} by ${by?.revision}`);
      expect(found).toEqual([`${stream}@1 by 0`, 'nothing by 1', 'nothing by 2']);
    });
  });

  describe('metadata, deleting and tombstones', () => {
    it('shows of a stream what its metadata leave', async () => {
      const stream = newStream();
      await append(stream, events(6));
      expect(await client.getStreamMetadata(stream)).toEqual({ streamName: stream });
      expect(await client.setStreamMetadata(stream, { maxCount: 2 }, { expectedRevision: NO_STREAM })).toMatchObject({
        nextExpectedRevision: 0n,
      });
      expect(await revisions(stream)).toEqual([4, 5]);
      await client.setStreamMetadata(stream, { truncateBefore: 5, owner: 'x' });
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: END })).toEqual([5]);
      expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 5, owner: 'x' });
      await client.setStreamMetadata(stream, { truncateBefore: 6 });
      expect(await revisions(stream)).toEqual([]);
      await expect(client.setStreamMetadata(stream, {}, { expectedRevision: NO_STREAM })).rejects.toBeInstanceOf(
        WrongExpectedVersionError,
      );
      await client.setStreamMetadata(stream, { maxAge: 3600 });
      expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4, 5]);
    });

    it('hides a deleted stream, and continues its revisions when it is written again', async () => {
      const stream = newStream();
      await append(stream, events(3));
      await expect(client.deleteStream(stream, { expectedRevision: 1n })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: 1n,
        actualVersion: 2n,
      });
      expect((await client.deleteStream(stream, { expectedRevision: 2n })).position?.commit).toBeGreaterThan(0n);
      await expect(read(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
      await expect(append(stream, events(1), STREAM_EXISTS)).rejects.toBeInstanceOf(StreamDeletedError);
      expect(await append(stream, events(2), NO_STREAM)).toMatchObject({ nextExpectedRevision: 4n });
      expect(await revisions(stream)).toEqual([3, 4]);
      expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
    });

    it('refuses to delete what is not there', async () => {
      await expect(client.deleteStream(newStream())).rejects.toBeInstanceOf(WrongExpectedVersionError);
    });

    it('refuses everything on a tombstoned stream, for ever', async () => {
      const stream = newStream();
      await append(stream, events(2));
      await client.tombstoneStream(stream, { expectedRevision: 1n });
      const refused = [
        read(stream),
        append(stream, events(1)),
        append(stream, events(1), NO_STREAM),
        client.deleteStream(stream),
        client.tombstoneStream(stream),
        client.getStreamMetadata(stream),
      ];
      for (const attempt of refused)
        await expect(attempt).rejects.toMatchObject({
          type: 'stream-deleted',
          streamName: expect.stringContaining(stream),
        });
      const [tombstone] = await readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
      expect(tombstone).toMatchObject({ streamId: stream, type: '$streamDeleted', revision: 9223372036854775807n });
    });
  });
});
