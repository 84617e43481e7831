import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './child.js';
import { supervise } from './supervisor.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiebreak-supervisor-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const program = async (source: string) => {
  const [entry, logFile] = [join(dir, 'program.mjs'), join(dir, 'logs/program.log')];
  await writeFile(entry, source);
  return { name: 'program', entry, logFile, env: process.env, ready: /^ready (\d+)/ };
};

describe('a supervised part', () => {
  it('is launched again when it ends, until it is stopped', async () => {
    const said: string[] = [];
    const endings = [Promise.resolve('first end\n    details'), Promise.resolve('second end')];
    const service = supervise(
      'part',
      async (signal) => ({
        ended: endings.shift() ?? new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
      }),
      (line) => void said.push(line),
    );
    await service.ready;
    while (said.length < 2) await new Promise(setImmediate);
    await service.stop();
    await service.over;
    expect(said).toEqual(['first end; starting it again', 'second end; starting it again']);
  });

  it('is given up after five failures in a row, with the last one’s words', async () => {
    const part = await program(`console.error('no such policy'); process.exit(3)`);
    const service = supervise(
      'part',
      (signal) => launch(part, signal),
      () => undefined,
    );
    await expect(service.over).rejects.toThrow(
      /gave part up after 5 failures.*exit code 3.*program\.log\n {4}no such/s,
    );
  });
});

describe('a child', () => {
  it('is ready by its line, ends by SIGTERM, and leaves its words in the log and the ones before beside it', async () => {
    const part = await program(
      `process.on('SIGTERM', () => { console.error('leaving'); process.exit(0) }); setInterval(() => {}, 1000);
       console.log('ready ' + process.pid)`,
    );
    for (const [pids, suffix] of [
      [[], ''],
      [[], '.1'],
    ] as [number[], string][]) {
      const stop = new AbortController();
      const { ended } = await launch({ ...part, onReady: ([, pid]) => pids.push(Number(pid)) }, stop.signal);
      stop.abort();
      expect(await ended).toMatch('exit code 0');
      expect(() => process.kill(pids[0]!, 0)).toThrow('ESRCH');
      expect(await readFile(part.logFile + suffix, 'utf8')).toMatch(/^ready \d+\nleaving\n$/);
    }
  });
});
