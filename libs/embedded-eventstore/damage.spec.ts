import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AllStreamResolvedEvent, BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from './embedded-event-store.js';
import { messageOf, somePositions } from './event-pages.js';
import { type CallError, Status } from './grpc.js';
import { lmdbStorage } from './lmdb-storage.js';
import { indexEntry, type LogTables, nameKey, openTables, placeOf, uint64 } from './log-tables.js';
import { openLog } from './log.js';
import { collected, event, everything, isSystems, newFolder, start } from './node.fixture.js';

const isGone = { code: 15, message: expect.stringContaining('is damaged: restore the data folder from a copy') };

/** A log of ten events in two streams, after `change`. */
async function spoiled(change: (tables: LogTables, positions: number[]) => Promise<unknown>) {
  const path = await newFolder();
  const { node, client } = await start({ path });
  for (let n = 0; n < 10; n++) await client.appendToStream(n % 2 ? 'b' : 'a', event(n));
  const positions = ((await everything(client)) as AllStreamResolvedEvent[])
    .filter((one) => !isSystems(one))
    .map(({ event: one }) => Number(one?.position.commit));
  await client.dispose();
  await node.close();
  const tables = openTables(path);
  await change(tables, positions);
  await tables.root.close();
  return path;
}
const backwards = (client: EventStoreDBClient) => client.readAll({ direction: BACKWARDS, fromPosition: END });

describe('the embedded event store with a damaged log', () => {
  it('names a damaged event and never serves it', async () => {
    const path = await newFolder();
    const { node, client } = await start({ path });
    const mark = randomUUID();
    await client.appendToStream('a', event('sound'));
    const damaged = await client.appendToStream('a', event(mark));
    await client.appendToStream('b', event('sound'));
    await client.dispose();
    await node.close();
    const file = join(path, 'log', 'data.mdb');
    const bytes = await readFile(file);
    for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) bytes.write('!', at);
    await writeFile(file, bytes);

    const again = (await start({ path })).client;
    const position = damaged.position?.commit;
    const named = { code: 15, message: expect.stringContaining(`at position ${position} is damaged`) };
    await expect(everything(again)).rejects.toMatchObject(named);
    await expect(everything(again, 'a')).rejects.toMatchObject(named);
    expect(await everything(again, 'b')).toHaveLength(1);
  });

  it.each([0, 6])('names event %d where it is missing, in every reading of $all', async (missing) => {
    const path = await spoiled(({ events }, positions) => events.remove(uint64(positions[missing] ?? 0)));
    const { client } = await start({ path });
    await expect(everything(client)).rejects.toMatchObject(isGone);
    await expect(collected(backwards(client))).rejects.toMatchObject(isGone);
    await expect(everything(client, 'a')).rejects.toMatchObject(isGone);
    expect(await everything(client, 'b')).toHaveLength(5);
    await expect(collected(client.subscribeToAll())).rejects.toMatchObject(isGone);
  });

  it('names a revision that is missing in its stream, and does not wait for it', async () => {
    const path = await spoiled(async ({ revisions }) => {
      for (const revision of [0, 1, 2, 3]) await revisions.remove(placeOf(nameKey('a'), revision));
    });
    const { client } = await start({ path });
    await expect(everything(client, 'a')).rejects.toMatchObject(isGone);
    await expect(collected(client.subscribeToStream('a'))).rejects.toMatchObject(isGone);
    expect(await everything(client, 'b')).toHaveLength(5);
  });

  it('appends nothing behind a revision that is not what it should be', async () => {
    const path = await spoiled(({ revisions }, [, second = 0]) => {
      const place = placeOf(nameKey('a'), 77);
      return revisions.put(place, indexEntry(place, second));
    });
    const { client } = await start({ path });
    await expect(client.appendToStream('a', event(11))).rejects.toMatchObject({ type: 'unknown' });
    expect(await client.appendToStream('b', event(11))).toMatchObject({ nextExpectedRevision: 5n });
  });

  it('does not start behind an event that is not where it should be', async () => {
    const path = await spoiled(async ({ events }, positions) => {
      const last = uint64(positions.at(-1) ?? 0);
      await events.put(uint64(2 ** 40), events.get(last) ?? Buffer.alloc(0));
      await events.remove(last);
    });
    await expect(EmbeddedEventStore.start({ path })).rejects.toThrow(
      /cannot be opened \(its last event, at position \d+, does not follow .*Restore the folder from a copy/,
    );
  });

  it.each([
    ['the last of a stream', 'a', 4],
    ['the only one of a stream', 'lone', 0],
    ['one amid a stream', 'b', 2],
  ])(
    'never takes a stream for another or a shorter one, whichever bit of its index is flipped: %s',
    async (_, stream, revision) => {
      const path = await newFolder();
      const { node, client } = await start({ path });
      for (let n = 0; n < 10; n++) await client.appendToStream(n % 2 ? 'b' : 'a', event(n));
      for (const other of ['lone', 'c', 'd', 'e', 'f']) await client.appendToStream(other, event(other));
      await client.dispose();
      await node.close();
      const sound = { a: 5, b: 5, lone: 1, c: 1, d: 1, e: 1, f: 1, missing: 0 };
      const file = join(path, 'log', 'data.mdb');
      const bytes = await readFile(file);
      const place = placeOf(nameKey(stream), revision);
      const spots: number[] = [];
      for (let at = bytes.indexOf(place); at !== -1; at = bytes.indexOf(place, at + 1)) spots.push(at);
      expect(spots).not.toEqual([]);
      expect(await lengthsIn(path, Object.keys(sound))).toEqual(sound);
      const entryBits = 8 * (place.length + 12);
      for (let bit = 0; bit < entryBits; bit += 3) {
        const flipped = Buffer.from(bytes);
        for (const at of spots) flipped[at + (bit >> 3)] = (flipped[at + (bit >> 3)] ?? 0) ^ (1 << (bit & 7));
        await writeFile(file, flipped);
        const found = await lengthsIn(path, Object.keys(sound));
        const wrong = Object.entries(sound).filter(
          ([name, length]) => ![length, 'damaged'].includes(found[name] ?? ''),
        );
        expect({ bit, wrong, named: found[stream] }).toEqual({ bit, wrong: [], named: 'damaged' });
      }
    },
  );
});

/** How many events each stream shows when it is read from its beginning to its end, or that it is damaged. */
async function lengthsIn(path: string, streams: string[]): Promise<Record<string, number | 'damaged'>> {
  const storage = await lmdbStorage(path);
  const log = openLog(storage);
  const lengthOf = (stream: string): number | 'damaged' => {
    try {
      const last = log.last(stream);
      for (let revision = 0; revision <= last; revision++) {
        const [position = 0] = somePositions(log, stream, revision, last, 1);
        messageOf(log, stream, revision, position);
      }
      return last + 1;
    } catch (error) {
      if ((error as CallError).status === Status.dataLoss) return 'damaged';
      throw error;
    }
  };
  const found = Object.fromEntries(streams.map((stream) => [stream, lengthOf(stream)]));
  await storage.close();
  return found;
}
