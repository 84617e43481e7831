import { type Log } from './log.js';
import { TOMBSTONE } from './messages.js';
import { dataOf, revisionOf, createdOf, DamagedEventError, streamBytesOf, typeBytesOf } from './recorded-event.js';
import { firstVisible, isSoftDeleted, type StreamMetadata } from './stream-metadata.js';
import { varintSize, writeVarint } from './wire.js';

const PAGE_BYTES = 128 << 10;

/** How many stored events one turn of the event loop looks at for one reader. */
export const PAGE_EVENTS = 512;

/** Frames for one reader, gathered so that many events travel in one piece. */
export interface Page {
  /** Adds an event; with `resolveLinks` a link goes with the event it points to. */
  add(message: Buffer, position: number): void;
  addFrame(frame: Buffer): void;
  readonly full: boolean;
  readonly empty: boolean;
  bytes(): Buffer;
}

export function startPage(log: Log, resolveLinks: boolean): Page {
  const parts: Buffer[] = [];
  let size = 0;
  const push = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  return {
    add(message, position) {
      const { event, link } = resolveLinks ? resolveLink(log, message) : { event: message, link: undefined };
      const inner = fieldSize(event) + fieldSize(link) + 1 + varintSize(position);
      const total = 1 + varintSize(inner) + inner;
      // gRPC prefix, then ReadResp.event { event = 1, link = 2, commit_position = 3 }
      const head = Buffer.allocUnsafe(6 + varintSize(inner));
      head[0] = 0;
      head.writeUInt32BE(total, 1);
      head[5] = 0x0a;
      writeVarint(head, 6, inner);
      push(head);
      if (event) pushField(push, 0x0a, event);
      if (link) pushField(push, 0x12, link);
      const tail = Buffer.allocUnsafe(1 + varintSize(position));
      tail[0] = 0x18;
      writeVarint(tail, 1, position);
      push(tail);
    },
    addFrame: push,
    get full() {
      return size >= PAGE_BYTES;
    },
    get empty() {
      return size === 0;
    },
    bytes: () => Buffer.concat(parts, size),
  };
}

const fieldSize = (bytes: Buffer | undefined) => (bytes ? 1 + varintSize(bytes.length) + bytes.length : 0);

function pushField(push: (part: Buffer) => void, tag: number, bytes: Buffer): void {
  const head = Buffer.allocUnsafe(1 + varintSize(bytes.length));
  head[0] = tag;
  writeVarint(head, 1, bytes.length);
  push(head);
  push(bytes);
}

/** A link's data is "revision@stream". What it points to may be gone: then there is a link and no event. */
function resolveLink(log: Log, message: Buffer): { event: Buffer | undefined; link: Buffer | undefined } {
  if (typeBytesOf(message).toString('latin1') !== '$>') return { event: message, link: undefined };
  const text = dataOf(message).toString('utf8');
  const at = text.indexOf('@');
  if (at < 1 || !/^[+-]?\d+$/.test(text.slice(0, at))) return { event: message, link: undefined };
  return { event: visibleEvent(log, text.slice(at + 1), Number(text.slice(0, at))), link: message };
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
  const message = log.messageAt(position);
  if (revisionOf(message) !== revision || streamBytesOf(message).toString('utf8') !== stream)
    throw new DamagedEventError(`${revision} of stream ${stream}`);
  return message;
}
