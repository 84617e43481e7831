import { isDeepStrictEqual } from 'node:util';
import { isMetastream, isOfTheServer, metadataIn, named, type RawEvent, tombstone } from './raw-event.js';

/** What of a log is the log's own; the server's is left out. */
export async function* ownEvents(events: AsyncIterable<RawEvent>): AsyncGenerator<RawEvent> {
  for await (const event of events) if (!isOfTheServer(event.stream)) yield event;
}

/**
 * One is a copy of the other, byte for byte. What servers write by themselves has an id of its own on each of them: the
 * event of a tombstone, and the metadata of a stream that is deleted or written to again after that.
 */
export const isCopy = (a: RawEvent, b: RawEvent): boolean =>
  a.stream === b.stream &&
  a.revision === b.revision &&
  a.type === b.type &&
  a.json === b.json &&
  a.metadata.equals(b.metadata) &&
  ((a.id === b.id && a.data.equals(b.data)) ||
    (a.revision === tombstone && b.data.equals(a.data)) ||
    isSaidAgain(a, b));

const isSaidAgain = (a: RawEvent, b: RawEvent): boolean => {
  if (!isMetastream(a.stream) || a.type !== '$metadata') return false;
  const [one, other] = [metadataIn(a), metadataIn(b)];
  return one !== undefined && typeof one['$tb'] === 'number' && isDeepStrictEqual(one, other);
};

/** An iterator that shows what comes before it is taken. */
export class Ahead<T> {
  private readonly iterator: AsyncIterator<T>;
  private shown: Promise<IteratorResult<T>> | undefined;

  constructor(items: AsyncIterable<T>) {
    this.iterator = items[Symbol.asyncIterator]();
  }

  async peek(): Promise<T | undefined> {
    const { done, value } = await (this.shown ??= this.iterator.next());
    return done ? undefined : value;
  }

  async take(): Promise<T | undefined> {
    const next = await this.peek();
    if (next !== undefined) this.shown = undefined;
    return next;
  }

  async leave(): Promise<void> {
    await this.iterator.return?.();
  }
}

export type Difference = { readonly expected: RawEvent | undefined; readonly found: RawEvent | undefined };

/**
 * Walks a log and what should be a copy of it side by side while the copy has events, and, if it has to be `whole`, to
 * the log's end. Undefined: no difference. Leaves the copy; the log stands where they parted.
 */
export const difference = async (
  log: Ahead<RawEvent>,
  copied: AsyncIterable<RawEvent>,
  { whole, onEvent }: { readonly whole: boolean; readonly onEvent: (event: RawEvent) => void },
): Promise<Difference | undefined> => {
  for await (const found of copied) {
    const expected = await log.peek();
    if (!expected || !isCopy(expected, found)) return { expected, found };
    await log.take();
    onEvent(expected);
  }
  const expected = whole ? await log.peek() : undefined;
  return expected && { expected, found: undefined };
};

/** e.g. `has X 3 of s, not Y 4 of t`. */
export const told = ({ expected, found }: Difference): string => {
  if (!found) return `lacks ${named(expected!)}`;
  if (!expected) return `has ${named(found)} beyond the end`;
  if (named(expected) !== named(found)) return `has ${named(found)} where ${named(expected)} should be`;
  return `has another ${named(found)} (${found.id}, not ${expected.id}${found.id === expected.id ? ' with the same bytes' : ''})`;
};
