import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoClock } from '../../libs/platform/clock.js';
import { DemoIssuer } from '../../libs/platform/http/demo-issuer.js';
import { claimFolder, inspectDemo, inspectFolder } from './data-folder.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tiebreak-folder-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const lockOf = (dir: string, number = 1) => readFile(join(dir, `lock.${number}`), 'utf8');
const listening = async (talk: 'silent' | 'wrong') => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (talk === 'wrong') socket.end('HTTP/1.1 400 Bad Request');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' ? address?.port : undefined };
};

describe('the data folder', () => {
  it('is made with its format, and is one start’s at a time', async () => {
    const dir = join(root, 'new/data');
    const claim = await claimFolder(dir);
    expect((await readdir(dir)).toSorted()).toEqual(['format.json', 'lock.1']);
    expect(JSON.parse(await readFile(join(dir, 'format.json'), 'utf8'))).toEqual({ name: 'tiebreak', version: 1 });
    const held = await lockOf(dir);
    await expect(inspectFolder(dir)).rejects.toThrow(`in use by another start (process ${process.pid})`);
    await expect(claimFolder(dir)).rejects.toThrow('in use');
    expect(await lockOf(dir)).toBe(held);
    await claim.release();
    expect(await inspectFolder(dir)).toEqual({ stale: false });
    await (await claimFolder(dir)).release();
    expect((await readdir(dir)).toSorted()).toEqual(['format.json', 'lock.2']);
  });

  it('goes to exactly one of many that come at once, also over a stale lock', async () => {
    const stale = JSON.stringify({ pid: 1, port: 1, token: 'gone' });
    for (const lock of [undefined, stale]) {
      const dir = join(root, lock === undefined ? 'fresh' : 'stale');
      await mkdir(dir);
      if (lock !== undefined) await writeFile(join(dir, 'lock.1'), lock);
      const claims = await Promise.allSettled(Array.from({ length: 20 }, () => claimFolder(dir)));
      const won = claims.filter((claim) => claim.status === 'fulfilled');
      expect(won).toHaveLength(1);
      const last = lock === undefined ? 1 : 2;
      expect((await readdir(dir)).toSorted()).toEqual(['format.json', `lock.${last}`]);
      await won[0]!.value.release();
      expect(await lockOf(dir, last)).toBe('{}');
    }
  });

  it('is left alone when it holds something else or another version', async () => {
    await writeFile(join(root, 'thesis.txt'), 'years of work');
    await expect(claimFolder(root)).rejects.toThrow('holds something else (thesis.txt)');
    expect(await readdir(root)).toEqual(['thesis.txt']);
    for (const [format, refusal] of [
      ['{"name":"tiebreak","version":2}', 'format 2, this is format 1'],
      ['{"name":"other","version":1}', 'written by other'],
      ['', 'another program'],
    ] as const) {
      await writeFile(join(root, 'format.json'), format);
      await expect(claimFolder(root)).rejects.toThrow(refusal);
    }
    expect((await readdir(root)).toSorted()).toEqual(['format.json', 'thesis.txt']);
  });

  it('may hold what mounts, desktops and a start killed at once leave behind', async () => {
    await mkdir(join(root, 'lost+found'));
    await writeFile(join(root, '.DS_Store'), '');
    await writeFile(join(root, 'format.json.new'), '{"na');
    await (await claimFolder(root)).release();
    expect(await readdir(root)).toContain('format.json');
  });

  it('is taken over from a start that was killed, whatever has its port or pid now', async () => {
    const program = `setInterval(() => {}, 1000)`;
    const other = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
    await once(other, 'spawn');
    const { server, port } = await listening('wrong');
    for (const [index, heldPort] of [1, port, undefined].entries()) {
      const lock = JSON.stringify({ pid: other.pid, port: heldPort, token: 't' });
      await writeFile(join(root, `lock.${index + 1}`), lock);
      expect(await inspectFolder(root)).toEqual({ stale: true });
      await (await claimFolder(root)).release();
    }
    server.close();
    other.kill('SIGKILL');
  });

  it('stays with a holder that is suspended', async () => {
    const { server, port } = await listening('silent');
    await writeFile(join(root, 'lock.1'), JSON.stringify({ pid: process.pid, port, token: 't' }));
    await expect(claimFolder(root)).rejects.toThrow('in use');
    server.close();
  });

  it('is free when its holder is dead but nobody has asked for its exit code', async () => {
    const { server, port } = await listening('silent');
    // the shell becomes a program that never waits for its child
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec tail -f /dev/null'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    await writeFile(join(root, 'lock.1'), JSON.stringify({ pid: Number(text), port, token: 't' }));
    await (await claimFolder(root)).release();
    parent.kill('SIGKILL');
    server.close();
  });

  it('says in one line that it cannot be written', async () => {
    const refusal = /^cannot use .* \(E[A-Z]+\): set DATA_DIR to another folder$/;
    await writeFile(join(root, 'file'), '');
    const inTheWay = join(root, 'in-the-way');
    await mkdir(join(inTheWay, 'format.json.new'), { recursive: true });
    for (const path of [join(root, 'file'), join(root, 'file/data'), inTheWay])
      await expect(claimFolder(path)).rejects.toThrow(refusal);
    await rm(join(inTheWay, 'format.json.new'), { recursive: true });
    await (await claimFolder(inTheWay)).release();
  });

  it('is taken with the clock and the key that its parts wrote, or without', async () => {
    await inspectDemo(root);
    new DemoClock(root).advance(1_000);
    expect(new DemoIssuer(root).trusted.audience).toBe('tiebreak');
    await inspectDemo(root);
    expect((await readdir(root)).toSorted()).toEqual(['clock.json', 'demo-issuer.pem']);
  });

  it.each([
    ['clock.json', ''],
    ['clock.json', 'null'],
    ['clock.json', '{"offsetMs":"1"}'],
    ['demo-issuer.pem', ''],
    ['demo-issuer.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
  ])('is refused with a damaged %s, in one line that says what to do: %j', async (name, text) => {
    await writeFile(join(root, name), text);
    await expect(inspectDemo(root)).rejects.toThrow(/^\S+ is damaged: .*remove it for .*$/);
  });
});
