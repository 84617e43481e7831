import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type RecordedEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildNode, compileNode, startChildNode } from './child-node.js';

describe('the embedded node as a process', () => {
  let program: ReturnType<typeof compileNode>;
  let folder: string;
  const nodes: ChildNode[] = [];

  beforeAll(() => {
    program = compileNode();
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'embedded-eventstore-'));
  });
  afterEach(async () => {
    for (const { child, exited } of nodes.splice(0)) {
      child.kill('SIGKILL');
      await exited;
    }
    await rm(folder, { recursive: true });
  });

  const run = (args: string[]) => {
    const node = startChildNode(program.main, args);
    nodes.push(node);
    return node;
  };
  const onDisk = () => run(['--port', '0', '--data', folder]);

  it('loses nothing that it acknowledged when it is killed', async () => {
    const acknowledged: string[] = [];
    let node = onDisk();
    for (let round = 0; round < 3; round++) {
      const { child, exited, ready } = node;
      const client = EventStoreDBClient.connectionString(await ready);
      const enough = acknowledged.length + 300;
      const writer = async (name: number) => {
        for (let n = 0; ; n++) {
          const event = jsonEvent({ type: 'happened', data: { round, n } });
          const written = await client.appendToStream(`s-${name}`, [event, jsonEvent({ type: 'too', data: {} })]);
          acknowledged.push(
            `${event.id} s-${name}@${written.nextExpectedRevision - 1n} before ${written.position?.commit}`,
          );
          if (acknowledged.length >= enough) child.kill('SIGKILL');
        }
      };
      await Promise.allSettled(Array.from({ length: 16 }, (_, name) => writer(name)));
      await exited;
      await client.dispose();
      node = onDisk();
      const reader = EventStoreDBClient.connectionString(await node.ready);
      const log: RecordedEvent[] = [];
      for await (const { event } of reader.readAll()) if (event && !event.type.startsWith('$')) log.push(event);
      const next = new Map<string, bigint>();
      const gaps = log.filter(({ streamId, revision }) => {
        const expected = next.get(streamId) ?? 0n;
        next.set(streamId, revision + 1n);
        return revision !== expected;
      });
      expect(gaps).toEqual([]);
      // an append of two events is there whole or not at all
      const halves = log.filter(({ type, streamId }, n) => {
        const other = log[type === 'happened' ? n + 1 : n - 1];
        return other?.streamId !== streamId || other.type === type;
      });
      expect(halves).toEqual([]);
      const found = new Map(
        log.map(({ id, streamId, revision }, n) => [
          id,
          `${id} ${streamId}@${revision} before ${log[n + 1]?.position?.commit}`,
        ]),
      );
      expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
      expect(acknowledged.map((line) => found.get(line.slice(0, 36)))).toEqual(acknowledged);
      await reader.dispose();
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s and gives the folder free', async (signal) => {
    const node = onDisk();
    const client = EventStoreDBClient.connectionString(await node.ready);
    const subscription = client.subscribeToAll();
    const failed = new Promise((resolve) => subscription.on('error', resolve));
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve).resume());
    node.child.kill(signal);
    expect(await failed).toMatchObject({ type: 'cancelled' });
    expect(await node.exited).toEqual({ code: 0, stderr: '' });
    await client.dispose();
    expect(await onDisk().ready).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
  });

  it('ends with one line when the disk is full, and its clients find it gone', async () => {
    const full = startChildNode(
      '-c',
      [`ulimit -f 2000; exec "$0" "$@"`, process.execPath, program.main, '--port', '0', '--data', folder],
      'sh',
    );
    nodes.push(full);
    const client = EventStoreDBClient.connectionString(await full.ready);
    const acknowledged: string[] = [];
    const fill = async () => {
      for (;;) {
        const event = jsonEvent({ type: 'happened', data: { text: 'x'.repeat(50_000) } });
        await client.appendToStream('s', event);
        acknowledged.push(event.id);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 14 });
    await client.dispose();
    const { code, stderr } = await full.exited;
    // LMDB's client has said it before us, with a stack
    expect(stderr).toMatch(/^error: The log could not be written \((?!Commit failed).+\): restart the node\.\n$/m);
    expect(code).toBe(1);
    const again = EventStoreDBClient.connectionString(await onDisk().ready);
    const kept: string[] = [];
    for await (const { event } of again.readStream('s')) if (event) kept.push(event.id);
    await again.dispose();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
  });

  it('says in one line what is wrong, and exits with 1', async () => {
    const first = onDisk();
    const port = new URL((await first.ready).replace('esdb:', 'http:')).port;
    const wrong: [string[], RegExp][] = [
      [
        ['--port', '0', '--data', folder],
        /^error: The data folder .* is in use by another node \(process \d+\)\. Stop .*\n$/,
      ],
      [['--port', port, '--memory'], /^error: Port \d+ is in use\..*\n$/],
      [['--port', 'x', '--memory'], /^error: option '--port <number>' argument 'x' is invalid\..*\n$/],
      [['--port', '0'], /^error: say where to keep the log.*\n$/],
      [['--memory', '--max-bytes', '1.5'], /^error: option '--max-bytes <number>' argument '1\.5' is invalid\..*\n$/],
      [['--memory', '--unkind', 'very'], /^error: option '--unkind <seed>' argument 'very' is invalid\..*\n$/],
      [['--memory', '--nonsense'], /^error: unknown option '--nonsense'\n$/],
    ];
    const results = await Promise.all(wrong.map(([args]) => run(args).exited));
    results.forEach(({ code, stderr }, n) => {
      expect(stderr).toMatch(wrong[n]?.[1] ?? /^$/);
      expect(code).toBe(1);
    });
  });
});
