import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.js';

const FORMAT = 'embedded-eventstore';
const VERSION = 2;

/** A data folder that cannot be used; the message says what to do. */
export class DataFolderError extends Error {}

/** Locks the folder for this node, making it if it is not there; gives what unlocks it. */
export async function openDataFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new DataFolderError(`The data folder ${folder} cannot be made: ${error.message}. Choose another one.`);
  });
  const path = await realpath(folder);
  await checkFormat(path);
  const { release } = await lockFolder(path, (pid) => inUse(path, pid)).catch((error: Error) => {
    throw error instanceof DataFolderError ? error : unusable(path, error);
  });
  return release;
}

const unusable = (folder: string, { message }: Error) =>
  new DataFolderError(`The data folder ${folder} cannot be used: ${message}. Choose another one.`);

const inUse = (folder: string, pid: number) =>
  new DataFolderError(
    `The data folder ${folder} is in use by another node (process ${pid}). Stop that node or choose another folder.`,
  );

async function checkFormat(folder: string): Promise<void> {
  const file = join(folder, 'format.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    if ((await readdir(folder)).some((name) => !/^(lost\+found$|format\.|lock\.)/.test(name)))
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
