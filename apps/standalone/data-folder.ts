import { createPrivateKey } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Claim, inspectLock, lockFolder } from '../../libs/embedded-eventstore/folder-lock.js';

const FORMAT = { name: 'tiebreak', version: 1 };
const ELSEWHERE = 'set DATA_DIR to another folder';

/**
 * Refuses, in one line and without touching anything, a folder that is not ours or that a live start uses. `stale`: the
 * last start was killed.
 */
export const inspectFolder = async (path: string): Promise<{ readonly stale: boolean }> => {
  const entries = await readdir(path).catch((fault: NodeJS.ErrnoException): string[] => {
    if (fault.code === 'ENOENT') return [];
    throw unusable(path, fault);
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
  return inspectLock(path, inUse(path));
};

/** Makes the folder where it is missing and locks it, until `release` or however this process ends. */
export const claimFolder = async (path: string): Promise<Claim> => {
  await inspectFolder(path);
  try {
    // 0711: under root Postgres may run as a user who has to get through
    await mkdir(path, { recursive: true, mode: 0o711 });
    const claim = await lockFolder(path, inUse(path));
    if ((await formatOf(path)) === undefined) await writeFormat(path).catch(freeing(claim));
    return claim;
  } catch (fault) {
    throw unusable(path, fault as NodeJS.ErrnoException);
  }
};

const freeing = (claim: Claim) => async (fault: Error) => {
  await claim.release();
  throw fault;
};

/** Flushed: a power cut must not leave an empty one, which would read as another program's. */
const writeFormat = async (path: string): Promise<void> => {
  await writeFile(join(path, 'format.json.new'), `${JSON.stringify(FORMAT)}\n`, { flush: true });
  await rename(join(path, 'format.json.new'), join(path, 'format.json'));
};

/** A folder in the data folder, for this user alone. */
export const makeWithin = async (path: string, name: string): Promise<void> => {
  await mkdir(join(path, name), { recursive: true, mode: 0o700 }).catch((fault: NodeJS.ErrnoException) => {
    throw unusable(path, fault);
  });
};

/** Refuses files of the quick start that its parts would end at, again and again, with no word but in their logs. */
export const inspectDemo = async (path: string): Promise<void> => {
  const [clock, key] = [join(path, 'clock.json'), join(path, 'demo-issuer.pem')];
  const moved = await textOf(clock);
  if (moved !== undefined && !Number.isFinite(parse(moved)?.['offsetMs']))
    throw new Error(`${clock} is damaged: write {"offsetMs": …} as it was, or remove it for the real time`);
  const pem = await textOf(key);
  try {
    if (pem !== undefined) createPrivateKey(pem);
  } catch (cause) {
    throw new Error(`${key} is damaged: remove it for a new one (tokens of the old one end)`, { cause });
  }
};

/** What the system refuses (EACCES, EROFS, ENOSPC …) in one line; other faults have one already. */
const unusable = (path: string, fault: NodeJS.ErrnoException): Error =>
  fault.code === undefined ? fault : new Error(`cannot use ${path} (${fault.code}): ${ELSEWHERE}`);

const inUse = (path: string) => (pid: number) =>
  new Error(`${path} is in use by another start (process ${pid}): stop that one, or ${ELSEWHERE}`);

/** Name and version of the folder's format; undefined: none. */
const formatOf = async (path: string): Promise<{ name: string; version: string | number } | undefined> => {
  const text = await textOf(join(path, 'format.json'));
  if (text === undefined) return undefined;
  const { name, version }: { name?: unknown; version?: unknown } = parse(text) ?? {};
  return {
    name: typeof name === 'string' ? name : 'another program',
    version: typeof version === 'number' ? version : 'unknown',
  };
};

const textOf = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw unusable(file, fault);
  });

const parse = (text: string): Record<string, never> | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
