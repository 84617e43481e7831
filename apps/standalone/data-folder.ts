import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { types } from 'node:util';

/** This process is the folder's one user until `release`. */
export type Claim = { release(): Promise<void> };

type Holder = { readonly pid: number; readonly port: number; readonly token: string };

const FORMAT = { name: 'tiebreak', version: 1 };
/** Its text once the holder has ended in order. */
const RELEASED = '{}';
const ELSEWHERE = 'set DATA_DIR to another folder';

/**
 * Refuses, in one line and without touching anything, a folder that is not ours or that a live start uses. `stale`: the
 * last start was killed.
 */
export const inspectFolder = async (path: string): Promise<{ readonly stale: boolean }> => {
  const entries = await readdir(path).catch((fault: NodeJS.ErrnoException): string[] => {
    if (fault.code === 'ENOENT') return [];
    throw new Error(`cannot use ${path} (${fault.code ?? fault.message}): ${ELSEWHERE}`);
  });
  const format = await formatOf(path);
  // what a start that died before it wrote its format, a mount or a desktop leaves behind
  const strange = entries.filter((entry) => !/^(\.|lost\+found$|format\.json|lock\.)/.test(entry));
  if (format === undefined && strange.length > 0)
    throw new Error(`${path} holds something else (${strange[0]}): ${ELSEWHERE} or empty it`);
  if (format !== undefined && (format.name !== FORMAT.name || format.version !== FORMAT.version))
    throw new Error(
      `${path} was written by ${format.name} in format ${format.version}, this is format ${FORMAT.version}: ` +
        `${ELSEWHERE} or start the version that wrote it`,
    );
  const last = await lastLock(path);
  if (last && (await isAlive(last.holder))) throw inUse(path, last.holder.pid);
  return { stale: last?.released === false };
};

/** Makes the folder where it is missing and locks it. The kernel frees the lock's port however this process ends. */
export const claimFolder = async (path: string): Promise<Claim> => {
  await inspectFolder(path);
  // 0711: under root Postgres may run as a user who has to get through
  await mkdir(path, { recursive: true, mode: 0o711 });
  const token = randomBytes(16).toString('hex');
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(token));
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  const mine = JSON.stringify({ pid: process.pid, port: address.port, token });
  try {
    const lock = await takeLock(path, mine);
    if ((await formatOf(path)) === undefined) {
      await writeFile(join(path, 'format.json.new'), `${JSON.stringify(FORMAT)}\n`);
      await rename(join(path, 'format.json.new'), join(path, 'format.json'));
    }
    const release = async () => {
      await writeFile(lock, RELEASED);
      server.close();
    };
    return { release };
  } catch (fault) {
    server.close();
    throw fault;
  }
};

const inUse = (path: string, pid: number) =>
  new Error(`${path} is in use by another start (process ${pid}): stop that one, or ${ELSEWHERE}`);

/** Name and version of the folder's format; undefined: none. */
const formatOf = async (path: string): Promise<{ name: string; version: string | number } | undefined> => {
  const text = await readFile(join(path, 'format.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { name, version }: { name?: unknown; version?: unknown } = parse(text) ?? {};
  return {
    name: typeof name === 'string' ? name : 'another program',
    version: typeof version === 'number' ? version : 'unknown',
  };
};

/**
 * Resolves to the path of the lock. The highest number is the one that counts; a new one is made only above one that is
 * dead, so of many who see the same dead lock one makes the next, and nobody ever removes a live one.
 */
const takeLock = async (path: string, mine: string): Promise<string> => {
  for (;;) {
    const last = await lastLock(path);
    if (last && (await isAlive(last.holder))) throw inUse(path, last.holder.pid);
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
const lastLock = async (path: string): Promise<{ number: number; holder: Holder; released: boolean } | undefined> => {
  const number = Math.max(0, ...(await lockNumbers(path).catch(() => [])));
  if (number === 0) return undefined;
  let text = '';
  for (let attempt = 0; attempt < 20 && text === ''; attempt++) {
    if (attempt > 0) await wait(25); // being written this moment
    text = await readFile(join(path, `lock.${number}`), 'utf8').catch(() => RELEASED);
  }
  const { pid, port, token }: Partial<Holder> = parse(text) ?? {};
  const holder = { pid: Number(pid), port: Number(port), token: String(token) };
  return { number, holder, released: text === RELEASED };
};

const parse = (text: string): Record<string, never> | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
    return process.kill(pid, 0);
  } catch (fault) {
    return types.isNativeError(fault) && 'code' in fault && fault.code === 'EPERM';
  }
};
