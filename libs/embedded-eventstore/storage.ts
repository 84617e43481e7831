/** An event as it is stored; revisions of a stream rise by one from 0, its tombstone (`TOMBSTONE`) is the last. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly record: Buffer;
}

export interface PositionedRecord {
  readonly position: number;
  readonly record: Buffer;
}

/** Where the log is kept. Everything but `append` answers at once and shows finished appends only. */
export interface EventStorage {
  /** The position that the next event gets: above every earlier one, also those before a restart. */
  nextPosition(): number;
  /** Keeps the events for good, all or none; resolves when they are safe. */
  append(events: readonly StoredEvent[]): Promise<void>;
  /** -1 for a stream that does not exist, `TOMBSTONE` for one that was tombstoned. */
  lastRevision(stream: string): number;
  /** Positions of the revisions from..to (both included, either way round), `limit` at the most. */
  positions(stream: string, from: number, to: number, limit: number): number[];
  recordAt(position: number): Buffer | undefined;
  /** Records at or after a position, or before it and backwards; to be consumed at once, each before anything else is read. */
  scan(from: number, backwards: boolean): Iterable<PositionedRecord>;
  close(): Promise<void>;
}

/** Positions are byte offsets, as a real log's are; 0 means "the start" to readers and stays free. */
export const FIRST_POSITION = 64;

/** The position after an event of this record. */
export const positionAfter = (position: number, record: Buffer) => position + record.length;
