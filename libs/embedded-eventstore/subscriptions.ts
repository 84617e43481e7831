import { randomUUID } from 'node:crypto';
import { isExpired, messageOf, PAGE_EVENTS, somePositions, startPage } from './event-pages.js';
import { eventFilter } from './filters.js';
import { type Call, CallError, frame, Status } from './grpc.js';
import { type Log } from './log.js';
import { caughtUp, checkpoint, confirmation, type ReadRequest, TOMBSTONE } from './messages.js';
import { breath, isEnd, streamDeleted } from './reads.js';
import { checked } from './recorded-event.js';
import { positionAfter } from './storage.js';
import { firstVisible, isSoftDeleted } from './stream-metadata.js';
import { type Mood } from './unkind.js';

const WINDOW = 32;

const tooSlow = () =>
  new CallError(
    Status.aborted,
    'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
  );

/** One subscriber: a cursor over the finished log that is woken after each group, and sends no faster than is taken. */
function subscriber(log: Log, call: Call, mood: Mood) {
  let wake: (() => void) | undefined;
  const stopWatching = log.watch(() => wake?.());
  call.onClose(() => {
    stopWatching();
    wake?.();
  });
  let live = false;
  let sent = 0;
  const length = mood.subscriptionLength();
  return {
    /** Resolves when the log has grown or the call is over. */
    grown: () => (call.closed ? Promise.resolve() : new Promise<void>((resolve) => (wake = resolve))),
    goLive(): void {
      if (!live) void call.send(frame(caughtUp()));
      live = true;
    },
    isLive: () => live,
    /** How many events the next piece may have. */
    room: () => Math.min(PAGE_EVENTS, length - sent),
    /** `behind` counts the events that wait when the peer takes some again. */
    async send(bytes: Buffer, events: number, behind: () => number): Promise<void> {
      const waited = bytes.length > 0 && (await call.send(bytes));
      sent += events;
      if (sent >= length) {
        // what was sent arrives first, so that a subscriber that is cut again and again gets on
        await new Promise((resolve) => setTimeout(resolve, 10));
        return call.cut();
      }
      const { dropSlowSubscribersAt } = mood;
      if (live && waited && dropSlowSubscribersAt < Infinity && behind() > dropSlowSubscribersAt) throw tooSlow();
      await breath();
    },
  };
}

/** Sends everything after a revision, says once that it has caught up, and goes on with what is written. */
export async function subscribeToStream(
  log: Log,
  call: Call,
  request: ReadRequest,
  stream: string,
  mood: Mood,
): Promise<void> {
  const self = subscriber(log, call, mood);
  await mood.delay();
  void call.send(frame(confirmation(randomUUID())));
  let cursor = firstRevision(log, request, stream);
  while (!call.closed) {
    const last = log.last(stream);
    if (last === TOMBSTONE) throw streamDeleted(stream);
    const metadata = log.metadataForReader(stream);
    if (!self.isLive()) {
      if (last < 0 || isSoftDeleted(metadata)) {
        await self.grown();
        continue;
      }
      cursor = Math.max(cursor, firstVisible(last, metadata));
    }
    if (cursor > last) {
      self.goLive();
      await self.grown();
      continue;
    }
    const page = startPage(log, request.resolveLinks);
    let events = 0;
    for (const position of somePositions(log, stream, cursor, last, self.room())) {
      const message = messageOf(log, stream, cursor++, position);
      // what is written while one listens is told, however little of it may be seen later
      if (!self.isLive() && isExpired(message, metadata)) continue;
      page.add(message, position);
      events++;
      if (page.full) break;
    }
    await self.send(page.bytes(), events, () => log.last(stream) - cursor + 1);
  }
}

function firstRevision(log: Log, { from }: ReadRequest, stream: string): number {
  if (from === 'start') return 0;
  if (!isEnd(from)) return Number(from) + 1;
  const last = log.last(stream);
  return last === TOMBSTONE ? 0 : last + 1;
}

/** The same for `$all` after a position; with a filter it tells at intervals how far it has looked. */
export async function subscribeToAll(log: Log, call: Call, request: ReadRequest, mood: Mood): Promise<void> {
  const { filter, from } = request;
  const matches = filter ? eventFilter(filter) : undefined;
  const interval = filter ? (filter.window ?? WINDOW) * Math.max(1, filter.checkpointMultiplier) : Infinity;
  const self = subscriber(log, call, mood);
  await mood.delay();
  void call.send(frame(confirmation(randomUUID())));
  let cursor = from === 'start' ? 0 : from === 'end' ? log.end() : Number(from) + 1;
  let sinceCheckpoint = 0;
  while (!call.closed) {
    const page = startPage(log, request.resolveLinks);
    let considered = 0;
    let events = 0;
    const end = log.end();
    const room = self.room();
    for (const { position, record } of log.scan(cursor, false)) {
      if (position >= end) break;
      const message = checked(record, position);
      cursor = positionAfter(position, record);
      considered++;
      if (!matches || matches(message)) {
        page.add(message, position);
        events++;
      }
      if (++sinceCheckpoint >= interval) {
        page.addFrame(frame(checkpoint(position)));
        sinceCheckpoint = 0;
      }
      if (page.full || considered === PAGE_EVENTS || events === room) break;
    }
    if (considered === 0) {
      self.goLive();
      await self.grown();
    } else await self.send(page.bytes(), events, () => waitingAfter(log, cursor, mood.dropSlowSubscribersAt));
  }
}

function waitingAfter(log: Log, cursor: number, enough: number): number {
  let waiting = 0;
  for (const _ of log.scan(cursor, false)) if (++waiting > enough) break;
  return waiting;
}
