import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { append, startLog } from '../../test/support/log.js';
import { checkLog, faultsIn } from './check.js';
import { checkFolder } from './data-folder.js';
import { watched } from './log.fixture.js';
import { type RawEvent, tombstone } from './raw-event.js';
import { RawLog } from './raw-log.js';

const metadata = {
  $correlationId: 'c',
  $causationId: 'c',
  commandId: 'c',
  at: '2026-01-15T09:00:00.000Z',
  actor: 'me',
  vendor: 'acme',
  schema: 1,
};
let position = 0;
const event = (stream: string, revision: number, more: Partial<RawEvent> = {}): RawEvent => ({
  stream,
  revision,
  id: randomUUID(),
  type: 'Happened',
  json: true,
  data: Buffer.from('{}'),
  metadata: Buffer.from(JSON.stringify(metadata)),
  created: '1',
  position: (position += 100),
  ...more,
});
const opened = () => event('tiebreak', 0, { type: 'LogOpened' });
const saying = (change: object) => ({ metadata: Buffer.from(JSON.stringify({ ...metadata, ...change })) });

const faults = (...events: RawEvent[]): string[] => {
  const faultsOf = faultsIn();
  return [...events.flatMap((each) => [...faultsOf.event(each)]), ...faultsOf.end()];
};

describe('the check of a log', () => {
  it('finds nothing wrong with one of ours', async () => {
    const running = await startLog();
    const { node, store } = running;
    await store.logId();
    for (let n = 0; n < 20; n += 1)
      await append(store, `partner-demo.${n % 3}`, n < 3 ? 'no-stream' : Math.floor(n / 3) - 1, [
        { type: 'PartnerOnboarded', data: { n } },
      ]);
    const log = RawLog.connect(node.connectionString);
    expect(await checkLog(log, watched())).toMatchObject({ events: 21, streams: 4, faults: [], faultCount: 0 });
    await log.close();
    await running.close();
  });

  it('reads the folder of a node that is stopped, and makes none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-check-'));
    const running = await startLog({ path: join(folder, 'log') });
    await running.store.logId();
    await expect(checkFolder(folder, watched())).rejects.toThrow(/is in use by .* by its connection string\.$/);
    await running.close();
    expect(await checkFolder(folder, watched())).toMatchObject({ events: 1, faultCount: 0 });
    expect(await checkFolder(join(folder, 'log'), watched())).toMatchObject({ events: 1, faultCount: 0 });
    await expect(checkFolder(join(folder, 'none'), watched())).rejects.toThrow('is neither a connection string');
    expect(await readdir(folder)).toEqual(['log']);

    const file = join(folder, 'log', 'log', 'data.mdb');
    const bytes = await readFile(file);
    const flipped = bytes.indexOf('LogOpened');
    bytes[flipped] = bytes[flipped]! ^ 1;
    await writeFile(file, bytes);
    expect((await checkFolder(folder, watched())).faults).toEqual([expect.stringMatching(/is damaged: its checksum/)]);
    await rm(folder, { recursive: true });
  });

  it('leaves streams of others alone but for their order', () => {
    const binary = { json: false, data: Buffer.from([255]), metadata: Buffer.alloc(0) };
    expect(faults(opened(), event('other', 0, binary), event('$stats-1', 7), event('other', 1, binary))).toEqual([]);
  });

  it.each<[string, RawEvent[], string]>([
    ['a gap', [opened(), event('s', 0), event('s', 2)], "Happened 2 of s: the stream's next revision is 1"],
    ['a late beginning', [opened(), event('s', 3)], "Happened 3 of s: the stream's next revision is 0"],
    ['a revision twice', [opened(), event('s', 0), event('s', 0)], "Happened 0 of s: the stream's next revision is 1"],
    [
      'life after death',
      [opened(), event('s', 0), event('s', tombstone, { type: '$streamDeleted' }), event('s', 1)],
      'Happened 1 of s: behind the tombstone',
    ],
    [
      'an id twice',
      [opened(), event('s', 0, { id: 'x' }), event('t', 0, { id: 'x' }), event('s', 1, { id: 'x' })],
      'Happened 1 of s: id x is in that stream already',
    ],
    ['two logs', [opened(), event('tiebreak', 1)], 'Happened 1 of tiebreak: the log was opened already'],
    ['no beginning', [event('s', 0)], 'the log has no LogOpened: nothing of ours ran on it'],
    ['a late opening', [event('lead-acme.1', 0), opened()], 'Happened 0 of lead-acme.1: before LogOpened'],
    [
      'data that is none',
      [opened(), event('lead-acme.1', 0, { data: Buffer.from('{') })],
      'Happened 0 of lead-acme.1: its data is no JSON object',
    ],
    [
      'data that is not said to be JSON',
      [opened(), event('lead-acme.1', 0, { json: false })],
      'Happened 0 of lead-acme.1: its data is no JSON object',
    ],
    [
      'no metadata',
      [opened(), event('lead-acme.1', 0, { metadata: Buffer.alloc(0) })],
      'Happened 0 of lead-acme.1: its metadata is no JSON object',
    ],
    [
      'metadata of somebody else',
      [opened(), event('lead-acme.1', 0, saying({ vendor: 'other', at: 'soon', actor: undefined, schema: 2 }))],
      'Happened 0 of lead-acme.1: its metadata is wrong in actor, at, vendor, schema',
    ],
    [
      'what hides events of ours',
      [opened(), event('$$lead-acme.1', 0, { type: '$metadata' })],
      '$metadata 0 of $$lead-acme.1: hides or deletes events of ours',
    ],
  ])('tells of %s', (_, events, fault) => expect(faults(...events)).toEqual([fault]));

  it('tells of positions that do not rise', () => {
    const [a, b] = [opened(), event('s', 0)];
    expect(faults(a, { ...b, position: a.position })).toEqual([
      `Happened 0 of s: position ${a.position} after ${a.position}`,
    ]);
  });

  it('keeps track of very many streams', () => {
    const faultsOf = faultsIn();
    const found = [...faultsOf.event(opened())];
    for (const revision of [0, 1])
      for (let n = 0; n < 20_000; n += 1) found.push(...faultsOf.event(event(`s-${n}`, revision)));
    expect(found).toEqual([]);
    expect(faultsOf.streams()).toBe(20_001);
    expect([...faultsOf.event(event('s-7', 3))]).toEqual(["Happened 3 of s-7: the stream's next revision is 2"]);
  });
});
