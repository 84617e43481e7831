import { bytesField, messageField, uintField, WireReader } from '../../libs/embedded-eventstore/wire.js';
import type { RawEvent } from './raw-event.js';

export type ReadOptions = {
  /** Undefined: $all. */
  readonly stream?: string;
  /** A revision or a position, inclusive; of $all backwards exclusive. Undefined: the beginning, backwards the end. */
  readonly from?: number | undefined;
  readonly backwards?: boolean;
  readonly count: number;
};

export type Answer =
  | { readonly correlation: string; readonly failure?: never }
  | { readonly correlation: string; readonly failure: { readonly kind: string; readonly message: string } };

const nothing: Buffer = Buffer.alloc(0);
const present = (field: number) => messageField(field);
const identifier = (field: number, stream: string) => messageField(field, bytesField(3, stream));
const uuid = (field: number, id: string) => messageField(field, bytesField(2, id));

const eachField = (bytes: Buffer, visit: (field: number, reader: WireReader) => void): void => {
  const reader = new WireReader(bytes);
  for (let field = reader.next(); field; field = reader.next()) visit(field, reader);
};

export const readRequest = ({ stream, from, backwards = false, count }: ReadOptions): Buffer => {
  const edge = (start: number, end: number) => present(backwards ? end : start);
  const source =
    stream === undefined
      ? messageField(2, from === undefined ? edge(2, 3) : messageField(1, uintField(1, from), uintField(2, from)))
      : messageField(1, identifier(1, stream), from === undefined ? edge(3, 4) : uintField(2, from));
  const [unfiltered, idsAsText] = [present(8), messageField(9, present(2))];
  return messageField(1, source, uintField(3, backwards ? 1 : 0), uintField(5, count), unfiltered, idsAsText);
};

/** The event of an answer to a read; undefined where it says something else, e.g. that there is no such stream. */
export const eventIn = (response: Buffer): RawEvent | undefined => {
  let event: RawEvent | undefined;
  eachField(response, (field, r) => {
    if (field === 1)
      eachField(r.bytes(), (part, read) => {
        if (part === 1) event = recorded(read.bytes());
      });
  });
  return event;
};

const recorded = (bytes: Buffer): RawEvent => {
  let [stream, id, type, created, json] = ['', '', '', '', false];
  let [revision, position] = [0, 0];
  let [data, metadata] = [nothing, nothing];
  eachField(bytes, (field, r) => {
    if (field === 1) id = textIn(r.bytes(), 2);
    else if (field === 2) stream = textIn(r.bytes(), 3);
    // the revision of a tombstone isn't a safe integer; as a number it comes out as 2^63
    else if (field === 3) revision = r.uint();
    else if (field === 5) position = r.uint();
    else if (field === 6) {
      const [key, value] = entry(r.bytes());
      if (key === 'type') type = value;
      else if (key === 'created') created = value;
      else if (key === 'content-type') json = value === 'application/json';
    } else if (field === 7) metadata = r.bytes();
    else if (field === 8) data = r.bytes();
  });
  return { stream, revision, id, type, json, data, metadata, created, position };
};

const textIn = (bytes: Buffer, wanted: number): string => {
  let text = '';
  eachField(bytes, (field, r) => {
    if (field === wanted) text = r.text();
  });
  return text;
};

const entry = (bytes: Buffer): [string, string] => {
  const pair: [string, string] = ['', ''];
  eachField(bytes, (field, r) => {
    if (field === 1) pair[0] = r.text();
    else if (field === 2) pair[1] = r.text();
  });
  return pair;
};

/** One append, whole. `expected`: the stream's last revision, -1: none yet. */
export const appendRequest = (
  correlation: string,
  stream: string,
  expected: number,
  events: readonly RawEvent[],
  deadlineMs: number,
): Buffer => {
  const [seconds, nanos] = [Math.floor(deadlineMs / 1_000), (deadlineMs % 1_000) * 1_000_000];
  const options = messageField(
    2,
    identifier(1, stream),
    expected < 0 ? present(3) : uintField(2, expected),
    messageField(6, uintField(1, seconds), uintField(2, nanos)),
  );
  return Buffer.concat([uuid(1, correlation), options, ...events.map(proposed), uintField(4, 1)]);
};

const property = (key: string, value: string) => messageField(2, bytesField(1, key), bytesField(2, value));

const proposed = ({ id, type, json, metadata, data }: RawEvent): Buffer =>
  messageField(
    3,
    uuid(1, id),
    property('type', type),
    property('content-type', json ? 'application/json' : 'application/octet-stream'),
    bytesField(3, metadata),
    bytesField(4, data),
  );

/** What became of an append; `kind` is the name of the refusal, e.g. `WrongExpectedVersion`. */
export const answerIn = (response: Buffer): Answer => {
  let correlation = '';
  let failure: { kind: string; message: string } | undefined;
  eachField(response, (field, r) => {
    if (field === 1) correlation = textIn(r.bytes(), 2);
    else if (field === 2) {
      const refusal = { kind: 'Unknown', message: '' };
      eachField(r.bytes(), (part, read) => {
        if (part === 2) refusal.message = read.text();
        else if (part === 3) refusal.kind = textIn(read.bytes(), 1).replace(/^.*\./, '');
      });
      failure = refusal;
    }
  });
  return failure ? { correlation, failure } : { correlation };
};

/** Delete and tombstone, at `expected` or whatever the stream's revision. */
export const removeRequest = (stream: string, expected?: number): Buffer =>
  messageField(1, identifier(1, stream), expected === undefined ? present(4) : uintField(2, expected));
