import { randomUUID } from 'node:crypto';
import {
  ANY,
  type AppendExpectedRevision,
  binaryEvent,
  type EventData,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, newStream } from './events.js';
import { type Target, targets } from './targets.js';

/** What the server knows of a stream, and what is sent: events by letter, the same letter is the same event. */
interface Case {
  readonly title: string;
  /** Appends made before, one after another, each as any. */
  readonly past: string[];
  readonly deleted?: true;
  readonly expected: AppendExpectedRevision;
  readonly sent: string;
  /** The revision that is answered, or what is refused. */
  readonly answer: number | 'wrong-expected-version' | 'stream-deleted';
  /** The stream afterwards; unset: as it was. */
  readonly after?: string;
}

const cases: Case[] = [
  { title: 'a first append, no stream', past: [], expected: NO_STREAM, sent: 'ab', answer: 1, after: 'ab' },
  { title: 'a first append, any', past: [], expected: ANY, sent: 'ab', answer: 1, after: 'ab' },
  {
    title: 'a stream that is not there',
    past: [],
    expected: STREAM_EXISTS,
    sent: 'a',
    answer: 'wrong-expected-version',
  },
  { title: 'a revision that is not there', past: [], expected: 0n, sent: 'a', answer: 'wrong-expected-version' },
  { title: 'a revision beyond the last', past: ['ab'], expected: 2n, sent: 'c', answer: 'wrong-expected-version' },
  { title: 'the last revision', past: ['ab'], expected: 1n, sent: 'c', answer: 2, after: 'abc' },
  { title: 'one id twice in a request', past: [], expected: NO_STREAM, sent: 'aa', answer: 1, after: 'aa' },

  { title: 'any: a repeat', past: ['ab', 'c'], expected: ANY, sent: 'ab', answer: 1 },
  { title: 'any: the end of a request again', past: ['abc'], expected: ANY, sent: 'c', answer: 2 },
  { title: 'any: some of a request again, in order', past: ['abcd'], expected: ANY, sent: 'ac', answer: 2 },
  { title: 'any: ids of two requests', past: ['a', 'b'], expected: ANY, sent: 'ab', answer: 1 },
  { title: 'any: a new id first writes all again', past: ['ab'], expected: ANY, sent: 'ca', answer: 3, after: 'abca' },
  {
    title: 'any: a known id, then a new one',
    past: ['ab'],
    expected: ANY,
    sent: 'bc',
    answer: 'wrong-expected-version',
  },
  { title: 'exists: a repeat', past: ['ab', 'c'], expected: STREAM_EXISTS, sent: 'ab', answer: 1 },
  {
    title: 'exists: a known id, then a new one',
    past: ['ab'],
    expected: STREAM_EXISTS,
    sent: 'bc',
    answer: 'wrong-expected-version',
  },

  { title: 'no stream: a repeat', past: ['ab', 'c'], expected: NO_STREAM, sent: 'ab', answer: 1 },
  { title: 'no stream: the beginning of it', past: ['ab'], expected: NO_STREAM, sent: 'a', answer: 0 },
  { title: 'no stream: over two requests', past: ['a', 'b'], expected: NO_STREAM, sent: 'ab', answer: 1 },
  {
    title: 'no stream: more than there is',
    past: ['ab'],
    expected: NO_STREAM,
    sent: 'abc',
    answer: 'wrong-expected-version',
  },
  { title: 'no stream: another id', past: ['ab'], expected: NO_STREAM, sent: 'ac', answer: 'wrong-expected-version' },
  { title: 'a revision: a repeat', past: ['ab', 'cd', 'e'], expected: 1n, sent: 'cd', answer: 3 },
  { title: 'a revision: the beginning of what follows', past: ['ab', 'cd'], expected: 1n, sent: 'c', answer: 2 },
  {
    title: 'a revision: more than follows',
    past: ['ab', 'cd'],
    expected: 1n,
    sent: 'cde',
    answer: 'wrong-expected-version',
  },
  { title: 'a revision: other ids', past: ['ab', 'cd'], expected: 1n, sent: 'dc', answer: 'wrong-expected-version' },
  { title: 'the last revision with known ids', past: ['ab'], expected: 1n, sent: 'ab', answer: 3, after: 'abab' },

  { title: 'deleted: any', past: ['ab'], deleted: true, expected: ANY, sent: 'c', answer: 2, after: 'c' },
  { title: 'deleted: no stream', past: ['ab'], deleted: true, expected: NO_STREAM, sent: 'c', answer: 2, after: 'c' },
  { title: 'deleted: its last revision', past: ['ab'], deleted: true, expected: 1n, sent: 'c', answer: 2, after: 'c' },
  {
    title: 'deleted: exists',
    past: ['ab'],
    deleted: true,
    expected: STREAM_EXISTS,
    sent: 'c',
    answer: 'stream-deleted',
  },
  {
    title: 'deleted: an earlier revision',
    past: ['ab'],
    deleted: true,
    expected: 0n,
    sent: 'c',
    answer: 'wrong-expected-version',
  },
];

const large = (size: number, metadata: number) =>
  binaryEvent({ type: 'large', data: Buffer.alloc(size), metadata: Buffer.alloc(metadata) });

describe.each(targets)('the rules of appending: %s', (_, start) => {
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

  const read = async (stream: string) => {
    const types: string[] = [];
    try {
      for await (const { event: one } of client.readStream(stream)) types.push(one?.type ?? 'nothing');
    } catch (error) {
      return (error as { type: string }).type;
    }
    return types.join('');
  };

  it.each(cases)('$title', async ({ past, deleted, expected, sent, answer, after }) => {
    const stream = newStream();
    const known = new Map<string, EventData>();
    const eventsOf = (letters: string) =>
      [...letters].map((letter) => {
        const one = known.get(letter) ?? jsonEvent({ type: letter, data: {} });
        known.set(letter, one);
        return one;
      });
    for (const letters of past) await client.appendToStream(stream, eventsOf(letters));
    if (deleted) await client.deleteStream(stream);
    const before = await read(stream);
    const told = await client.appendToStream(stream, eventsOf(sent), { expectedRevision: expected }).then(
      ({ nextExpectedRevision }) => Number(nextExpectedRevision),
      ({ type }: { type: string }) => type,
    );
    expect(told).toBe(answer);
    expect(await read(stream)).toBe(after ?? before);
  });

  it('takes the same ids in two streams as two appends', async () => {
    const [a, b] = [newStream(), newStream()];
    const sent = [event(1), event(2)];
    await client.appendToStream(a, sent, { expectedRevision: NO_STREAM });
    await client.appendToStream(b, sent, { expectedRevision: NO_STREAM });
    expect([await read(a), await read(b)]).toEqual(['happenedhappened', 'happenedhappened']);
  });

  it('takes an append without events, and writes nothing', async () => {
    const stream = newStream();
    expect(await client.appendToStream(stream, [], { expectedRevision: ANY })).toMatchObject({ success: true });
    expect(await read(stream)).toBe('stream-not-found');
    await client.appendToStream(stream, event(1));
    expect(await client.appendToStream(stream, [], { expectedRevision: 0n })).toMatchObject({ success: true });
    await expect(client.appendToStream(stream, [], { expectedRevision: NO_STREAM })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    await expect(client.appendToStream(newStream(), [], { expectedRevision: STREAM_EXISTS })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
  });

  it('counts data alone towards the largest append', async () => {
    const stream = newStream();
    await client.appendToStream(stream, large(1_048_576, 100_000));
    await expect(client.appendToStream(stream, large(1_048_577, 0))).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    });
    expect(await read(stream)).toBe('large');
  });

  it.each([['ж'.repeat(5_000)], ['$$$$x'], [' '], ['a/b?c#d@e'], ['😀-1']])(
    'takes a stream called %.20s',
    async (name) => {
      const stream = `${name}${randomUUID()}`;
      expect(await client.appendToStream(stream, event(1), { expectedRevision: NO_STREAM })).toMatchObject({
        nextExpectedRevision: 0n,
      });
      expect(await read(stream)).toBe('happened');
    },
  );

  it.each([[''], ['$$']])('refuses a stream called "%s"', async (name) => {
    await expect(client.appendToStream(name, event(1))).rejects.toMatchObject({ type: 'unknown' });
  });

  it('says in time when an append cannot be answered in time', async () => {
    await expect(client.appendToStream(newStream(), event(1), { deadline: -1 })).rejects.toMatchObject({
      type: 'deadline-exceeded',
    });
  });
});
