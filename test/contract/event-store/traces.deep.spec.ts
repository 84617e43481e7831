import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../../libs/embedded-eventstore/embedded-event-store.js';

const here = dirname(fileURLToPath(import.meta.url));

/** Makes the recorded calls on a node and gives what the tool says: the calls that were answered in another way. */
function replay(url: string, recording: string): Promise<string> {
  const args = [join(here, 'trace.mjs'), 'check', '--connection', url, join(here, 'recordings', recording)];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: join(here, '../../..'), maxBuffer: 64 << 20 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

async function recordings(): Promise<string[]> {
  return (await readdir(join(here, 'recordings'))).filter((name) => name.endsWith('.ndjson'));
}

const SAME = '400 calls, 0 different, 0 not compared (the recorded server gave no answer)\n';

describe('calls that EventStoreDB 23.10.8 has answered', () => {
  it('are answered alike by a node in memory', async () => {
    const files = await recordings();
    expect(files).toHaveLength(30);
    const answers: string[] = [];
    const worker = async () => {
      for (let file = files.pop(); file; file = files.pop()) {
        const node = await EmbeddedEventStore.start();
        answers.push(await replay(node.connectionString, file));
        await node.close();
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(answers).toEqual(Array.from({ length: 30 }, () => SAME));
  }, 1_200_000);

  it('are answered alike by a node on disk that is restarted after every recording', async () => {
    const path = await mkdtemp(join(tmpdir(), 'embedded-eventstore-'));
    for (const file of await recordings()) {
      const node = await EmbeddedEventStore.start({ path });
      expect(await replay(node.connectionString, file)).toBe(SAME);
      await node.close();
    }
    await rm(path, { recursive: true });
  }, 1_200_000);
});
