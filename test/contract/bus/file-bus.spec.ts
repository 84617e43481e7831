import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileBus } from '../../../libs/platform/bus/file-bus.js';
import { Transient } from '../../../libs/platform/processors/processor.js';
import { busContract, freshTopic } from './bus.contract.js';
import { countTo, type Found, numbered, numbersByKey } from './messages.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiebreak-topics-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fileOf = (topic: string) => join(folder, 'topics', `${topic}.ndjson`);
const open = () => fileBus(join(folder, 'topics'));
const read = async (topic: string): Promise<Found[]> => {
  const lines = (await readFile(fileOf(topic), 'utf8')).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Found);
};

busContract(() => ({ open, read }));

describe('the file bus', () => {
  it.each([
    ['short', 0],
    ['longer than what is looked at in one go', 200_000],
  ])('cuts a torn last line, %s', async (_, bytes) => {
    const topic = freshTopic();
    await open().publish([numbered(topic, 'k', 0), numbered(topic, 'k', 1)]);
    const torn = JSON.stringify(numbered(topic, 'k', 2, bytes));
    await appendFile(fileOf(topic), torn.slice(0, -3));
    await open().publish([numbered(topic, 'k', 2), numbered(topic, 'k', 3)]);
    expect(numbersByKey(await read(topic))['k']).toEqual(countTo(4));
  });

  it('cuts a first line that was never finished', async () => {
    const topic = freshTopic();
    await open().publish([numbered(topic, 'k', 9)]);
    await writeFile(fileOf(topic), '{"key":"k","hea');
    await open().publish([numbered(topic, 'k', 0)]);
    expect(numbersByKey(await read(topic))['k']).toEqual([0]);
  });

  it('asks for patience while its folder is away, and goes on', async () => {
    const away = join(folder, 'away');
    await writeFile(away, 'a file where the folder belongs');
    const bus = fileBus(away);
    const message = numbered(freshTopic(), 'k', 0);
    await expect(bus.publish([message])).rejects.toThrow(Transient);
    await rm(away);
    await bus.publish([message]);
    expect(await readFile(join(away, `${message.topic}.ndjson`), 'utf8')).toContain('"n":0');
  });
});
