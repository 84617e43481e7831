import { CannotFinish } from './failures.js';
import { type RawEvent, tombstone } from './raw-event.js';

/**
 * One event as one line: `{stream, revision, id, type, json, created, data, metadata}`. Bytes that are JSON just as
 * `JSON.stringify` writes it are shown as `data`, other text as `dataText`, other bytes as `dataBase64`, none not at all;
 * `metadata` likewise. The revision is a string: that of a tombstone is no safe integer.
 */
export const lineOf = ({ stream, revision, id, type, json, created, data, metadata }: RawEvent): string =>
  `${JSON.stringify({
    stream,
    revision: revision === tombstone ? '9223372036854775807' : String(revision),
    id,
    type,
    json,
    created,
    ...shown('data', data),
    ...shown('metadata', metadata),
  })}\n`;

const nothing = Buffer.alloc(0);

const shown = (name: string, bytes: Buffer): object => {
  if (bytes.length === 0) return {};
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return { [`${name}Base64`]: bytes.toString('base64') };
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === text) return { [name]: value };
  } catch {
    // text of another kind
  }
  return { [`${name}Text`]: text };
};

const stored = (line: Record<string, unknown>, name: string): Buffer => {
  if (name in line) return Buffer.from(JSON.stringify(line[name]));
  const [text, base64] = [line[`${name}Text`], line[`${name}Base64`]];
  if (typeof text === 'string') return Buffer.from(text);
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : nothing;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The event of a line; undefined where it is none. `position`: bytes up to its end. */
export const eventOfLine = (text: string, position: number): RawEvent | undefined => {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(text) as typeof line;
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null) return undefined;
  const { stream, revision, id, type, json, created = '' } = line;
  const valid =
    typeof stream === 'string' &&
    stream !== '' &&
    typeof revision === 'string' &&
    /^\d{1,19}$/.test(revision) &&
    typeof id === 'string' &&
    uuid.test(id) &&
    typeof type === 'string' &&
    type !== '' &&
    typeof json === 'boolean' &&
    typeof created === 'string';
  if (!valid) return undefined;
  const bytes = { data: stored(line, 'data'), metadata: stored(line, 'metadata') };
  return { stream, revision: Number(revision), id, type, json, created, position, ...bytes };
};

/** The events of an export, a line each. Throws {@link CannotFinish} with the number of a line that isn't one. */
export async function* eventsOf(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<RawEvent> {
  let [count, position] = [0, 0];
  let parts: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]);
      parts = [];
      from = end + 1;
      count += 1;
      position += line.length + 1;
      const event = eventOfLine(line.toString('utf8'), position);
      if (!event) throw new CannotFinish(`line ${count} of ${name} is no event of a log export`);
      yield event;
    }
    parts.push(chunk.subarray(from));
  }
  if (parts.some(({ length }) => length > 0))
    throw new CannotFinish(`${name} ends within line ${count + 1}: the export didn't finish, make it again`);
}
