import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { EmbeddedEventStore } from '../../libs/embedded-eventstore/embedded-event-store.js';
import { ownEvents } from './comparing.js';
import type { Watched } from './copy.js';
import type { RawEvent } from './raw-event.js';
import { RawLog } from './raw-log.js';

export type RunningLog = { readonly url: string; readonly log: RawLog; stop(): Promise<void>; close(): Promise<void> };

/** A node in memory and a raw view of it. */
export const startRawLog = async (): Promise<RunningLog> => {
  const node = await EmbeddedEventStore.start();
  const log = RawLog.connect(node.connectionString);
  return {
    url: node.connectionString,
    log,
    stop: () => node.close(),
    async close() {
      await log.close();
      await node.close();
    },
  };
};

export const watched = (signal = new AbortController().signal): Watched & { readonly said: string[] } => {
  const said: string[] = [];
  const progress = { show: () => undefined, note: (text: string) => void said.push(text), clear: () => undefined };
  return { progress, signal, said };
};

export const listed = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

export const eventsOfLog = (log: RawLog): Promise<RawEvent[]> => listed(ownEvents(log.readAll()));

/** What another server can keep of an event, as text. Where it writes some itself their ids are its own. */
export const kept = ({ stream, revision, id, type, json, data, metadata }: RawEvent): string =>
  [stream, revision, id, type, json, data.toString('hex'), metadata.toString('hex')].join(' ');

const json = (n: number) => jsonEvent({ type: 'counted', data: { n, text: 'zażółć', at: 1.5 }, metadata: { n } });

/** Everything that a client can do to a log, `rounds` times over: some 25 events each. */
export const fill = async (url: string, rounds: number, name = 's'): Promise<void> => {
  const client = EventStoreDBClient.connectionString(url);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${name}${round}-${letter}`) as [
        string,
        string,
        string,
        string,
        string,
      ];
      await client.appendToStream(a, [json(1), json(2), json(3)]);
      await client.appendToStream(b, binaryEvent({ type: 'bytes', data: Uint8Array.from([0, 255, 10, 13, 34]) }));
      await client.appendToStream(a, json(4));
      await client.appendToStream(b, [
        // says that it is JSON, and isn't written as JSON.stringify would
        jsonEvent({ type: 'odd', data: 'not an object', metadata: Uint8Array.from([1, 200, 7]) }),
        binaryEvent({ type: 'empty', data: Buffer.alloc(0) }),
        binaryEvent({ type: 'spaced', data: Buffer.from('{ "a" : 1.0 }\n') }),
      ]);
      await client.setStreamMetadata(a, { maxCount: 2, owner: 'me' });
      await client.appendToStream(c, [json(5), json(6)]);
      await client.deleteStream(c);
      await client.appendToStream(d, json(7));
      // written to again, twice: its metadata comes back
      await client.appendToStream(c, [json(8), json(9)]);
      await client.appendToStream(c, json(10));
      await client.deleteStream(d);
      await client.deleteStream(d);
      await client.setStreamMetadata(d, { maxAge: 3_600 });
      await client.appendToStream(e, [json(11), json(12)]);
      await client.tombstoneStream(e);
      await client.appendToStream(a, binaryEvent({ type: '$>', data: Buffer.from(`0@${b}`), id: randomUUID() }));
      await client.deleteStream(b);
    }
  } finally {
    await client.dispose();
  }
};
