import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { TOMBSTONE } from './messages.js';

/*
 * One LMDB environment with three tables, all keys in big-endian order:
 *   events    position                -> record
 *   streams   SHA-256 of the name     -> stream number (the position of the stream's first event)
 *   revisions stream number, revision -> position
 */
export type Table = Database<Buffer, Buffer>;

export interface LogTables {
  readonly root: RootDatabase<Buffer, Buffer>;
  readonly events: Table;
  readonly streams: Table;
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
    maxDbs: 3,
  });
  const table = (name: string): Table =>
    root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return { root, events: table('events'), streams: table('streams'), revisions: table('revisions') };
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

export const keyOf = (stream: string | Buffer) => createHash('sha256').update(stream).digest();
