import { parseStream } from '../../libs/platform/event-store/event-store.js';
import type { Watched } from './copy.js';
import { isMetastream, isOfTheServer, metadataIn, named, originalOf, type RawEvent, tombstone } from './raw-event.js';
import type { RawLog } from './raw-log.js';
import { SeenKeys } from './seen-keys.js';

export type Checked = {
  /** Without those of the server's own streams. */
  readonly events: number;
  readonly streams: number;
  /** The first hundred, a line each. */
  readonly faults: readonly string[];
  readonly faultCount: number;
  readonly seconds: number;
};

export const shownFaults = 100;
/** The one stream outside our categories: it begins the log. */
const beginning = 'tiebreak';

/** Reads the whole log and checks what {@link faultsIn} names. */
export const checkLog = async (log: RawLog, { progress, signal }: Watched): Promise<Checked> => {
  const began = performance.now();
  const end = await log.head();
  const faultsOf = faultsIn();
  const faults: string[] = [];
  let [events, faultCount] = [0, 0];
  for await (const event of log.readAll()) {
    signal.throwIfAborted();
    if (event.position > end) break;
    if (!isOfTheServer(event.stream)) events += 1;
    progress.show('checking', events, event.position, end);
    for (const fault of faultsOf.event(event)) if (++faultCount <= shownFaults) faults.push(fault);
  }
  for (const fault of faultsOf.end()) if (++faultCount <= shownFaults) faults.push(fault);
  progress.clear();
  return { events, streams: faultsOf.streams(), faults, faultCount, seconds: (performance.now() - began) / 1_000 };
};

/**
 * What is wrong with a log, event by event: positions that don't rise; gaps in a stream's revisions, and events behind its
 * tombstone; an id twice in one stream; events of ours that are no JSON or lack what our metadata says; an event of
 * ours before LogOpened, or two logs in one. A server's own streams are left alone: it drops events from them.
 */
export const faultsIn = (): {
  event(event: RawEvent): Generator<string>;
  end(): Generator<string>;
  streams(): number;
} => {
  const next = new SeenKeys();
  const ids = new SeenKeys();
  let position = -1;
  let [opened, ours] = [false, 0];
  return {
    *event(event) {
      const { stream, revision, id } = event;
      if (event.position <= position) yield `${named(event)}: position ${event.position} after ${position}`;
      position = event.position;
      if (isOfTheServer(stream)) return;
      const expected = next.swap(stream, revision + 1);
      if (expected >= tombstone) yield `${named(event)}: behind the tombstone`;
      else if (revision !== tombstone && revision !== expected)
        yield `${named(event)}: the stream's next revision is ${expected}`;
      if (ids.swap(`${stream} ${id}`, 1) !== 0) yield `${named(event)}: id ${id} is in that stream already`;
      if (stream === beginning) {
        if (opened || event.type !== 'LogOpened') yield `${named(event)}: the log was opened already`;
        opened = true;
      } else if (parseStream(stream)) {
        ours += 1;
        if (!opened && ours === 1) yield `${named(event)}: before LogOpened`;
        if (revision !== tombstone) yield* faultsOfOurs(event);
      } else if (isMetastream(stream) && parseStream(originalOf(stream)) && metadataIn(event))
        yield `${named(event)}: hides or deletes events of ours`;
    },
    *end() {
      if (!opened) yield 'the log has no LogOpened: nothing of ours ran on it';
    },
    streams: () => next.size,
  };
};

const texts = ['$correlationId', '$causationId', 'commandId', 'actor'] as const;

function* faultsOfOurs(event: RawEvent): Generator<string> {
  const data = jsonIn(event.data);
  if (!event.json || typeof data !== 'object' || data === null) yield `${named(event)}: its data is no JSON object`;
  const metadata = jsonIn(event.metadata) as Record<string, unknown> | undefined;
  if (typeof metadata !== 'object' || metadata === null) {
    yield `${named(event)}: its metadata is no JSON object`;
    return;
  }
  const wrong: string[] = texts.filter((key) => typeof metadata[key] !== 'string' || metadata[key] === '');
  if (typeof metadata['at'] !== 'string' || Number.isNaN(Date.parse(metadata['at']))) wrong.push('at');
  if (metadata['vendor'] !== parseStream(event.stream)!.vendor) wrong.push('vendor');
  if (metadata['schema'] !== 1) wrong.push('schema');
  if (wrong.length > 0) yield `${named(event)}: its metadata is wrong in ${wrong.join(', ')}`;
}

const jsonIn = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
};
