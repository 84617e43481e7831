import { crc32 } from 'node:zlib';
import { CallError, Status } from './grpc.js';
import { TOMBSTONE } from './messages.js';
import { varintSize, WireReader, writeVarint } from './wire.js';

/*
 * A record is a checksum (4 bytes, CRC-32, big-endian) and the finished RecordedEvent message that readers are sent.
 * The message is always laid out alike: id (40 bytes), stream, revision, prepare, commit, type, content type,
 * created, then custom metadata and data where there are any.
 */

export interface EventToRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly json: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

const CHECKSUM = 4;
const ID_END = 40;
const NO_MORE_REVISIONS = Buffer.from('ffffffffffffffff7f', 'hex');
const JSON_ENTRY = mapEntry('content-type', 'application/json');
const BINARY_ENTRY = mapEntry('content-type', 'application/octet-stream');

function mapEntry(key: string, value: string): Buffer {
  const [k, v] = [Buffer.from(key), Buffer.from(value)];
  const inner = 2 + varintSize(k.length) + varintSize(v.length) + k.length + v.length;
  const entry = Buffer.allocUnsafe(1 + varintSize(inner) + inner);
  let at = writeVarint(entry, 0, 0x32);
  at = writeVarint(entry, at, inner);
  at = writeBytes(entry, at, 0x0a, k);
  writeBytes(entry, at, 0x12, v);
  return entry;
}

function writeBytes(buffer: Buffer, at: number, tag: number, bytes: Buffer): number {
  at = writeVarint(buffer, writeVarint(buffer, at, tag), bytes.length);
  return at + bytes.copy(buffer, at);
}

const optional = (bytes: Buffer) => (bytes.length ? 1 + varintSize(bytes.length) + bytes.length : 0);

/** The record of an event, ready to be stored and to be sent. */
export function recordOf(event: EventToRecord): Buffer {
  const name = Buffer.from(event.stream);
  const type = mapEntry('type', event.type);
  const created = mapEntry('created', `${event.created}0000`);
  const content = event.json ? JSON_ENTRY : BINARY_ENTRY;
  const nameSize = 1 + varintSize(name.length) + name.length;
  const tombstone = event.revision === TOMBSTONE;
  const revisionSize = tombstone ? NO_MORE_REVISIONS.length : varintSize(event.revision);
  const fixed = ID_END + 1 + varintSize(nameSize) + nameSize + 3 + revisionSize + 2 * varintSize(event.position);
  const maps = type.length + content.length + created.length;
  const record = Buffer.allocUnsafe(CHECKSUM + fixed + maps + optional(event.metadata) + optional(event.data));
  let at = CHECKSUM;
  record[at] = 0x0a;
  record[at + 1] = 38;
  record[at + 2] = 0x12;
  record[at + 3] = 36;
  record.write(event.id, at + 4, 'latin1');
  at = writeVarint(record, at + ID_END, 0x12);
  at = writeBytes(record, writeVarint(record, at, nameSize), 0x1a, name);
  record[at++] = 0x18;
  at = tombstone ? at + NO_MORE_REVISIONS.copy(record, at) : writeVarint(record, at, event.revision);
  record[at++] = 0x20;
  at = writeVarint(record, at, event.position);
  record[at++] = 0x28;
  at = writeVarint(record, at, event.position);
  for (const entry of [type, content, created]) at += entry.copy(record, at);
  if (event.metadata.length) at = writeBytes(record, at, 0x3a, event.metadata);
  if (event.data.length) writeBytes(record, at, 0x42, event.data);
  record.writeUInt32BE(crc32(record.subarray(CHECKSUM)), 0);
  return record;
}

/** A stored event that is not what was written; it is named and never served. */
export class DamagedEventError extends CallError {
  constructor(where: string) {
    super(Status.dataLoss, `The stored event ${where} is damaged: restore the data folder from a copy.`);
  }
}

/** A place in the index of streams that is not what was written: what is in the stream is not known. */
export class DamagedIndexError extends CallError {
  constructor(stream: string) {
    super(Status.dataLoss, `The index of stream ${stream} is damaged: restore the data folder from a copy.`);
  }
}

/** The RecordedEvent message, if it is what the index says it is. */
export function meant(message: Buffer, stream: string, revision: number): Buffer {
  if (revisionOf(message) !== revision || streamBytesOf(message).toString('utf8') !== stream)
    throw new DamagedEventError(`${revision} of stream ${stream}`);
  return message;
}

/** The RecordedEvent message of a record, checked. */
export function checked(record: Buffer | undefined, position: number): Buffer {
  if (!record || record.length < CHECKSUM + ID_END) throw new DamagedEventError(`at position ${position}`);
  const message = record.subarray(CHECKSUM);
  if (crc32(message) !== record.readUInt32BE(0)) throw new DamagedEventError(`at position ${position}`);
  return message;
}

/** The UTF-8 name of the event's stream. */
export function streamBytesOf(message: Buffer): Buffer {
  const reader = new WireReader(message.subarray(ID_END));
  reader.next();
  const name = new WireReader(reader.bytes());
  name.next();
  return name.bytes();
}

/** The UTF-8 name of the event's type. */
export function typeBytesOf(message: Buffer): Buffer {
  return property(message, 0);
}

function property(message: Buffer, index: number): Buffer {
  const reader = new WireReader(message.subarray(ID_END));
  let entry = -1;
  for (let field = reader.next(); field; field = reader.next()) {
    if (field === 6 && ++entry === index) break;
  }
  const map = new WireReader(reader.bytes());
  map.next();
  map.next();
  return map.bytes();
}

export const idOf = (message: Buffer) => message.toString('latin1', 4, ID_END);
export const isJson = (message: Buffer) => property(message, 1).equals(Buffer.from('application/json'));
/** Milliseconds since 1970. */
export const createdOf = (message: Buffer) => Number(property(message, 2).toString('latin1').slice(0, -4));

/** The revision as it is stored; that of a tombstone is `TOMBSTONE`. */
export function revisionOf(message: Buffer): number {
  const reader = new WireReader(message.subarray(ID_END));
  reader.next();
  reader.next();
  return reader.uint();
}

/** What the event says of its own positions: prepare and commit. */
export function positionsOf(message: Buffer): number[] {
  const reader = new WireReader(message.subarray(ID_END));
  const positions: number[] = [];
  for (let field = reader.next(); field; field = reader.next())
    if (field === 4 || field === 5) positions.push(reader.uint());
  return positions;
}

export function dataOf(message: Buffer): Buffer {
  const reader = new WireReader(message.subarray(ID_END));
  for (let field = reader.next(); field; field = reader.next()) {
    if (field === 8) return reader.bytes();
  }
  return Buffer.alloc(0);
}
