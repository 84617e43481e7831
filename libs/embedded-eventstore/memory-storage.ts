import { TOMBSTONE } from './messages.js';
import { type EventStorage, FIRST_POSITION, positionAfter, type PositionedRecord } from './storage.js';

const SLAB = 1 << 20;

/** A log that ends with the process. Records lie in large slabs: a buffer each would burden the collector. */
export function memoryStorage(): EventStorage {
  const slabs: Buffer[] = [];
  let free = 0;
  // column per property of the n-th event
  const positions: number[] = [];
  const slabOf: number[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  const streams = new Map<string, { positions: number[]; tombstone: number | undefined }>();
  let next = FIRST_POSITION;

  const keep = (record: Buffer) => {
    let slab = slabs.at(-1);
    if (!slab || free + record.length > slab.length) {
      slab = Buffer.allocUnsafeSlow(Math.max(SLAB, record.length));
      slabs.push(slab);
      free = 0;
    }
    record.copy(slab, free);
    slabOf.push(slabs.length - 1);
    offsets.push(free);
    sizes.push(record.length);
    free += record.length;
  };

  /** Number of events before the position. */
  const before = (position: number) => {
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((positions[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const recordOfNth = (n: number) => {
    const offset = offsets[n] ?? 0;
    return slabs[slabOf[n] ?? 0]?.subarray(offset, offset + (sizes[n] ?? 0)) ?? Buffer.alloc(0);
  };

  return {
    nextPosition: () => next,
    append(events) {
      for (const { stream, revision, position, record } of events) {
        let kept = streams.get(stream);
        if (!kept) streams.set(stream, (kept = { positions: [], tombstone: undefined }));
        if (revision === TOMBSTONE) kept.tombstone = position;
        else kept.positions.push(position);
        positions.push(position);
        keep(record);
        next = positionAfter(position, record);
      }
      return Promise.resolve();
    },
    lastRevision(stream) {
      const kept = streams.get(stream);
      return kept ? (kept.tombstone === undefined ? kept.positions.length - 1 : TOMBSTONE) : -1;
    },
    positions(stream, from, to, limit) {
      const kept = streams.get(stream)?.positions ?? [];
      if (from <= to) return kept.slice(from, Math.min(to + 1, from + limit));
      return kept.slice(Math.max(to, from - limit + 1), from + 1).toReversed();
    },
    recordAt(position) {
      const n = before(position);
      return positions[n] === position ? recordOfNth(n) : undefined;
    },
    *scan(from, backwards): Generator<PositionedRecord> {
      const first = before(from);
      const step = backwards ? -1 : 1;
      for (let n = backwards ? first - 1 : first; n >= 0 && n < positions.length; n += step)
        yield { position: positions[n] ?? 0, record: recordOfNth(n) };
    },
    close: () => Promise.resolve(),
  };
}
