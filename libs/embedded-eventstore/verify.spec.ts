import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lmdbStorage } from './lmdb-storage.js';
import { indexEntry, type LogTables, nameKey, openTables, placeOf, uint64 } from './log-tables.js';
import { TOMBSTONE } from './messages.js';
import { recordOf } from './recorded-event.js';
import { positionAfter, type StoredEvent } from './storage.js';
import { type Fault, type VerifyProgress, verifyLog } from './verify.js';

const place = (stream: string, revision: number) => placeOf(nameKey(stream), revision);

describe('verifying a log', () => {
  let path: string;
  const written: StoredEvent[] = [];

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'embedded-eventstore-'));
    written.length = 0;
    const storage = await lmdbStorage(path);
    let position = storage.nextPosition();
    const add = (stream: string, revision: number) => {
      const data = Buffer.from(`${stream}-${revision}-`.repeat(20));
      const id = crypto.randomUUID();
      const record = recordOf({
        id,
        stream,
        revision,
        position,
        type: 't',
        json: false,
        created: 1,
        metadata: data,
        data,
      });
      written.push({ stream, revision, position, record });
      position = positionAfter(position, record);
    };
    for (let revision = 0; revision < 800; revision++) for (const stream of ['a', 'b', 'größe']) add(stream, revision);
    add('gone', 0);
    add('gone', TOMBSTONE);
    add('never', TOMBSTONE);
    await storage.append(written);
    await storage.close();
  });
  afterEach(() => rm(path, { recursive: true }));

  const verify = async () => {
    const faults: Fault[] = [];
    const progress: VerifyProgress[] = [];
    const found = await verifyLog(path, {
      onFault: (fault) => faults.push(fault),
      onProgress: (one) => progress.push(one),
    });
    return { found, faults, progress };
  };
  const at = (stream: string, revision: number) =>
    written.find((one) => one.stream === stream && one.revision === revision)?.position ?? NaN;
  const spoil = async (change: (tables: LogTables) => Promise<unknown>) => {
    const tables = openTables(path);
    await change(tables);
    await tables.root.close();
  };

  it('finds nothing in a sound one, and tells how far it is', async () => {
    const { found, faults, progress } = await verify();
    expect(faults).toEqual([]);
    expect(found).toEqual({ events: 2403, streams: 5, bytes: expect.any(Number), faults: 0 });
    expect(progress.at(0)).toEqual({ table: 'events', done: 1000, total: 2403 });
    expect(new Set(progress.filter(({ done, total }) => done === total).map(({ table }) => table))).toEqual(
      new Set(['events', 'revisions']),
    );
  });

  it('names an event of which a byte was flipped on the disk', async () => {
    const file = join(path, 'log', 'data.mdb');
    const bytes = await readFile(file);
    const mark = 'b-417-b-417';
    for (let spot = bytes.indexOf(mark); spot !== -1; spot = bytes.indexOf(mark, spot + 1))
      bytes[spot] = (bytes[spot] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const { found, faults } = await verify();
    expect(faults).toEqual([
      { position: at('b', 417), problem: `The event at position ${at('b', 417)} is damaged: its checksum is another.` },
    ]);
    expect(found.faults).toBe(1);
  });

  it.each<[string, (tables: LogTables) => Promise<unknown>, () => RegExp[]]>([
    [
      'an event that is gone',
      ({ events }) => events.remove(uint64(at('a', 30))),
      () => [
        new RegExp(`^The event at position ${at('b', 30)} should be at ${at('a', 30)}: some are missing`),
        new RegExp(`points to position ${at('a', 30)}, where no event is`),
      ],
    ],
    [
      'an event that is missing in its stream',
      ({ revisions }) => revisions.remove(place('a', 30)),
      () => [
        new RegExp(`^The event at position ${at('a', 30)}, revision 30 of stream a, is missing in its stream`),
        /^Before revision 31 of the stream a stands revision 29: some are missing/,
      ],
    ],
    [
      'a place in a stream that shows another event',
      ({ revisions }) => revisions.put(place('a', 30), indexEntry(place('a', 30), at('größe', 31))),
      () => [
        new RegExp(`^In place of the event at position ${at('a', 30)}, .* its stream shows that at ${at('größe', 31)}`),
        new RegExp(`points to position ${at('größe', 31)}, where another stream's event is`),
        new RegExp(`points back to position ${at('a', 31)}`),
      ],
    ],
    [
      'a place too many',
      ({ revisions }) => revisions.put(place('a', 800), indexEntry(place('a', 800), at('never', TOMBSTONE) + 1)),
      () => [/^The place of revision 800 .* where no event is/],
    ],
    [
      'a place that is damaged',
      async ({ revisions }) => {
        const entry = indexEntry(place('a', 30), at('a', 30));
        await revisions.put(place('a', 30), entry.fill(entry.readUInt8(11) ^ 1, 11));
      },
      () => [
        /^A place in the index of streams \([0-9a-f]{48}\) is damaged/,
        /^Before revision 31 .* stands revision 29/,
      ],
    ],
  ])('names %s', async (_, change, expected) => {
    await spoil(change);
    const { found, faults } = await verify();
    expect(found.faults).toBe(faults.length);
    for (const pattern of expected())
      expect(faults.map(({ problem }) => problem)).toContainEqual(expect.stringMatching(pattern));
  });

  it('refuses a folder without a log, and makes nothing there', async () => {
    await expect(verifyLog(join(path, 'no'))).rejects.toThrow(/^There is no log in .*no\.$/);
    await expect(readFile(join(path, 'no', 'format.json'))).rejects.toThrow('ENOENT');
  });
});
