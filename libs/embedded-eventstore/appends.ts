import { type Call, CallError, frame, onlyMessage, reply, Status } from './grpc.js';
import {
  appended,
  appendRefused,
  batchAppended,
  batchRefused,
  type BatchRefusal,
  decodeAppend,
  decodeBatchPart,
  decodeDelete,
  deleted,
  type Expected,
  type ProposedEvent,
  refusals,
  type WriteOptions,
} from './messages.js';
import { streamDeleted } from './reads.js';
import { type Mood } from './unkind.js';
import { type NewEvent, type WriteOutcome, type Writer, type WriteRequest } from './writer.js';

export const MAX_APPEND = 1_048_576;
const WRITE_TIMEOUT = 2_000;
/** Waiting bytes, of appends or of answers, from which on a client's next appends are not read. */
const ENOUGH = 16 << 20;

/** Resolves false where there is to be no answer: the network, or the node, has let it fall. */
async function mayAnswer(mood: Mood, call: Call, outcome: WriteOutcome): Promise<boolean> {
  await mood.delay();
  if (outcome.kind !== 'done') return true;
  if (mood.silentOnConcurrentRepeat && outcome.repeated === 'unfinished') return false;
  if (!mood.cutsAppend()) return true;
  call.cut();
  return false;
}

function badName(stream: string): string | undefined {
  return stream === '' || stream === '$$' ? `'${stream}' is not a stream name` : undefined;
}

const sizeOf = (events: readonly ProposedEvent[]) => events.reduce((sum, { data }) => sum + data.length, 0);

/** The events as they will be written, or what is wrong with the first bad one. */
function checkedEvents(events: readonly ProposedEvent[]): NewEvent[] | string {
  const checked: NewEvent[] = [];
  for (const { id, type, contentType, metadata, data } of events) {
    if (!id) return 'An event has no valid id.';
    if (!type) return 'An event has no type.';
    checked.push({ id, type, json: contentType === 'application/json', metadata, data });
  }
  return checked;
}

interface Assembly {
  readonly correlation: Buffer;
  readonly options: WriteOptions;
  readonly deadline: number;
  readonly events: ProposedEvent[];
  size: number;
}

/** Batch appends: many appends of one client on one call, told apart by their correlation ids. */
export function batchAppendCalls(writer: Writer, mood: Mood): (call: Call) => void {
  return (call) => {
    const open = new Map<string, Assembly>();
    let ended = false;
    let outbox: Buffer[] = [];
    const flush = () => {
      if (outbox.length === 0) return;
      const bytes = Buffer.concat(outbox);
      outbox = [];
      void call.send(bytes);
      if (ended && open.size === 0) call.end();
    };
    const answer = (key: string, message: Buffer) => {
      if (!open.delete(key)) return;
      // after all answers of a group: they travel together
      if (outbox.push(frame(message)) === 1) process.nextTick(flush);
    };
    const full = (outcome: { maxBytes: number }) => {
      // what is answered already still travels
      flush();
      call.fail(logFull(outcome));
    };
    const refuse = (key: string, { correlation, options }: Assembly, refusal: BatchRefusal) =>
      answer(key, batchRefused(correlation, options.stream, refusal));
    const expire = setInterval(() => {
      const now = Date.now();
      for (const [key, append] of open) if (append.deadline <= now) refuse(key, append, refusals.timeout());
    }, 100);
    call.onClose(() => clearInterval(expire));

    const finish = async (key: string, append: Assembly) => {
      const { stream, expected } = append.options;
      const bad = badName(stream);
      if (bad) return refuse(key, append, refusals.badRequest(bad));
      if (append.size > MAX_APPEND) return refuse(key, append, refusals.tooLarge(MAX_APPEND));
      const events = checkedEvents(append.events);
      if (typeof events === 'string') return refuse(key, append, refusals.badRequest(events));
      const outcome = await writer.submit({ kind: 'append', stream, expected, events });
      if (!(await mayAnswer(mood, call, outcome))) return;
      if (outcome.kind === 'done') answer(key, batchAppended(append.correlation, stream, outcome));
      else if (outcome.kind === 'full') full(outcome);
      else refuse(key, append, refusalOf(outcome, stream, expected));
    };

    call.onMessage((bytes) => {
      const part = decodeBatchPart(bytes);
      const key = part.correlation.toString('latin1');
      let append = open.get(key);
      if (!append) {
        // the rest of an append that was answered already
        if (!part.options) return;
        const now = Date.now();
        const deadline = Math.min(part.options.deadline ?? Infinity, now + WRITE_TIMEOUT);
        append = { correlation: part.correlation, options: part.options, deadline, events: [], size: 0 };
        open.set(key, append);
        if (deadline <= now) return refuse(key, append, refusals.timeout());
      }
      append.size += sizeOf(part.events);
      if (append.size <= MAX_APPEND) append.events.push(...part.events);
      if (part.final) void finish(key, append);
      if (writer.waitingBytes() > ENOUGH || call.unsent > ENOUGH) {
        call.pause();
        void Promise.all([writer.idle(), call.send(Buffer.alloc(0))]).then(() => call.resume());
      }
    });
    call.onEnd(() => {
      ended = true;
      if (open.size === 0) call.end();
    });
  };
}

/** As a client finds a server whose disk is full: not there. It tries again, and succeeds when there is room. */
const logFull = ({ maxBytes }: { maxBytes: number }) =>
  new CallError(Status.unavailable, `The log may have ${maxBytes} bytes and is full.`);

function refusalOf(outcome: WriteOutcome, stream: string, expected: Expected): BatchRefusal {
  if (outcome.kind === 'wrong-version') return refusals.wrongVersion(outcome.current, expected);
  if (outcome.kind === 'deleted') return refusals.deleted(stream);
  return refusals.unknown(
    outcome.kind === 'failed' ? outcome.error.message : 'The event ids are known in another order.',
  );
}

/** The older append: one call each, the options and then one message per event. */
export function appendCalls(writer: Writer, mood: Mood): (call: Call) => Promise<void> {
  return async (call) => {
    const { options, proposed } = await collect(call);
    const { stream, expected } = options;
    const bad = badName(stream);
    if (bad) throw new CallError(Status.invalidArgument, bad);
    if (proposed.some(({ type, contentType }) => type === undefined || contentType === undefined))
      throw new CallError(Status.invalidArgument, "Required Metadata Property 'type,content-type' is missing.", {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': 'type,content-type',
      });
    const events = checkedEvents(proposed);
    if (typeof events === 'string') throw new CallError(Status.invalidArgument, events);
    const outcome = await writer.submit({ kind: 'append', stream, expected, events });
    if (!(await mayAnswer(mood, call, outcome))) return;
    if (outcome.kind === 'done') return reply(call, appended(outcome));
    if (outcome.kind === 'wrong-version') return reply(call, appendRefused(outcome.current, expected));
    throw failed(outcome, stream);
  };
}

function collect(call: Call): Promise<{ options: WriteOptions; proposed: ProposedEvent[] }> {
  return new Promise((resolve, reject) => {
    let options: WriteOptions | undefined;
    const proposed: ProposedEvent[] = [];
    let size = 0;
    call.onMessage((bytes) => {
      const part = decodeAppend(bytes);
      if (!part) return;
      if ('stream' in part) options = part;
      else {
        size += part.data.length;
        if (size > MAX_APPEND) return reject(tooLarge());
        proposed.push(part);
      }
    });
    call.onEnd(() => {
      if (options) resolve({ options, proposed });
      else reject(new CallError(Status.invalidArgument, 'the append has no options'));
    });
  });
}

const tooLarge = () =>
  new CallError(Status.invalidArgument, `Maximum Append Size of ${MAX_APPEND} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND),
  });

function failed(outcome: WriteOutcome, stream: string): CallError {
  if (outcome.kind === 'deleted') return streamDeleted(stream);
  if (outcome.kind === 'full') return logFull(outcome);
  return new CallError(
    Status.unknown,
    outcome.kind === 'failed' ? outcome.error.message : 'The event ids are known in another order.',
  );
}

/** Delete (`$tb` in the metadata) and tombstone (for ever). */
export function removeCalls(writer: Writer, kind: WriteRequest['kind']): (call: Call) => Promise<void> {
  return async (call) => {
    const { stream, expected } = decodeDelete(await onlyMessage(call));
    const bad = badName(stream);
    if (bad) throw new CallError(Status.invalidArgument, bad);
    const outcome = await writer.submit({ kind, stream, expected, events: [] });
    if (outcome.kind === 'done') return reply(call, deleted(outcome.position));
    if (outcome.kind !== 'wrong-version') throw failed(outcome, stream);
    const version = expectedNumber(expected);
    throw new CallError(
      Status.failedPrecondition,
      `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${version}, Actual version: ${outcome.current}`,
      {
        exception: 'wrong-expected-version',
        'stream-name': stream,
        'expected-version': String(version),
        'actual-version': String(outcome.current),
      },
    );
  };
}

const expectedNumber = (expected: Expected) =>
  typeof expected === 'number' ? expected : expected === 'no_stream' ? -1 : expected === 'any' ? -2 : -4;
