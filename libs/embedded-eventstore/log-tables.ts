import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Database, open, type RootDatabase } from 'lmdb';
import { TOMBSTONE } from './messages.js';

/*
 * One LMDB environment with two tables, all keys in big-endian order:
 *   events    position                                          -> record
 *   revisions start of the SHA-256 of a stream's name, revision -> position, CRC-32 of the key and the position
 */
export type Table = Database<Buffer, Buffer>;

export interface LogTables {
  readonly root: RootDatabase<Buffer, Buffer>;
  readonly events: Table;
  readonly revisions: Table;
}

/** Opens the tables in a data folder, making them where there are none; throws where they cannot be read. */
export function openTables(folder: string): LogTables {
  const root = open<Buffer, Buffer>({
    path: join(folder, 'log'),
    noSubdir: false,
    // else an append would be answered before it is on the disk
    overlappingSync: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: 2,
  });
  const table = (name: string): Table =>
    root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return { root, events: table('events'), revisions: table('revisions') };
}

const HALF = 2 ** 32;
const LAST_HIGH = 0x7fffffff;
const LAST_LOW = 0xffffffff;

// in halves: a bigint each would cost more than the rest of a read
export function uint64(...values: number[]): Buffer {
  const key = Buffer.allocUnsafe(8 * values.length);
  values.forEach((value, n) => {
    const last = value >= TOMBSTONE;
    key.writeUInt32BE(last ? LAST_HIGH : Math.floor(value / HALF), 8 * n);
    key.writeUInt32BE(last ? LAST_LOW : value % HALF, 8 * n + 4);
  });
  return key;
}

export const numberAt = (key: Buffer, at: number) => {
  const high = key.readUInt32BE(at);
  return high >= LAST_HIGH ? TOMBSTONE : high * HALF + key.readUInt32BE(at + 4);
};

const NAME = 16;

/** What stands for a stream in the index. */
export const nameKey = (stream: string | Buffer) => createHash('sha256').update(stream).digest().subarray(0, NAME);
export const nameIn = (place: Buffer) => place.subarray(0, NAME);
export const revisionIn = (place: Buffer) => numberAt(place, NAME);

/** The key of a revision in the index. */
export const placeOf = (name: Buffer, revision: number) => Buffer.concat([name, uint64(revision)], NAME + 8);

/** What the index says at a place: where the event is. */
export function indexEntry(place: Buffer, position: number): Buffer {
  const entry = Buffer.allocUnsafe(12);
  uint64(position).copy(entry);
  entry.writeUInt32BE(crc32(entry.subarray(0, 8), crc32(place)), 8);
  return entry;
}

/** The position, or undefined for an entry that is not what was written. */
export function positionIn(place: Buffer, entry: Buffer): number | undefined {
  if (place.length !== NAME + 8 || entry.length !== 12) return undefined;
  return crc32(entry.subarray(0, 8), crc32(place)) === entry.readUInt32BE(8) ? numberAt(entry, 0) : undefined;
}
