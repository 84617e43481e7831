import { boundedCache } from './bounded-cache.js';
import { DataFolderError, openDataFolder } from './data-folder.js';
import { keyOf, numberAt, openTables, uint64 } from './log-tables.js';
import { TOMBSTONE } from './messages.js';
import { type EventStorage, FIRST_POSITION, positionAfter, type PositionedRecord } from './storage.js';

/**
 * The log in a folder of this machine, which it keeps locked. An append is safe, also from a kill or a power cut,
 * when its promise resolves: LMDB commits all writes of one event turn together, then syncs, then answers.
 */
export async function lmdbStorage(folder: string): Promise<EventStorage> {
  const release = await openDataFolder(folder);
  try {
    return opened(folder, release);
  } catch (error) {
    await release();
    throw new DataFolderError(
      `The log in ${folder} cannot be opened (${(error as Error).message}). Restore the folder from a copy or choose another one.`,
    );
  }
}

function opened(folder: string, release: () => Promise<void>): EventStorage {
  const { root, events, streams, revisions } = openTables(folder);
  const numbers = boundedCache<string, number>(50_000);

  const numberOf = (stream: string): number | undefined => {
    const known = numbers.get(stream);
    if (known !== undefined) return known;
    const stored = streams.get(keyOf(stream));
    if (!stored) return undefined;
    numbers.set(stream, numberAt(stored, 0));
    return numberAt(stored, 0);
  };

  const [newest, older] = [...events.getRange({ reverse: true, limit: 2 })].map(({ key, value }) => ({
    position: numberAt(key, 0),
    record: value,
  }));
  let next = newest ? positionAfter(newest.position, newest.record) : FIRST_POSITION;
  // the next event goes after it, so it must be where it belongs
  if (newest && newest.position !== (older ? positionAfter(older.position, older.record) : FIRST_POSITION))
    throw new Error(`its last event, at position ${newest.position}, does not follow the one before it`);

  return {
    nextPosition: () => next,
    async append(batch) {
      const created = new Map<string, number>();
      const writes: Promise<boolean>[] = [];
      for (const { stream, revision, position, record } of batch) {
        let number = created.get(stream) ?? numberOf(stream);
        if (number === undefined) {
          created.set(stream, (number = position));
          writes.push(streams.put(keyOf(stream), uint64(number)));
        }
        writes.push(events.put(uint64(position), record));
        writes.push(revisions.put(uint64(number, revision), uint64(position)));
      }
      await Promise.all(writes).catch(async (error: Error & { commitError?: Promise<never> }) => {
        // rejects with the reason, which the error itself does not tell
        await error.commitError;
        throw error;
      });
      // reads from here on must see it: the snapshot of this event turn may be an older one
      root.resetReadTxn();
      for (const [stream, number] of created) numbers.set(stream, number);
      const last = batch.at(-1);
      if (last) next = positionAfter(last.position, last.record);
    },
    lastRevision(stream) {
      const number = numberOf(stream);
      if (number === undefined) return -1;
      const range = {
        start: uint64(number, TOMBSTONE),
        end: uint64(number, 0),
        reverse: true,
        inclusiveEnd: true,
        limit: 1,
      };
      for (const key of revisions.getKeys(range)) return numberAt(key, 8);
      return -1;
    },
    positions(stream, from, to, limit) {
      const number = numberOf(stream);
      if (number === undefined) return [];
      const range = {
        start: uint64(number, from),
        end: uint64(number, to),
        reverse: from > to,
        inclusiveEnd: true,
        limit,
      };
      const found: number[] = [];
      for (const { value } of revisions.getRange(range)) found.push(numberAt(value, 0));
      return found;
    },
    recordAt: (position) => events.get(uint64(position)),
    *scan(from, backwards): Generator<PositionedRecord> {
      const range = backwards
        ? { start: uint64(from), exclusiveStart: true, reverse: true }
        : { start: uint64(from), limit: 1 };
      let following: number | undefined;
      for (const { key, value } of events.getRange(range)) {
        const position = numberAt(key, 0);
        if (!backwards) following = positionAfter(position, value);
        yield { position, record: value };
      }
      // a record tells where the one behind it is: that is found in half the time of a range's next, and need not be copied
      for (let position = following; position !== undefined; position = following) {
        const record = events.getBinaryFast(uint64(position))?.subarray();
        if (!record) return;
        following = positionAfter(position, record);
        yield { position, record };
      }
    },
    async close() {
      await root.close();
      await release();
    },
  };
}
