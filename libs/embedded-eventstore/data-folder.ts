import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FORMAT = 'embedded-eventstore';
const VERSION = 1;
const openFolders = new Set<string>();

/** A data folder that cannot be used; the message says what to do. */
export class DataFolderError extends Error {}

/** Locks the folder for this node, making it if it is not there; gives what unlocks it. */
export async function openDataFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new DataFolderError(`The data folder ${folder} cannot be made: ${error.message}. Choose another one.`);
  });
  const path = await realpath(folder);
  await checkFormat(path);
  if (openFolders.has(path)) throw inUse(path, process.pid);
  openFolders.add(path);
  try {
    const unlock = await lock(path);
    return async () => {
      await unlock();
      openFolders.delete(path);
    };
  } catch (error) {
    openFolders.delete(path);
    throw error;
  }
}

const inUse = (folder: string, pid: number) =>
  new DataFolderError(
    `The data folder ${folder} is in use by another node (process ${pid}). Stop that node or choose another folder.`,
  );

async function checkFormat(folder: string): Promise<void> {
  const file = join(folder, 'format.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    if ((await readdir(folder)).some((name) => name !== 'lost+found' && !name.startsWith('format.')))
      throw new DataFolderError(
        `The folder ${folder} holds other files and no log of this node. Choose an empty folder or a new one.`,
      );
    return writeSafely(file, JSON.stringify({ format: FORMAT, version: VERSION }));
  }
  const { format, version } = parsed(text);
  if (format !== FORMAT)
    throw new DataFolderError(
      `The folder ${folder} belongs to something else (${String(format)}). Choose another folder.`,
    );
  if (version !== VERSION)
    throw new DataFolderError(
      `The folder ${folder} has format version ${String(version)}, this node reads version ${VERSION}. ` +
        'Run the release that wrote it, or start with an empty folder.',
    );
}

function parsed(text: string): { format?: unknown; version?: unknown } {
  try {
    return Object(JSON.parse(text)) as { format?: unknown };
  } catch {
    return { format: 'format.json is not readable' };
  }
}

async function writeSafely(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'w');
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await rename(draft, file);
}

/** A process is told from a later one with the same number by when it started, where the system shows that. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function lock(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'node.lock');
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await created(file, mine)) return () => rm(file, { force: true });
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const held = parsed(text) as { pid?: number; started?: string };
    const pid = Number(held.pid);
    // a restarted container gives its first process the same number again
    const oneself = pid === process.pid && !held.started;
    if (!oneself && isRunning(pid) && startOf(pid) === held.started) throw inUse(folder, pid);
    await discard(file, text);
  }
  throw new DataFolderError(`The lock ${file} could not be taken. Stop other nodes on this folder and try again.`);
}

/** Writes the lock with its text in one step: an empty one must never be seen. False where there is a lock already. */
async function created(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock of a dead process, but not one that a third process has put in its place meanwhile. */
async function discard(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, file).catch(() => undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await rm(aside, { force: true });
}
