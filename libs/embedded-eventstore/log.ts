import { boundedCache } from './bounded-cache.js';
import { TOMBSTONE } from './messages.js';
import { checked, dataOf, isJson } from './recorded-event.js';
import { type EventStorage, type PositionedRecord, type StoredEvent } from './storage.js';
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

  const lastWritten = (stream: string): number => {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    const stored = storage.lastRevision(stream);
    heads.set(stream, stored);
    return stored;
  };

  const last = (stream: string): number =>
    isMetastream(stream) && lastWritten(originalOf(stream)) === TOMBSTONE ? TOMBSTONE : lastWritten(stream);

  const messageAt = (position: number) => checked(storage.recordAt(position), position);

  const metadataJson = (stream: string): Buffer => {
    const metastream = metastreamOf(stream);
    const revision = lastWritten(metastream);
    if (revision < 0 || revision === TOMBSTONE) return Buffer.alloc(0);
    const [position] = storage.positions(metastream, revision, revision, 1);
    const message = messageAt(position ?? 0);
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
    scan: (from, backwards) => storage.scan(from, backwards),
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
