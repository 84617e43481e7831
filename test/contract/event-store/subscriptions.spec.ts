import { randomUUID } from 'node:crypto';
import {
  END,
  type EventData,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  type Position,
  StreamDeletedError,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, events, listen, newStream, positionOf } from './events.js';
import { type Target, targets } from './targets.js';

describe.each(targets)('the subscriptions that the product relies on: %s', (_, start) => {
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

  const append = (stream: string, data: EventData[]) => client.appendToStream(stream, data);

  it('tells the history of a stream, says once that it has caught up, and goes on live', async () => {
    const stream = newStream();
    await append(stream, events(2));
    const heard = await listen(
      client.subscribeToStream(stream),
      (so) => so.length === 6,
      (line) => void (line === 'caught up' && append(stream, events(2))),
    );
    expect(heard).toEqual(['confirmed', `${stream}@0`, `${stream}@1`, 'caught up', `${stream}@2`, `${stream}@3`]);
  });

  it('goes on strictly after a revision, and from the end with what is new', async () => {
    const stream = newStream();
    await append(stream, events(4));
    expect(
      await listen(client.subscribeToStream(stream, { fromRevision: 1n }), (so) => so.includes('caught up')),
    ).toEqual(['confirmed', `${stream}@2`, `${stream}@3`, 'caught up']);
    const heard = await listen(
      client.subscribeToStream(stream, { fromRevision: END }),
      (so) => so.length === 3,
      (line) => void (line === 'caught up' && append(stream, events(1))),
    );
    expect(heard).toEqual(['confirmed', 'caught up', `${stream}@4`]);
  });

  it('waits for a stream that is not there yet', async () => {
    const stream = newStream();
    const heard = await listen(
      client.subscribeToStream(stream),
      (so) => so.includes(`${stream}@0`),
      (line) => void (line === 'confirmed' && append(stream, events(1))),
    );
    expect(heard.filter((line) => line !== 'caught up')).toEqual(['confirmed', `${stream}@0`]);
  });

  it('tells of $all what passes a filter, from a position on, history and live', async () => {
    const [kind, other] = [`k${randomUUID()}`, newStream('other')];
    const [a, b] = [newStream(kind), newStream(kind)];
    const from = positionOf(await append(a, events(2)));
    await append(other, events(2));
    await append(b, events(1));
    const filter = streamNameFilter({ prefixes: ['nothing-', `${kind}-`] });
    const write = async () => {
      await append(other, events(1));
      await append(a, events(1));
    };
    const heard = await listen(
      client.subscribeToAll({ fromPosition: from, filter }),
      (so) => so.length === 4,
      (line) => void (line === 'caught up' && write()),
    );
    expect(heard).toEqual(['confirmed', `${b}@0`, 'caught up', `${a}@2`]);
  });

  it.each<[string, (type: string) => Filter]>([
    ['prefixes of types', (type) => eventTypeFilter({ prefixes: [type] })],
    ['a regular expression on types', (type) => eventTypeFilter({ regex: `^${type}-[x-z]$` })],
  ])('filters by %s', async (__, filter) => {
    const [stream, type] = [newStream(), `t${randomUUID()}`];
    await append(stream, [event(0, `${type}-x`), event(1, 'other'), event(2, `${type}-z`), event(3, `x${type}-x`)]);
    const heard = await listen(client.subscribeToAll({ filter: filter(type) }), (so) => so.includes('caught up'));
    expect(heard).toEqual(['confirmed', `${stream}@0`, `${stream}@2`, 'caught up']);
  });

  it('says how far it has looked, and can be resumed from there without a gap', async () => {
    const [kind, other] = [`k${randomUUID()}`, newStream('other')];
    const a = newStream(kind);
    const from = positionOf(await append(a, events(1)));
    for (let round = 0; round < 4; round++) {
      await append(other, events(60));
      await append(a, events(1));
    }
    const checkpoints: [Position, number][] = [];
    let seen = 0;
    const filter = streamNameFilter({
      prefixes: [`${kind}-`],
      checkpointReached: (__, position) => void checkpoints.push([position, seen]),
    });
    const all = await listen(
      client.subscribeToAll({ fromPosition: from, filter }),
      (so) => so.includes('caught up'),
      (line) => void (line.startsWith(kind) && seen++),
    );
    const told = all.filter((line) => line.startsWith(kind));
    expect(told).toEqual([1, 2, 3, 4].map((n) => `${a}@${n}`));
    expect(checkpoints.length).toBeGreaterThan(0);
    for (const [position, before] of checkpoints) {
      const rest = await listen(
        client.subscribeToAll({ fromPosition: position, filter: streamNameFilter({ prefixes: [`${kind}-`] }) }),
        (so) => so.includes('caught up'),
      );
      expect(rest.filter((line) => line.startsWith(kind))).toEqual(told.slice(before));
    }
  });

  it('ends with an error when the stream is tombstoned', async () => {
    const stream = newStream();
    await append(stream, events(1));
    const heard = listen(
      client.subscribeToStream(stream),
      () => false,
      (line) => void (line === 'caught up' && client.tombstoneStream(stream)),
    );
    await expect(heard).rejects.toBeInstanceOf(StreamDeletedError);
  });

  it('neither loses nor doubles an event while others write', async () => {
    const kind = `k${randomUUID()}`;
    const streams = Array.from({ length: 5 }, () => newStream(kind));
    const writing = Promise.all(
      streams.map(async (stream) => {
        for (let n = 0; n < 40; n++) await append(stream, events(2));
      }),
    );
    const filter = streamNameFilter({ prefixes: [`${kind}-`] });
    const heard = await listen(
      client.subscribeToAll({ filter }),
      (so) => so.filter((line) => line.startsWith(kind)).length === 400,
    );
    await writing;
    for (const stream of streams)
      expect(heard.filter((line) => line.startsWith(stream))).toEqual(
        Array.from({ length: 80 }, (__, n) => `${stream}@${n}`),
      );
  });
});
