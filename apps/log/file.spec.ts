import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportLog, importLog } from './file.js';
import { eventsOfLog, fill, kept, listed, type RunningLog, startRawLog, watched } from './log.fixture.js';
import { eventOfLine, eventsOf, lineOf } from './ndjson.js';
import { type RawEvent, tombstone } from './raw-event.js';

const event = (more: Partial<RawEvent>): RawEvent => ({
  stream: 's',
  revision: 0,
  id: '11111111-1111-4111-8111-111111111111',
  type: 'counted',
  json: true,
  data: Buffer.alloc(0),
  metadata: Buffer.alloc(0),
  created: '17954009496550000',
  position: 0,
  ...more,
});

const bytesOf = async (path: string) =>
  (await readFile(path, 'utf8')).replaceAll(/,"(created|id)":"[^"]*"/g, '').replaceAll(' ', '');

describe('a line of an export', () => {
  it('shows JSON as it is', () => {
    expect(lineOf(event({ data: Buffer.from('{"n":1,"s":"ż"}'), metadata: Buffer.from('{"by":"me"}') }))).toBe(
      '{"stream":"s","revision":"0","id":"11111111-1111-4111-8111-111111111111","type":"counted","json":true,' +
        '"created":"17954009496550000","data":{"n":1,"s":"ż"},"metadata":{"by":"me"}}\n',
    );
  });

  it.each([
    ['JSON', '{"n":1}', 'data'],
    ['null', 'null', 'data'],
    ['a text in quotes', '"a"', 'data'],
    ['JSON with blanks', '{ "n": 1 }', 'dataText'],
    ['a key twice', '{"a":1,"a":2}', 'dataText'],
    ['a number too large for us', '{"$tb":9223372036854775807}', 'dataText'],
    ['minus zero', '-0', 'dataText'],
    ['keys in another order than ours', '{"b":1,"1":2}', 'dataText'],
    ['a proto', '{"__proto__":{"a":1}}', 'data'],
    ['text with lines', 'a\nb\r\u2028c', 'dataText'],
    ['a byte order mark', '\uFEFF{}', 'dataText'],
    ['no UTF-8', Buffer.from([255, 0, 200]), 'dataBase64'],
    ['half a pair', '"\\ud800"', 'data'],
  ])('gives back the bytes of %s', (_, bytes, key) => {
    const before = event({ data: Buffer.from(bytes as string), metadata: Buffer.from(bytes as string) });
    const line = lineOf(before);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(Object.keys(JSON.parse(line) as object)).toContain(key);
    expect(eventOfLine(line, 0)).toEqual(before);
  });

  it('gives back a tombstone', () => {
    const line = lineOf(event({ revision: tombstone }));
    expect(line).toContain('"9223372036854775807"');
    expect(eventOfLine(line, 0)?.revision).toBe(tombstone);
  });

  it('is read whatever its pieces, with the bytes up to its end', async () => {
    const lines = [0, 1, 2].map((revision) => lineOf(event({ revision, data: Buffer.from('"ż"') })));
    const bytes = Buffer.from(lines.join(''));
    const pieces = async function* () {
      for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
    };
    const read = await listed(eventsOf(pieces(), 'x'));
    expect(read.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(read.at(-1)?.position).toBe(bytes.length);
  });
});

describe('an export', () => {
  let source: RunningLog;
  let target: RunningLog;
  let folder: string;
  beforeEach(async () => {
    [source, target] = await Promise.all([startRawLog(), startRawLog()]);
    folder = await mkdtemp(join(tmpdir(), 'log-export-'));
  });
  afterEach(async () => {
    await Promise.all([source.close(), target.close()]);
    await rm(folder, { recursive: true });
  });

  it('makes the same log again, and the same export', async () => {
    await fill(source.url, 2);
    const [file, again] = [join(folder, 'log.ndjson'), join(folder, 'again.ndjson')];
    const count = await exportLog(source.log, file, watched());
    expect(await readdir(folder)).toEqual(['log.ndjson']);
    const text = await readFile(file, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(count);
    const imported = await importLog(target.log, file, watched());
    expect(imported).toMatchObject({ copied: count, verified: count, resumed: false });
    await exportLog(target.log, again, watched());
    expect(await bytesOf(again)).toBe(await bytesOf(file));
    expect((await eventsOfLog(target.log)).filter(({ stream }) => stream === 's1-b').map(kept)).toEqual(
      (await eventsOfLog(source.log)).filter(({ stream }) => stream === 's1-b').map(kept),
    );
  });

  it('is not written over a file', async () => {
    const file = join(folder, 'log.ndjson');
    await writeFile(file, 'mine');
    await expect(exportLog(source.log, file, watched())).rejects.toThrow('is there already: name another file');
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('goes on where its import was stopped, and is refused where something else is', async () => {
    await fill(source.url, 1);
    const file = join(folder, 'log.ndjson');
    const count = await exportLog(source.log, file, watched());
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    const [half, torn, wrong] = [join(folder, 'half'), join(folder, 'torn'), join(folder, 'wrong')];
    await writeFile(half, `${lines.slice(0, 5).join('\n')}\n`);
    await importLog(target.log, half, watched());
    expect(await importLog(target.log, file, watched())).toMatchObject({
      copied: count - 5,
      verified: count,
      resumed: true,
    });
    await expect(importLog(target.log, half, watched())).rejects.toThrow('holds something else');
    await writeFile(torn, `${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 40)}`);
    await expect(importLog(source.log, torn, watched())).rejects.toThrow(/torn ends within line 4/);
    await writeFile(wrong, `${lines[0]}\n{"stream":"s"}\n`);
    await expect(importLog(source.log, wrong, watched())).rejects.toThrow(/^line 2 of .*wrong is no event/);
    await expect(importLog(source.log, join(folder, 'none'), watched())).rejects.toThrow(/none can't be used: ENOENT/);
  });
});
