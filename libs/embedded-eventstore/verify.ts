import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderError, openDataFolder } from './data-folder.js';
import {
  type LogTables,
  nameIn,
  nameKey,
  numberAt,
  openTables,
  placeOf,
  positionIn,
  revisionIn,
  type Table,
  uint64,
} from './log-tables.js';
import { TOMBSTONE } from './messages.js';
import { checked, positionsOf, revisionOf, streamBytesOf } from './recorded-event.js';
import { FIRST_POSITION, positionAfter } from './storage.js';

export interface Fault {
  /** Of the event that is concerned, where there is one. */
  readonly position?: number | undefined;
  /** A sentence that names the place and what is wrong there. */
  readonly problem: string;
}

export interface VerifyProgress {
  /** What is being looked through: the events, then the index of their streams. */
  readonly table: 'events' | 'revisions';
  readonly done: number;
  readonly total: number;
}

export interface VerifyOptions {
  /** Called after every thousand entries or so, and at the end of each table. */
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Called for each fault as it is found. */
  readonly onFault?: ((fault: Fault) => void) | undefined;
}

export interface Verified {
  readonly events: number;
  readonly streams: number;
  /** Size of all events, which is also where the next one goes. */
  readonly bytes: number;
  /** How many faults there are; 0 for a sound log. */
  readonly faults: number;
}

const TURN = 1_000;

/**
 * Looks through the whole log of a data folder, whose node must be stopped, in little memory however large it is:
 * every event is whole and stands where the one before it ends, every event has its place in its stream and every place
 * its event, and the revisions of each stream have no gap. Changes nothing. Rejects with a `DataFolderError` where there is no log.
 */
export async function verifyLog(path: string, { onProgress, onFault }: VerifyOptions = {}): Promise<Verified> {
  await access(join(path, 'log')).catch(() => {
    throw new DataFolderError(`There is no log in ${path}.`);
  });
  const release = await openDataFolder(path);
  try {
    const tables = openTables(path);
    let faults = 0;
    const tell: Tell = (problem, position) => {
      faults++;
      onFault?.({ problem, position });
    };
    const look = lookThrough(tables, tell, onProgress);
    const bytes = await look('events', checkEvents(tables, tell));
    const streams = await look('revisions', checkRevisions(tables, tell));
    const verified = { events: countOf(tables.events), streams: streams(), bytes: bytes(), faults };
    await tables.root.close();
    return verified;
  } finally {
    await release();
  }
}

type Tell = (problem: string, position?: number) => void;
type Check<R> = { readonly entry: (key: Buffer, value: Buffer) => void; readonly result: () => R };

const countOf = (table: Table) => (table.getStats() as { entryCount: number }).entryCount;

function lookThrough(tables: LogTables, tell: Tell, onProgress: VerifyOptions['onProgress']) {
  return async <R>(name: VerifyProgress['table'], { entry, result }: Check<R>): Promise<() => R> => {
    const table = tables[name];
    const total = countOf(table);
    let done = 0;
    let start: Buffer | undefined;
    for (let more = true; more;) {
      more = false;
      try {
        const range = start ? { start, exclusiveStart: true, limit: TURN } : { limit: TURN };
        for (const { key, value } of table.getRange(range)) {
          more = true;
          start = Buffer.from(key);
          done++;
          entry(start, value);
        }
      } catch (error) {
        tell(`The table of ${name} cannot be read after ${done} of ${total} entries: ${(error as Error).message}.`);
        return result;
      }
      onProgress?.({ table: name, done, total });
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (done !== total) tell(`The table of ${name} should have ${total} entries and shows ${done}.`);
    return result;
  };
}

function checkEvents({ revisions }: LogTables, tell: Tell): Check<number> {
  let next = FIRST_POSITION;
  return {
    entry(key, record) {
      const position = numberAt(key, 0);
      if (position !== next)
        tell(
          `The event at position ${position} should be at ${next}: ${position > next ? 'some are missing' : 'they overlap'}.`,
          position,
        );
      next = positionAfter(position, record);
      const message = soundMessage(record, position);
      if (!message) return tell(`The event at position ${position} is damaged: its checksum is another.`, position);
      const stream = streamBytesOf(message);
      const revision = revisionOf(message);
      const at = `${revision === TOMBSTONE ? 'the tombstone' : `revision ${revision}`} of stream ${stream.toString()}`;
      if (positionsOf(message).some((own) => own !== position))
        tell(`The event at position ${position}, ${at}, says that it is elsewhere.`, position);
      const indexed = revisions.get(placeOf(nameKey(stream), revision));
      if (!indexed) tell(`The event at position ${position}, ${at}, is missing in its stream.`, position);
      else if (numberAt(indexed, 0) !== position)
        tell(
          `In place of the event at position ${position}, ${at}, its stream shows that at ${numberAt(indexed, 0)}.`,
          position,
        );
    },
    result: () => next,
  };
}

function checkRevisions({ events }: LogTables, tell: Tell): Check<number> {
  let streams = 0;
  let last: { name: Buffer; revision: number; position: number } | undefined;
  return {
    entry(key, value) {
      const name = nameIn(key);
      const position = positionIn(key, value);
      if (position === undefined)
        return tell(`A place in the index of streams (${key.toString('hex')}) is damaged: its checksum is another.`);
      const revision = revisionIn(key);
      const same = last && name.equals(last.name) ? last : undefined;
      if (!same) streams++;
      const before = same ?? { revision: -1, position: -1 };
      last = { name, revision, position };
      const record = events.get(uint64(position));
      const message = record && soundMessage(record, position);
      const stream = message ? streamBytesOf(message) : undefined;
      const at = `revision ${revision} of the stream ${stream ? stream.toString() : `with the key ${name.toString('hex')}`}`;
      if (revision !== TOMBSTONE && revision !== before.revision + 1)
        tell(`Before ${at} stands revision ${before.revision}: some are missing.`, position);
      if (position <= before.position) tell(`The place of ${at} points back to position ${position}.`, position);
      if (!record) return tell(`The place of ${at} points to position ${position}, where no event is.`, position);
      // a damaged event was told already
      if (!message || !stream) return;
      if (revisionOf(message) !== revision || !nameKey(stream).equals(name))
        tell(
          `The place of ${at} points to position ${position}, where another stream's event is, or another revision.`,
          position,
        );
    },
    result: () => streams,
  };
}

function soundMessage(record: Buffer, position: number): Buffer | undefined {
  try {
    return checked(record, position);
  } catch {
    return undefined;
  }
}
