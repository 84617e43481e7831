import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AllStreamResolvedEvent, BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from './embedded-event-store.js';
import { type LogTables, openTables, uint64 } from './log-tables.js';
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
    const path = await spoiled(async ({ revisions }, [first = 0]) => {
      for (const revision of [0, 1, 2, 3]) await revisions.remove(uint64(first, revision));
    });
    const { client } = await start({ path });
    await expect(everything(client, 'a')).rejects.toMatchObject(isGone);
    await expect(collected(client.subscribeToStream('a'))).rejects.toMatchObject(isGone);
    expect(await everything(client, 'b')).toHaveLength(5);
  });

  it('appends nothing behind a revision that is not what it should be', async () => {
    const path = await spoiled(({ revisions }, [first = 0, second = 0]) =>
      revisions.put(uint64(first, 77), uint64(second)),
    );
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
});
