import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../libs/embedded-eventstore/embedded-event-store.js';
import { until } from '../../test/support/until.js';
import { Ahead } from './comparing.js';
import { copyTo } from './copying.js';
import { copyLog } from './copy.js';
import { eventsOfLog, fill, kept, startRawLog, watched } from './log.fixture.js';
import type { RawEvent } from './raw-event.js';
import { RawLog } from './raw-log.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

async function* many(count: number): AsyncGenerator<RawEvent> {
  const revisions = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const stream = `other-${(n * 7919) % 500}`;
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const data = Buffer.from(`{ "n": ${n}, "text": "${'x'.repeat(n % 700)}" }`);
    const metadata = Buffer.from([n % 256]);
    yield { stream, revision, id: randomUUID(), type: 'Counted', json: true, data, metadata, created: '', position: n };
  }
}

const plain = (events: RawEvent[]) => events.filter(({ stream }) => stream.startsWith('other-')).map(kept);
const order = (events: RawEvent[]) => events.map(({ stream, revision, type }) => `${stream} ${revision} ${type}`);

describe('the program that copies a log', () => {
  let folder: string;
  let nodes: EmbeddedEventStore[];
  let logs: RawLog[];
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-copy-'));
    nodes = await Promise.all(['a', 'b'].map((name) => EmbeddedEventStore.start({ path: join(folder, name) })));
    logs = nodes.map(({ connectionString }) => RawLog.connect(connectionString));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(logs.map((log) => log.close()));
    await Promise.all(nodes.map((node) => node.close()));
    await rm(folder, { recursive: true });
  });

  const copying = () => {
    const [from, to] = nodes.map(({ connectionString }) => connectionString) as [string, string];
    const args = [join(root, 'dist/apps/log/main.js'), 'copy', '--from', from, '--to', to, '--json'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const exited = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, stdout, stderr })),
    );
    return { child, exited };
  };

  it('goes on after it was killed in the middle, again and again, and nothing is lost, doubled or out of order', async () => {
    const [source, target] = logs as [RawLog, RawLog];
    const { signal } = new AbortController();
    await fill(nodes[0]!.connectionString, 3);
    await copyTo(source, new Ahead(many(20_000)), { signal, onEvent: () => undefined });
    await fill(nodes[0]!.connectionString, 3, 'late');
    const there = await eventsOfLog(source);
    const ends: (number | string)[] = [];
    const said: (string | undefined)[] = [];
    let copied = 0;
    for (const stop of ['SIGKILL', 'SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
      const { child, exited } = copying();
      const from = copied;
      await until('some events to be copied', async () => (await eventsOfLog(target)).length > from + 500, 120_000);
      child.kill(stop);
      const { code, stderr } = await exited;
      ends.push(code ?? stop);
      said.push(/^log: .*$/m.exec(stderr)?.[0]);
      const here = await eventsOfLog(target);
      copied = here.length;
      expect(copied).toBeGreaterThan(from);
      expect(copied).toBeLessThan(there.length);
    }
    expect(ends).toEqual(['SIGKILL', 'SIGKILL', 130, 'SIGKILL']);
    const stopped = 'log: stopped; the same command goes on where it was, an export begins anew';
    expect(said).toEqual([undefined, undefined, stopped, undefined]);
    const { code, stdout, stderr } = await copying().exited;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('going on behind it') });
    expect(JSON.parse(stdout)).toMatchObject({ copied: there.length - copied, verified: there.length, resumed: true });
    const here = await eventsOfLog(target);
    expect(plain(here)).toEqual(plain(there));
    expect(order(here)).toEqual(order(there));
  }, 300_000);

  it('says in one line that a server is not there', async () => {
    await nodes[1]!.close();
    const { code, stderr } = await copying().exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^log: esdb:\S+ doesn't answer: .*\n$/);
  });
});

describe('logs of recorded calls', () => {
  // each of them has deletes, tombstones, metadata, links and streams that were written to again
  it.each([4, 23])(
    'are copied (seed %i)',
    async (seed) => {
      const [from, to] = await Promise.all([startRawLog(), startRawLog()]);
      const here = join(root, 'test/contract/event-store');
      const recording = join(here, `recordings/seed-${seed}.ndjson`);
      const args = [join(here, 'trace.mjs'), 'check', '--connection', from.url, recording];
      await new Promise((resolve) => execFile(process.execPath, args, { cwd: root }, resolve));
      const copied = await copyLog(from.log, to.log, watched());
      expect(copied.copied).toBeGreaterThan(50);
      expect(copied.verified).toBe(copied.copied);
      await Promise.all([from.close(), to.close()]);
    },
    120_000,
  );
});
