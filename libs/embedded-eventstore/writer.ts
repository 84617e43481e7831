import { randomUUID } from 'node:crypto';
import { type AppendDecision, decideAppend, type StreamView } from './append-decision.js';
import { isExpired, messageOf } from './event-pages.js';
import { type Log } from './log.js';
import { type Expected, type Position, TOMBSTONE, type Written } from './messages.js';
import { recentIds } from './recent-ids.js';
import { checked, idOf, recordOf } from './recorded-event.js';
import { positionAfter, type StoredEvent } from './storage.js';
import {
  firstVisible,
  isMetastream,
  isSoftDeleted,
  metastreamOf,
  originalOf,
  parseMetadata,
  revived,
  SOFT_DELETED,
  type StreamMetadata,
} from './stream-metadata.js';

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

export interface WriteRequest {
  readonly kind: 'append' | 'delete' | 'tombstone';
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly NewEvent[];
}

export type WriteOutcome =
  /** A repeat is told from its original, and whether that was finished when the repeat came in. */
  | ({ readonly kind: 'done'; readonly repeated: 'no' | 'finished' | 'unfinished' } & Written)
  | Exclude<AppendDecision, { kind: 'write' } | { kind: 'repeated' }>
  /** There is no room for it; nothing of it was written. */
  | { readonly kind: 'full'; readonly maxBytes: number }
  | { readonly kind: 'failed'; readonly error: Error };

export interface WriterOptions {
  /** Called once when a group could not be written, before anybody hears of it: nothing will be written any more. */
  readonly onBroken?: ((error: Error) => void) | undefined;
  /** The log takes nothing that could end beyond this position. */
  readonly maxBytes?: number | undefined;
}

export interface Writer {
  /** Decides and, if it may be, writes; answers when the outcome is durable. */
  submit(request: WriteRequest): Promise<WriteOutcome>;
  /** Bytes of events that wait for their turn. */
  waitingBytes(): number;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

const NOTHING = Buffer.alloc(0);
const nobody = (): void => undefined;

/**
 * The one writer of a log. It decides each request as it comes in, against the log and what is decided but not finished.
 * All that came in while the last group was being made durable is the next group, made durable in one step, and begun
 * before the last one is answered, so that the disk never waits for the network.
 */
export function startWriter(log: Log, { onBroken, maxBytes = Infinity }: WriterOptions = {}): Writer {
  const finished = pastOf(log);
  const recent = recentIds();
  let draft = draftGroup(finished, log, recent, maxBytes);
  let answers: ((failure: Error | undefined) => void)[] = [];
  let waitingBytes = 0;
  let running: Promise<void> | undefined;
  let broken: Error | undefined;

  const write = async (events: readonly StoredEvent[]) => {
    if (broken || events.length === 0) return;
    try {
      await log.append(events);
    } catch (error) {
      // what is on the disk now is not known, so nothing may be written after it
      broken = new Error(`The log could not be written (${(error as Error).message}): restart the node.`);
      onBroken?.(broken);
    }
  };

  const writeGroups = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    let answer = nobody;
    while (answers.length) {
      const [group, waiting] = [draft, answers];
      draft = draftGroup(group, log, recent, maxBytes);
      answers = [];
      const written = write(group.events);
      // those of the group before, while this one is on its way to the disk
      answer();
      await written;
      draft.follow(finished);
      const failure = broken;
      answer = () => {
        for (const each of waiting) each(failure);
      };
    }
    answer();
    running = undefined;
  };

  return {
    submit(request) {
      return new Promise((answer) => {
        const size = request.events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 200);
        const outcome = attempt(() => draft.write(request, log.end()));
        answers.push((failure) => {
          waitingBytes -= size;
          answer(failure ? { kind: 'failed', error: failure } : outcome);
        });
        waitingBytes += size;
        running ??= writeGroups();
      });
    },
    waitingBytes: () => waitingBytes,
    idle: () => running ?? Promise.resolve(),
  };
}

function attempt(write: () => WriteOutcome): WriteOutcome {
  try {
    return write();
  } catch (error) {
    return { kind: 'failed', error: error as Error };
  }
}

/** Bytes that a request takes in the log at the most, with the metadata that may go with it. */
function roomFor({ stream, events }: WriteRequest): number {
  const perEvent = 250 + 3 * stream.length;
  return events.reduce(
    (sum, { type, metadata, data }) => sum + perEvent + 3 * type.length + metadata.length + data.length,
    perEvent,
  );
}

/** What a group follows: the finished log, or the group before it while that is being made durable. */
interface Past {
  end(): number;
  last(stream: string): number;
  metadata(stream: string): StreamMetadata;
  metadataJson(stream: string): Buffer;
  positionOf(stream: string, revision: number): number | undefined;
  messageAt(stream: string, revision: number, position: number): Buffer;
}

const pastOf = (log: Log): Past => ({
  end: () => log.end(),
  last: (stream) => log.lastWritten(stream),
  metadata: (stream) => log.metadata(stream),
  metadataJson: (stream) => log.metadataJson(stream),
  positionOf: (stream, revision) => log.positions(stream, revision, revision, 1)[0],
  messageAt: (stream, revision, position) => messageOf(log, stream, revision, position),
});

/** The streams as they will be when the group is finished, and the events of the group. */
function draftGroup(past: Past, log: Log, recent: ReturnType<typeof recentIds>, maxBytes: number) {
  const events: StoredEvent[] = [];
  const added = new Map<string, StoredEvent[]>();
  const metadataJson = new Map<string, Buffer>();
  const metadata = new Map<string, StreamMetadata>();
  let next = past.end();

  const drafted = (stream: string, revision: number): StoredEvent | undefined => {
    const own = added.get(stream);
    return own?.[revision - (own[0]?.revision ?? 0)];
  };
  const group: Past = {
    end: () => next,
    last: (stream) => added.get(stream)?.at(-1)?.revision ?? past.last(stream),
    metadata: (stream) => metadata.get(stream) ?? past.metadata(stream),
    metadataJson: (stream) => metadataJson.get(stream) ?? past.metadataJson(stream),
    positionOf: (stream, revision) => drafted(stream, revision)?.position ?? past.positionOf(stream, revision),
    messageAt(stream, revision, position) {
      const own = drafted(stream, revision);
      return own ? checked(own.record, position) : past.messageAt(stream, revision, position);
    },
  };
  const view: StreamView = {
    last(stream) {
      const last = group.last(stream);
      // the metadata of a tombstoned stream, where there is any, can still be written: only reads refuse it
      return last < 0 && isMetastream(stream) && group.last(originalOf(stream)) === TOMBSTONE ? TOMBSTONE : last;
    },
    metadata: (stream) => group.metadata(stream),
    recent: (id) => recent.find(id),
    idAt(stream, revision) {
      const position = group.positionOf(stream, revision);
      return position === undefined ? undefined : idOf(group.messageAt(stream, revision, position));
    },
  };

  const add = (stream: string, revision: number, event: NewEvent): Position => {
    const position = next;
    const record = recordOf({ ...event, stream, revision, position, created: Date.now() });
    const stored = { stream, revision, position, record };
    events.push(stored);
    const own = added.get(stream);
    if (own) own.push(stored);
    else added.set(stream, [stored]);
    recent.add(event.id, stream, revision);
    if (isMetastream(stream)) {
      const json = event.json ? event.data : NOTHING;
      metadataJson.set(originalOf(stream), json);
      if (!isMetastream(originalOf(stream))) metadata.set(originalOf(stream), parseMetadata(json));
    }
    next = positionAfter(position, record);
    return { revision, position };
  };

  const addMetadata = (stream: string, data: Buffer): Position => {
    const metastream = metastreamOf(stream);
    const event = { id: randomUUID(), type: '$metadata', json: true, metadata: NOTHING, data };
    return add(metastream, view.last(metastream) + 1, event);
  };

  /** A deleted stream that is written to, or whose metadata is, is seen again from its next revision on. */
  const revive = (stream: string, from: number, json: Buffer) => {
    const data = revived(json, from);
    if (data) addMetadata(stream, data);
  };

  const metadataSaysDeleted = (stream: string) =>
    isSoftDeleted(view.metadata(stream)) && (view.last(stream) !== TOMBSTONE || log.outlivesTombstone(stream));

  const append = ({ stream, events: proposed }: WriteRequest, revives: boolean): Position => {
    const first = view.last(stream) + 1;
    const described = isMetastream(stream) && metadataSaysDeleted(originalOf(stream));
    // read before anything is added: a damaged event must fail the whole request
    const json = revives ? group.metadataJson(stream) : NOTHING;
    let last: Position = { revision: first - 1, position: next - 1 };
    proposed.forEach((event, n) => (last = add(stream, first + n, event)));
    if (proposed.length && revives) revive(stream, first, json);
    if (proposed.length && described) {
      const original = originalOf(stream);
      const ended = view.last(original);
      // a real log's next revision after a tombstone runs over into the negative, and so makes the metadata invalid
      revive(original, ended === TOMBSTONE ? -TOMBSTONE : ended + 1, metadataJson.get(original) ?? NOTHING);
    }
    return last;
  };

  const remove = ({ stream, kind }: WriteRequest): Position | undefined => {
    if (kind === 'delete') {
      const missing = view.last(stream) < 0 && view.last(metastreamOf(stream)) < 0;
      return missing ? undefined : addMetadata(stream, SOFT_DELETED);
    }
    const event = { id: randomUUID(), type: '$streamDeleted', json: false, metadata: NOTHING, data: NOTHING };
    return add(stream, TOMBSTONE, event);
  };

  const isSeen = (stream: string, revision: number, position: number) => {
    const described = view.metadata(stream);
    if (isSoftDeleted(described) || revision < firstVisible(view.last(stream), described)) return false;
    return described.maxAge === undefined || !isExpired(group.messageAt(stream, revision, position), described);
  };

  return {
    ...group,
    events,
    /** What it followed is finished: the log tells the same from now on. */
    follow(finished: Past): void {
      past = finished;
    },
    write(request: WriteRequest, seen: number): WriteOutcome {
      const { stream, expected, kind } = request;
      const ids = kind === 'append' ? request.events.map(({ id }) => id) : [randomUUID()];
      const decision = decideAppend(view, stream, expected, ids);
      if (decision.kind === 'repeated') {
        const { revision } = decision;
        const written = group.positionOf(stream, revision) ?? 0;
        const repeated = written < seen ? 'finished' : 'unfinished';
        return { kind: 'done', revision, position: isSeen(stream, revision, written) ? written : undefined, repeated };
      }
      if (decision.kind !== 'write') return decision;
      if (next + roomFor(request) > maxBytes) return { kind: 'full', maxBytes };
      const at = kind === 'append' ? append(request, decision.revives) : remove(request);
      return at ? { kind: 'done', repeated: 'no', ...at } : { kind: 'wrong-version', current: -1 };
    },
  };
}
