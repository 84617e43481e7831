import { type Call, CallError, frame, Status } from './grpc.js';
import { isExpired, messageOf, PAGE_EVENTS, somePositions, startPage } from './event-pages.js';
import { eventFilter } from './filters.js';
import { type Log } from './log.js';
import { type ReadRequest, streamNotFound, TOMBSTONE } from './messages.js';
import { checked } from './recorded-event.js';
import { positionAfter } from './storage.js';
import { firstVisible, isSoftDeleted } from './stream-metadata.js';

export const streamDeleted = (stream: string) =>
  new CallError(Status.failedPrecondition, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** Lets other calls have their turn when the peer takes everything at once. */
export const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Sends the events of one stream that may be seen, as far as it went when the read began. */
export async function readStream(log: Log, call: Call, request: ReadRequest, stream: string): Promise<void> {
  const last = log.last(stream);
  if (last === TOMBSTONE) throw streamDeleted(stream);
  const metadata = log.metadataForReader(stream);
  if (last < 0 || isSoftDeleted(metadata)) {
    void call.send(frame(streamNotFound(stream)));
    return call.end();
  }
  const { from, backwards } = request;
  if (!backwards && isEnd(from)) throw new CallError(Status.unknown, 'a stream cannot be read forwards from its end');
  const lowest = firstVisible(last, metadata);
  const start = from === 'start' ? 0 : isEnd(from) ? last : Math.min(Number(from), last + 1);
  const step = backwards ? -1 : 1;
  let cursor = backwards ? Math.min(start, last) : Math.max(start, lowest);
  const stop = backwards ? lowest : last;
  let left = request.count;
  while (left > 0 && (stop - cursor) * step >= 0 && !call.closed) {
    const page = startPage(log, request.resolveLinks);
    for (const position of somePositions(log, stream, cursor, stop, Math.min(left, PAGE_EVENTS))) {
      const message = messageOf(log, stream, cursor, position);
      cursor += step;
      if (isExpired(message, metadata)) continue;
      page.add(message, position);
      if (--left === 0 || page.full) break;
    }
    if (!page.empty) await call.send(page.bytes());
    await breath();
  }
  call.end();
}

/** Sends events of `$all`, as far as it went when the read began; backwards a position is where to stop before. */
export async function readAll(log: Log, call: Call, request: ReadRequest): Promise<void> {
  const { backwards } = request;
  const end = log.end();
  const matches = request.filter ? eventFilter(request.filter) : undefined;
  const start = request.from === 'start' ? 0 : request.from === 'end' ? end : Number(request.from);
  let cursor = Math.min(start, end);
  let left = request.count;
  for (let more = true; more && left > 0 && !call.closed;) {
    more = false;
    const page = startPage(log, request.resolveLinks);
    let considered = 0;
    for (const { position, record } of log.scan(cursor, backwards)) {
      if (position >= end) break;
      const message = checked(record, position);
      cursor = backwards ? position : positionAfter(position, record);
      if (!matches || matches(message)) {
        page.add(message, position);
        left--;
      }
      more = page.full || ++considered === PAGE_EVENTS;
      if (more || left === 0) break;
    }
    if (!page.empty) await call.send(page.bytes());
    await breath();
  }
  call.end();
}

/** uint64.max is the older way to say "end". */
export const isEnd = (from: ReadRequest['from']) => from === 'end' || from === 2n ** 64n - 1n;
