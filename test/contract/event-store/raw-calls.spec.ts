import { randomUUID } from 'node:crypto';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../../libs/embedded-eventstore/embedded-event-store.js';
import { frame } from '../../../libs/embedded-eventstore/grpc.js';
import { bytesField, messageField, uintField, WireReader } from '../../../libs/embedded-eventstore/wire.js';
import { until } from '../../support/until.js';

const uuid = (field: number, id: string) => messageField(field, bytesField(2, id));
const stream = (name: string) => messageField(1, bytesField(3, name));
const entry = (field: number, key: string, value: string) =>
  messageField(field, bytesField(1, key), bytesField(2, value));
const proposed = (field: number, type = 'happened') =>
  messageField(
    field,
    uuid(1, randomUUID()),
    entry(2, 'type', type),
    entry(2, 'content-type', 'application/json'),
    bytesField(4, '{}'),
  );
const options = (name: string, ...more: Buffer[]) => messageField(2, stream(name), messageField(4), ...more);
const final = uintField(4, 1);
const part = (id: string, ...fields: Buffer[]) => Buffer.concat([uuid(1, id), ...fields]);

/** The correlation id of each answer, and the code of the refusal where it is one. */
const answers = (frames: Buffer): string[] => {
  const told: string[] = [];
  for (let at = 0; at < frames.length; at += 5 + frames.readUInt32BE(at + 1)) {
    const reader = new WireReader(frames.subarray(at + 5, at + 5 + frames.readUInt32BE(at + 1)));
    let line = '';
    for (let field = reader.next(); field; field = reader.next()) {
      if (field === 1) line = reader.bytes().subarray(2).toString();
      else if (field === 2) line += ` refused ${reader.bytes()[1]}`;
      else if (field === 3) line += ' written';
    }
    told.push(line);
  }
  return told;
};

// what the client never does, or hides: the calls themselves, message by message
describe('the calls below the client', () => {
  let node: EmbeddedEventStore;
  let session: ClientHttp2Session;

  beforeEach(async () => {
    node = await EmbeddedEventStore.start();
    session = connect(`http://127.0.0.1:${node.port}`);
  });
  afterEach(async () => {
    session.destroy();
    await node.close();
  });

  const open = (method: string) => {
    const call = session.request({
      ':method': 'POST',
      ':path': `/event_store.client.streams.Streams/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const heard = {
      frames: Buffer.alloc(0),
      trailers: {} as Record<string, unknown>,
      closed: undefined as number | undefined,
    };
    call.on('response', (headers) => Object.assign(heard.trailers, headers));
    call.on('trailers', (trailers) => Object.assign(heard.trailers, trailers));
    call.on('data', (chunk: Buffer) => (heard.frames = Buffer.concat([heard.frames, chunk])));
    call.on('error', () => undefined);
    call.on('close', () => (heard.closed = call.rstCode));
    const over = () => until('the call to end', () => (heard.closed === undefined ? undefined : heard));
    return { call, heard, over, send: (message: Buffer) => call.write(frame(message)) };
  };
  const ends = async (method: string, bytes: Buffer) => {
    const { call, over } = open(method);
    call.end(bytes);
    return (await over()).trailers['grpc-status'];
  };
  const [first, second, third] = Array.from({ length: 3 }, () => randomUUID()) as [string, string, string];

  it('puts an append together from its parts, among those of others, and answers each once', async () => {
    const { call, send, over } = open('BatchAppend');
    send(part(first, options('a'), proposed(3)));
    send(part(second, options('b'), proposed(3), final));
    send(part(first, proposed(3), proposed(3)));
    send(part(third, proposed(3), final)); // of an append that never began: no answer
    send(part(first, final));
    call.end();
    const { frames, trailers } = await over();
    expect(answers(frames).toSorted()).toEqual([`${first} written`, `${second} written`].toSorted());
    expect(trailers['grpc-status']).toBe('0');
  });

  it('refuses what is late: a deadline that is past, and an append that is not finished in 2 s', async () => {
    const { send, heard } = open('BatchAppend');
    const past = messageField(6, uintField(1, 1));
    send(part(first, options('a', past), proposed(3), final));
    send(part(second, options('b'), proposed(3)));
    await until('the first refusal', () => answers(heard.frames).length === 1);
    await until('the second refusal', () => answers(heard.frames).length === 2);
    expect(answers(heard.frames)).toEqual([`${first} refused 4`, `${second} refused 4`]);
    send(part(second, final));
    send(part(third, options('b'), proposed(3), final));
    await until('the last answer', () => answers(heard.frames).length === 3);
    expect(answers(heard.frames)[2]).toBe(`${third} written`);
  });

  it('answers a half-closed call what is outstanding, then ends it', async () => {
    const { call, send, over } = open('BatchAppend');
    send(part(first, options('a'), proposed(3)));
    call.end();
    const { frames, trailers } = await over();
    expect(answers(frames)).toEqual([`${first} refused 4`]);
    expect(trailers['grpc-status']).toBe('0');
  });

  it.each([['zero'], ['not one'], ['no type']])('refuses an event without an id or a type: %s', async (wrong) => {
    const { call, send, over } = open('BatchAppend');
    const id = wrong === 'zero' ? '00000000-0000-0000-0000-000000000000' : wrong === 'not one' ? 'x' : randomUUID();
    const bad = messageField(3, uuid(1, id), entry(2, 'type', wrong === 'no type' ? '' : 't'), bytesField(4, '{}'));
    send(part(first, options('a'), bad, final));
    call.end();
    expect(answers((await over()).frames)).toEqual([`${first} refused 3`]);
  });

  it('names in trailers what an append of one call lacks, or is too much', async () => {
    const lacking = open('Append');
    lacking.send(messageField(1, stream('a'), messageField(4)));
    lacking.send(messageField(2, uuid(1, randomUUID()), entry(2, 'type', 't'), bytesField(4, '{}')));
    lacking.call.end();
    expect((await lacking.over()).trailers).toMatchObject({
      'grpc-status': '3',
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    });
    const large = open('Append');
    large.send(messageField(1, stream('a'), messageField(4)));
    large.send(messageField(2, uuid(1, randomUUID()), entry(2, 'type', 't'), bytesField(4, Buffer.alloc(1_048_577))));
    large.call.end();
    expect((await large.over()).trailers).toMatchObject({
      'grpc-status': '3',
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': '1048576',
    });
  });

  it('refuses a message beyond 16 MiB, one that is compressed, one that is none, and a method it has not', async () => {
    const beyond = Buffer.alloc(5);
    beyond.writeUInt32BE(17 << 20, 1);
    expect(await ends('BatchAppend', beyond)).toBe('8');
    expect(await ends('BatchAppend', Buffer.from([1, 0, 0, 0, 0]))).toBe('12');
    expect(await ends('Read', frame(Buffer.from([0x0a, 0xff])))).not.toBe('0');
    expect(await ends('Nothing', frame(Buffer.alloc(0)))).toBe('12');
  });

  it('cancels reads, subscriptions and batches when it stops, and lets other calls lose their connection', async () => {
    const batch = open('BatchAppend');
    batch.send(part(first, options('a'), proposed(3), final));
    await until('an answer', () => answers(batch.heard.frames).length === 1);
    const subscription = open('Read');
    const all = messageField(2, messageField(2));
    subscription.call.end(
      frame(messageField(1, all, messageField(6), messageField(8), messageField(9, messageField(2)))),
    );
    await until('a confirmation', () => subscription.heard.frames.length);
    const append = open('Append');
    append.send(messageField(1, stream('a'), messageField(4)));
    await node.close();
    expect((await batch.over()).closed).toBe(constants.NGHTTP2_CANCEL);
    expect((await subscription.over()).closed).toBe(constants.NGHTTP2_CANCEL);
    expect((await append.over()).closed).not.toBe(constants.NGHTTP2_NO_ERROR);
    expect(append.heard.trailers).toEqual({});
  });
});
