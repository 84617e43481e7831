import { CallError, Status } from './grpc.js';
import { bytesField, messageField, uintField, WireReader } from './wire.js';

/** What a writer expects of the stream: its last revision, or one of the three words. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export interface ProposedEvent {
  /** Lower-case UUID text, or undefined when what was sent is not one (or is the zero one). */
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly contentType: string | undefined;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

export interface WriteOptions {
  readonly stream: string;
  readonly expected: Expected;
  /** Milliseconds since 1970, only sent with a batch append. */
  readonly deadline: number | undefined;
}

/** A part of a batch append; the options come with the first part. */
export interface BatchPart {
  /** The UUID message as it was sent: an answer repeats it. */
  readonly correlation: Buffer;
  readonly options: WriteOptions | undefined;
  readonly events: ProposedEvent[];
  readonly final: boolean;
}

export interface FilterOptions {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: string[];
  readonly window: number | undefined;
  readonly checkpointMultiplier: number;
}

export type From = 'start' | 'end' | bigint;

export interface ReadRequest {
  /** Undefined reads `$all`. */
  readonly stream: string | undefined;
  /** A revision, or a commit position of `$all`. */
  readonly from: From;
  readonly backwards: boolean;
  readonly resolveLinks: boolean;
  readonly count: number;
  readonly subscription: boolean;
  readonly filter: FilterOptions | undefined;
}

export interface Position {
  readonly revision: number;
  readonly position: number;
}

/** Where a write ended up; a repeat of events that are no longer seen is not told their position. */
export interface Written {
  readonly revision: number;
  readonly position: number | undefined;
}

/** The largest revision there can be: that of the event which tombstones a stream. */
export const TOMBSTONE = 2 ** 63;
const MAX_REVISION = 2n ** 63n - 1n;
const NOTHING: Buffer = Buffer.alloc(0);
const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

/** Calls `visit` for every field; it reads the values that it wants. */
function eachField(bytes: Buffer, visit: (field: number, reader: WireReader) => void): void {
  const reader = new WireReader(bytes);
  for (let field = reader.next(); field; field = reader.next()) visit(field, reader);
}

function streamName(bytes: Buffer): string {
  let name = '';
  eachField(bytes, (field, r) => {
    if (field === 3) name = r.text();
  });
  return name;
}

function uuid(bytes: Buffer): string | undefined {
  let id = '';
  eachField(bytes, (field, r) => {
    if (field === 2) id = r.text().toLowerCase();
    else if (field === 1) id = structuredUuid(r.bytes());
  });
  return UUID_TEXT.test(id) && id !== ZERO_UUID ? id : undefined;
}

function structuredUuid(bytes: Buffer): string {
  const halves = [0n, 0n];
  eachField(bytes, (field, r) => {
    if (field <= 2) halves[field - 1] = r.uint64();
  });
  const hex = halves.map((half) => half.toString(16).padStart(16, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function proposedEvent(bytes: Buffer): ProposedEvent {
  const event = { id: undefined as string | undefined, metadata: NOTHING, data: NOTHING };
  const properties = new Map<string, string>();
  eachField(bytes, (field, r) => {
    if (field === 1) event.id = uuid(r.bytes());
    else if (field === 2) {
      const entry = ['', ''];
      eachField(r.bytes(), (part, p) => {
        if (part <= 2) entry[part - 1] = p.text();
      });
      properties.set(entry[0] ?? '', entry[1] ?? '');
    } else if (field === 3) event.metadata = r.bytes();
    else if (field === 4) event.data = r.bytes();
  });
  return { ...event, type: properties.get('type'), contentType: properties.get('content-type') };
}

function revision(value: bigint): number {
  if (value > MAX_REVISION) throw new CallError(Status.unknown, `${value} is not a revision`);
  return Number(value);
}

function writeOptions(bytes: Buffer): WriteOptions {
  let stream = '';
  let expected: Expected | undefined;
  let deadline: number | undefined;
  eachField(bytes, (field, r) => {
    if (field === 1) stream = streamName(r.bytes());
    else if (field === 2) expected = revision(r.uint64());
    else if (field >= 3 && field <= 5) {
      expected = field === 3 ? 'no_stream' : field === 4 ? 'any' : 'stream_exists';
    } else if (field === 6) deadline = milliseconds(r.bytes());
    else if (field === 7) deadline = Date.now() + milliseconds(r.bytes());
  });
  if (expected === undefined) throw new CallError(Status.invalidArgument, 'the expected revision is missing');
  return { stream, expected, deadline };
}

/** A Timestamp or Duration. */
function milliseconds(bytes: Buffer): number {
  let value = 0;
  eachField(bytes, (field, r) => {
    if (field === 1) value += Number(BigInt.asIntN(64, r.uint64())) * 1000;
    else if (field === 2) value += Number(BigInt.asIntN(64, r.uint64())) / 1e6;
  });
  return value;
}

/** Delete and tombstone requests. */
export function decodeDelete(bytes: Buffer): WriteOptions {
  let options = NOTHING;
  eachField(bytes, (field, r) => {
    if (field === 1) options = r.bytes();
  });
  return writeOptions(options);
}

/** One message of an append call: the options first, then one event each. */
export function decodeAppend(bytes: Buffer): WriteOptions | ProposedEvent | undefined {
  let part: WriteOptions | ProposedEvent | undefined;
  eachField(bytes, (field, r) => {
    if (field === 1) part = writeOptions(r.bytes());
    else if (field === 2) part = proposedEvent(r.bytes());
  });
  return part;
}

export function decodeBatchPart(bytes: Buffer): BatchPart {
  const part = { correlation: NOTHING, options: undefined as WriteOptions | undefined, final: false };
  const events: ProposedEvent[] = [];
  eachField(bytes, (field, r) => {
    if (field === 1) part.correlation = r.bytes();
    else if (field === 2) part.options = writeOptions(r.bytes());
    else if (field === 3) events.push(proposedEvent(r.bytes()));
    else if (field === 4) part.final = r.uint() !== 0;
  });
  return { ...part, events };
}

export function decodeRead(bytes: Buffer): ReadRequest {
  let options = NOTHING;
  eachField(bytes, (field, r) => {
    if (field === 1) options = r.bytes();
  });
  let stream: string | undefined;
  let from: From = 'start';
  let filter: FilterOptions | undefined;
  const flags = { backwards: false, resolveLinks: false, count: 0, subscription: false };
  eachField(options, (field, r) => {
    if (field === 1) ({ stream, from } = streamSource(r.bytes()));
    else if (field === 2) from = allSource(r.bytes());
    else if (field === 3) flags.backwards = r.uint() === 1;
    else if (field === 4) flags.resolveLinks = r.uint() !== 0;
    else if (field === 5) flags.count = r.uint();
    else if (field === 6) {
      flags.subscription = true;
    } else if (field === 7) filter = filterOptions(r.bytes());
  });
  return { stream, from, filter, ...flags };
}

function streamSource(bytes: Buffer): { stream: string; from: From } {
  let stream = '';
  let from: From = 'start';
  eachField(bytes, (field, r) => {
    if (field === 1) stream = streamName(r.bytes());
    else if (field === 2) from = r.uint64();
    else if (field === 4) {
      from = 'end';
    }
  });
  if (typeof from === 'bigint' && from !== 2n ** 64n - 1n) revision(from);
  return { stream, from };
}

function allSource(bytes: Buffer): From {
  let from: From = 'start';
  eachField(bytes, (field, r) => {
    if (field === 1) {
      const position = [0n, 0n];
      eachField(r.bytes(), (part, p) => {
        if (part <= 2) position[part - 1] = p.uint64();
      });
      const [commit = 0n, prepare = 0n] = position;
      if (prepare > commit) throw new CallError(Status.unknown, 'the prepare position is after the commit position');
      from = commit;
    } else if (field === 3) {
      from = 'end';
    }
  });
  return from;
}

function filterOptions(bytes: Buffer): FilterOptions {
  const options = { on: 'stream' as 'stream' | 'type', regex: '', window: undefined as number | undefined };
  let checkpointMultiplier = 1;
  const prefixes: string[] = [];
  eachField(bytes, (field, r) => {
    if (field === 1 || field === 2) {
      options.on = field === 1 ? 'stream' : 'type';
      eachField(r.bytes(), (part, p) => {
        if (part === 1) options.regex = p.text();
        else if (part === 2) prefixes.push(p.text());
      });
    } else if (field === 3) options.window = r.uint();
    else if (field === 5) checkpointMultiplier = r.uint();
  });
  return { ...options, prefixes, checkpointMultiplier };
}

const allPosition = (field: number, position: number) =>
  messageField(field, uintField(1, position), uintField(2, position));
const identifier = (field: number, stream: string) => messageField(field, bytesField(3, stream));
const revisionOr = (field: number, noStream: number, value: number) =>
  value < 0 ? messageField(noStream) : uintField(field, value === TOMBSTONE ? MAX_REVISION : value);

/** The expectation as a oneof of four fields: revision, any, stream_exists, no_stream. */
function expectation(fields: readonly [number, number, number, number], expected: Expected): Buffer {
  if (typeof expected === 'number') return uintField(fields[0], expected === TOMBSTONE ? MAX_REVISION : expected);
  return messageField(fields[expected === 'any' ? 1 : expected === 'stream_exists' ? 2 : 3]);
}

const success = (field: number, { revision: at, position }: Written) =>
  messageField(field, revisionOr(1, 2, at), position === undefined ? messageField(4) : allPosition(3, position));

export function appended(at: Written): Buffer {
  return success(1, at);
}

export function appendRefused(current: number, expected: Expected): Buffer {
  return messageField(2, revisionOr(6, 7, current), expectation([8, 9, 10, 11], expected));
}

export function batchAppended(correlation: Buffer, stream: string, at: Written): Buffer {
  return Buffer.concat([bytesField(1, correlation), success(3, at), identifier(4, stream)]);
}

/** What a batch append that was not written is told; the client looks at the type of the details only. */
export interface BatchRefusal {
  readonly code: number;
  readonly message: string;
  readonly type: string;
  readonly details: Buffer;
}

export const refusals = {
  wrongVersion: (current: number, expected: Expected): BatchRefusal => ({
    code: 6,
    message: 'Append failed due to WrongExpectedVersion.',
    type: 'WrongExpectedVersion',
    details: Buffer.concat([revisionOr(1, 2, current), expectation([3, 4, 5, 6], expected)]),
  }),
  deleted: (stream: string): BatchRefusal => ({
    code: 5,
    message: `Event stream '${stream}' is deleted.`,
    type: 'StreamDeleted',
    details: identifier(1, stream),
  }),
  timeout: (): BatchRefusal => ({ code: 4, message: 'Timeout', type: 'Timeout', details: NOTHING }),
  tooLarge: (limit: number): BatchRefusal => ({
    code: 3,
    message: `Maximum Append Size of ${limit} Exceeded.`,
    type: 'MaximumAppendSizeExceeded',
    details: uintField(1, limit),
  }),
  badRequest: (message: string): BatchRefusal => ({
    code: 3,
    message,
    type: 'BadRequest',
    details: bytesField(1, message),
  }),
  unknown: (message: string): BatchRefusal => ({ code: 2, message, type: 'Unknown', details: NOTHING }),
};

export function batchRefused(correlation: Buffer, stream: string, refusal: BatchRefusal): Buffer {
  const details = messageField(
    3,
    bytesField(1, `type.googleapis.com/event_store.client.${refusal.type}`),
    bytesField(2, refusal.details),
  );
  return Buffer.concat([
    bytesField(1, correlation),
    messageField(2, uintField(1, refusal.code), bytesField(2, refusal.message), details),
    identifier(4, stream),
  ]);
}

export const deleted = (position: number | undefined) =>
  position === undefined ? messageField(2) : allPosition(1, position);
export const confirmation = (subscription: string) => messageField(2, bytesField(1, subscription));
export const checkpoint = (position: number) => allPosition(3, position);
export const streamNotFound = (stream: string) => messageField(4, identifier(1, stream));
export const caughtUp = () => messageField(8);
