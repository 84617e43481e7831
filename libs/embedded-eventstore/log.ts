import { boundedCache } from './bounded-cache.js';
import { TOMBSTONE } from './messages.js';
import { checked, DamagedEventError, dataOf, isJson, meant } from './recorded-event.js';
import {
  type EventStorage,
  FIRST_POSITION,
  positionAfter,
  type PositionedRecord,
  type StoredEvent,
} from './storage.js';
import {
  isMetastream,
  METASTREAM_METADATA,
  metastreamOf,
  originalOf,
  parseMetadata,
  type StreamMetadata,
} from './stream-metadata.js';

/** The finished part of the log: what readers, subscribers and the decision about the next append see. */
export interface Log {
  /** The position that the next event gets; everything below it is finished. */
  end(): number;
  /** Last revision of a stream: -1 if there is none, `TOMBSTONE` if it (or the stream it describes) was tombstoned. */
  last(stream: string): number;
  /** The same, whatever became of the stream that this one describes. */
  lastWritten(stream: string): number;
  metadata(stream: string): StreamMetadata;
  /** The same for a reader, which leaves a trace: see `outlivesTombstone`. */
  metadataForReader(stream: string): StreamMetadata;
  /**
   * Whether a tombstoned stream's metadata still counts when it is written to. In EventStoreDB it does while the cache
   * that its readers filled has it, that is if somebody has read the stream between the last metadata and the tombstone.
   */
  outlivesTombstone(stream: string): boolean;
  /** The JSON of the stream's last metadata event, empty without one. */
  metadataJson(stream: string): Buffer;
  positions(stream: string, from: number, to: number, limit: number): number[];
  /** The RecordedEvent message at a position, checked. */
  messageAt(position: number): Buffer;
  /** Records at or after a position, or before it and backwards; throws where one is missing. */
  scan(from: number, backwards: boolean): Iterable<PositionedRecord>;
  /** Makes the events durable, then seen, then wakes those who watch. */
  append(events: readonly StoredEvent[]): Promise<void>;
  /** Calls `wake` after every group of appends until the returned function is called. */
  watch(wake: () => void): () => void;
}

const CACHED_STREAMS = 50_000;

export function openLog(storage: EventStorage): Log {
  const heads = boundedCache<string, number>(CACHED_STREAMS);
  const metadata = boundedCache<string, StreamMetadata>(CACHED_STREAMS);
  const looked = boundedCache<string, boolean>(CACHED_STREAMS);
  const watchers = new Set<() => void>();

  const messageAt = (position: number) => checked(storage.recordAt(position), position);

  const lastWritten = (stream: string): number => {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    const stored = storage.lastRevision(stream);
    // what is appended next is decided by it
    if (stored >= 0) {
      const [position = 0] = storage.positions(stream, stored, stored, 1);
      meant(messageAt(position), stream, stored);
    }
    heads.set(stream, stored);
    return stored;
  };

  const last = (stream: string): number =>
    isMetastream(stream) && lastWritten(originalOf(stream)) === TOMBSTONE ? TOMBSTONE : lastWritten(stream);

  const metadataJson = (stream: string): Buffer => {
    const metastream = metastreamOf(stream);
    const revision = lastWritten(metastream);
    if (revision < 0 || revision === TOMBSTONE) return Buffer.alloc(0);
    const [position] = storage.positions(metastream, revision, revision, 1);
    const message = meant(messageAt(position ?? 0), metastream, revision);
    return isJson(message) ? dataOf(message) : Buffer.alloc(0);
  };

  const metadataOf = (stream: string): StreamMetadata => {
    if (isMetastream(stream)) return METASTREAM_METADATA;
    const known = metadata.get(stream);
    if (known) return known;
    const read = parseMetadata(metadataJson(stream));
    metadata.set(stream, read);
    return read;
  };

  return {
    end: () => storage.nextPosition(),
    last,
    lastWritten,
    metadata: metadataOf,
    metadataForReader(stream) {
      looked.set(isMetastream(stream) ? originalOf(stream) : stream, true);
      return metadataOf(stream);
    },
    outlivesTombstone: (stream) => looked.get(stream) === true,
    metadataJson,
    positions: (stream, from, to, limit) => storage.positions(stream, from, to, limit),
    messageAt,
    scan: (from, backwards) => unbroken(storage, from, backwards),
    async append(events) {
      await storage.append(events);
      for (const { stream, revision, record, position } of events) {
        heads.set(stream, revision);
        if (!isMetastream(stream)) continue;
        const message = checked(record, position);
        looked.set(originalOf(stream), false);
        metadata.set(originalOf(stream), parseMetadata(isJson(message) ? dataOf(message) : Buffer.alloc(0)));
      }
      for (const wake of watchers) wake();
    },
    watch(wake) {
      watchers.add(wake);
      return () => void watchers.delete(wake);
    },
  };
}

/** The records of a scan; each must begin where its neighbour ends, else one was lost. */
function* unbroken(storage: EventStorage, from: number, backwards: boolean): Generator<PositionedRecord> {
  const end = storage.nextPosition();
  // the two sides of the edge between what was seen and what comes: they are equal in a sound log
  let edge: number | undefined;
  for (const each of storage.scan(from, backwards)) {
    const [begins, ends] = [each.position, positionAfter(each.position, each.record)];
    edge ??= from === (backwards ? ends : begins) ? from : edgeAt(storage, from, backwards);
    if (edge !== (backwards ? ends : begins)) throw new DamagedEventError(`at position ${backwards ? begins : edge}`);
    edge = backwards ? begins : ends;
    yield each;
  }
  edge ??= edgeAt(storage, from, backwards);
  if (edge !== (backwards ? FIRST_POSITION : end)) throw new DamagedEventError(`at position ${edge}`);
}

/** Where the record that `from` is in, or behind, ends; backwards, where the first one from there on begins. */
function edgeAt(storage: EventStorage, from: number, backwards: boolean): number {
  for (const { position, record } of storage.scan(from, !backwards))
    return backwards ? position : positionAfter(position, record);
  return backwards ? storage.nextPosition() : FIRST_POSITION;
}
