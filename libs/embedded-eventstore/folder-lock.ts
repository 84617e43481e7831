import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { types } from 'node:util';

/** This process is the folder's one user until `release`. */
export type Claim = { readonly release: () => Promise<void> };

type Holder = { readonly pid: number; readonly port: number; readonly token: string };
type Lock = { readonly number: number; readonly holder: Holder; readonly released: boolean };
/** What to tell of a folder that the process `pid` of this machine has. */
export type InUse = (pid: number) => Error;

/** A lock's text once the holder has ended in order. */
const RELEASED = '{}';

/** Whether the folder's last user was killed; throws `inUse` where it lives. Touches nothing. */
export const inspectLock = async (path: string, inUse: InUse): Promise<{ readonly stale: boolean }> => {
  const last = await lastLock(path);
  if (last && (await isAlive(last.holder))) throw inUse(last.holder.pid);
  return { stale: last?.released === false };
};

/**
 * Locks a folder that is there, by a file `lock.<n>` that names a port of this process. The kernel frees the port however
 * the process ends, and the token told there tells it from a later process with the same pid or port.
 */
export const lockFolder = async (path: string, inUse: InUse): Promise<Claim> => {
  const token = randomBytes(16).toString('hex');
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(token));
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  try {
    const lock = await takeLock(path, JSON.stringify({ pid: process.pid, port: address.port, token }), inUse);
    const release = async () => {
      // on a full disk it looks like a killed one's, which is as free
      await writeFile(lock, RELEASED).catch(() => undefined);
      server.close();
    };
    return { release };
  } catch (fault) {
    server.close();
    throw fault;
  }
};

/**
 * Resolves to the path of the lock. The highest number is the one that counts; a new one is made only above one that is
 * dead, so of many who see the same dead lock one makes the next, and nobody ever removes a live one.
 */
const takeLock = async (path: string, mine: string, inUse: InUse): Promise<string> => {
  for (;;) {
    const last = await lastLock(path);
    if (last && (await isAlive(last.holder))) throw inUse(last.holder.pid);
    const number = (last?.number ?? 0) + 1;
    const lock = join(path, `lock.${number}`);
    try {
      await writeFile(lock, mine, { flag: 'wx', mode: 0o600 });
    } catch (fault) {
      if (types.isNativeError(fault) && 'code' in fault && fault.code === 'EEXIST') continue;
      throw fault;
    }
    const numbers = await lockNumbers(path);
    const rest = Math.max(...numbers) === number ? numbers.filter((other) => other < number) : [number];
    for (const other of rest) await rm(join(path, `lock.${other}`), { force: true });
    if (!rest.includes(number)) return lock;
  }
};

const lockNumbers = async (path: string): Promise<number[]> =>
  (await readdir(path)).flatMap((entry) => Number(/^lock\.(\d+)$/.exec(entry)?.[1] ?? []) || []);

/** The lock that counts and who wrote it; undefined: there never was one. */
const lastLock = async (path: string): Promise<Lock | undefined> => {
  const number = Math.max(0, ...(await lockNumbers(path).catch(() => [])));
  if (number === 0) return undefined;
  let text = '';
  for (let attempt = 0; attempt < 20 && text === ''; attempt++) {
    if (attempt > 0) await wait(25); // being written this moment
    text = await readFile(join(path, `lock.${number}`), 'utf8').catch(() => RELEASED);
  }
  const { pid, port, token } = parse(text);
  const holder = { pid: Number(pid), port: Number(port), token: String(token) };
  return { number, holder, released: text === RELEASED };
};

const parse = (text: string): Partial<Holder> => {
  try {
    return Object(JSON.parse(text)) as Partial<Holder>;
  } catch {
    return {};
  }
};

/** Asks the holder's port for its token: a pid alone may by now be another program's. */
const isAlive = async ({ pid, port, token }: Holder): Promise<boolean> => {
  if (!(port > 0 && port < 65_536)) return false;
  const socket = connect({ port, host: '127.0.0.1', timeout: 1_500 });
  socket.once('timeout', () => socket.destroy(new Error('silent')));
  try {
    let answer = '';
    for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk);
    return answer === token;
  } catch (fault) {
    // a holder that is suspended keeps its port but says nothing
    return types.isNativeError(fault) && fault.message === 'silent' && isRunning(pid);
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return types.isNativeError(fault) && 'code' in fault && fault.code === 'EPERM';
  }
  return !isZombie(pid);
};

/** Dead, but not yet asked for its exit code. */
const isZombie = (pid: number): boolean => {
  if (process.platform === 'win32') return false;
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.startsWith('Z');
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') === true;
  } catch {
    return true; // gone meanwhile
  }
};
