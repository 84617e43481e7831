import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

let version: string | undefined;

/**
 * What normalises today and what did it when something was stored are the same where these are: a digest of this folder's
 * programs. A number to be raised by hand would be forgotten, and sample records miss what they have no case for. It
 * changes more often than it must, which costs time alone; a new version of a library alone it does not notice.
 */
export const normaliserVersion = (): string => {
  version ??= digestOf(new URL('.', import.meta.url));
  return version;
};

const digestOf = (folder: URL): string => {
  const digest = createHash('sha256').update(process.versions.node);
  const programs = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name) && !/\.(spec|fixture|d)\.ts$/.test(name));
  for (const name of programs.toSorted()) digest.update(name).update(readFileSync(new URL(name, folder)));
  return digest.digest('hex').slice(0, 12);
};
