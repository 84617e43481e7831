import { DataFolderError, openDataFolder } from './data-folder.js';
import {
  indexEntry,
  nameIn,
  nameKey,
  numberAt,
  openTables,
  placeOf,
  positionIn,
  revisionIn,
  uint64,
} from './log-tables.js';
import { TOMBSTONE } from './messages.js';
import { DamagedIndexError } from './recorded-event.js';
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
  const { root, events, revisions } = openTables(folder);

  /** The place in the index next to another one, on its side or the place itself. */
  const nearest = (stream: string, place: Buffer, reverse: boolean): Buffer | undefined => {
    for (const { key, value } of revisions.getRange({ start: place, reverse, exclusiveStart: !reverse, limit: 1 })) {
      const order = key.compare(place);
      if (positionIn(key, value) === undefined || (reverse ? order > 0 : order <= 0))
        throw new DamagedIndexError(stream);
      return key;
    }
    return undefined;
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
      const writes: Promise<boolean>[] = [];
      for (const { stream, revision, position, record } of batch) {
        const place = placeOf(nameKey(stream), revision);
        writes.push(events.put(uint64(position), record), revisions.put(place, indexEntry(place, position)));
      }
      await Promise.all(writes).catch(async (error: Error & { commitError?: Promise<never> }) => {
        // rejects with the reason, which the error itself does not tell
        await error.commitError;
        throw error;
      });
      // reads from here on must see it: the snapshot of this event turn may be an older one
      root.resetReadTxn();
      const last = batch.at(-1);
      if (last) next = positionAfter(last.position, last.record);
    },
    lastRevision(stream) {
      const name = nameKey(stream);
      const end = placeOf(name, TOMBSTONE);
      const last = nearest(stream, end, true);
      // an entry whose key is damaged lies beside the place where it is looked for, on either side: see the README
      nearest(stream, end, false);
      return last && nameIn(last).equals(name) ? revisionIn(last) : -1;
    },
    positions(stream, from, to, limit) {
      const name = nameKey(stream);
      const [start, end] = [placeOf(name, from), placeOf(name, to)];
      const found: number[] = [];
      for (const { key, value } of revisions.getRange({ start, end, reverse: from > to, inclusiveEnd: true, limit })) {
        const position = positionIn(key, value);
        if (position === undefined) throw new DamagedIndexError(stream);
        found.push(position);
      }
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
      // a record tells where the one behind it is: getting that is cheaper than a range's next, and need not copy it
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
