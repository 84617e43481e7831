import { type Log } from './log.js';
import { TOMBSTONE } from './messages.js';
import { createdOf, DamagedEventError, dataOf, meant, typeBytesOf } from './recorded-event.js';
import { firstVisible, isSoftDeleted, type StreamMetadata } from './stream-metadata.js';
import { varintSize, writeVarint } from './wire.js';

const PAGE_BYTES = 128 << 10;

/** Where pages are written, one after another: a page is finished in the turn of the event loop that began it. */
let desk = Buffer.allocUnsafeSlow(2 * PAGE_BYTES);

/** How many stored events one turn of the event loop looks at for one reader. */
export const PAGE_EVENTS = 512;

/** Frames for one reader, gathered so that many events travel in one piece. */
export interface Page {
  /** Adds a copy of an event; with `resolveLinks` a link goes with the event it points to. */
  add(message: Buffer, position: number): void;
  addFrame(frame: Buffer): void;
  readonly full: boolean;
  readonly empty: boolean;
  bytes(): Buffer;
}

export function startPage(log: Log, resolveLinks: boolean): Page {
  let bytes = desk;
  let size = 0;
  const makeRoom = (more: number) => {
    if (size + more <= bytes.length) return;
    bytes = desk = Buffer.concat([bytes.subarray(0, size)], 2 * (size + more));
  };
  const writeField = (tag: number, value: Buffer) => {
    bytes[size] = tag;
    size = writeVarint(bytes, size + 1, value.length);
    size += value.copy(bytes, size);
  };
  return {
    add(message, position) {
      const { event, link } = resolveLinks ? resolveLink(log, message) : { event: message, link: undefined };
      const inner = fieldSize(event) + fieldSize(link) + 1 + varintSize(position);
      const total = 1 + varintSize(inner) + inner;
      makeRoom(5 + total);
      // gRPC prefix, then ReadResp.event { event = 1, link = 2, commit_position = 3 }
      bytes[size] = 0;
      bytes.writeUInt32BE(total, size + 1);
      bytes[size + 5] = 0x0a;
      size = writeVarint(bytes, size + 6, inner);
      if (event) writeField(0x0a, event);
      if (link) writeField(0x12, link);
      bytes[size] = 0x18;
      size = writeVarint(bytes, size + 1, position);
    },
    addFrame(frame) {
      makeRoom(frame.length);
      size += frame.copy(bytes, size);
    },
    get full() {
      return size >= PAGE_BYTES;
    },
    get empty() {
      return size === 0;
    },
    bytes: () => Buffer.from(bytes.subarray(0, size)),
  };
}

const fieldSize = (bytes: Buffer | undefined) => (bytes ? 1 + varintSize(bytes.length) + bytes.length : 0);

/** A link's data is "revision@stream". What it points to may be gone: then there is a link and no event. */
function resolveLink(log: Log, message: Buffer): { event: Buffer | undefined; link: Buffer | undefined } {
  if (typeBytesOf(message).toString('latin1') !== '$>') return { event: message, link: undefined };
  const text = dataOf(message).toString('utf8');
  const at = text.indexOf('@');
  if (at < 1 || !/^[+-]?\d+$/.test(text.slice(0, at))) return { event: message, link: undefined };
  // a record is there only until another one is read
  const link = Buffer.from(message);
  return { event: visibleEvent(log, text.slice(at + 1), Number(text.slice(0, at))), link };
}

function visibleEvent(log: Log, stream: string, revision: number): Buffer | undefined {
  const last = log.last(stream);
  if (last === TOMBSTONE) return undefined;
  const metadata = log.metadataForReader(stream);
  if (isSoftDeleted(metadata) || revision > last) return undefined;
  if (revision < firstVisible(last, metadata)) return undefined;
  const message = messageOf(log, stream, revision, log.positions(stream, revision, revision, 1)[0] ?? 0);
  return isExpired(message, metadata) ? undefined : message;
}

export function isExpired(message: Buffer, { maxAge }: StreamMetadata): boolean {
  return maxAge !== undefined && createdOf(message) < Date.now() - maxAge * 1000;
}

/** Positions of a stream's revisions from..to, of which there must be one at least. */
export function somePositions(log: Log, stream: string, from: number, to: number, limit: number): number[] {
  const positions = log.positions(stream, from, to, limit);
  if (positions.length === 0) throw new DamagedEventError(`${from} of stream ${stream}`);
  return positions;
}

/** The event of a stream at a position, checked to be the one that is meant. */
export function messageOf(log: Log, stream: string, revision: number, position: number): Buffer {
  return meant(log.messageAt(position), stream, revision);
}
