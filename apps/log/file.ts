import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Copied, copyRest, verifyCopy, type Watched } from './copy.js';
import { CannotFinish } from './failures.js';
import { eventsOf, lineOf } from './ndjson.js';
import type { RawEvent } from './raw-event.js';
import type { RawLog } from './raw-log.js';
import { goOnFromTheBeginning, upTo } from './resuming.js';

/** `-`: standard output or input. */
type Path = string;

/** Writes the log up to its present end to a file that doesn't exist yet; its name is there once it is whole. Answers the number of events. */
export const exportLog = async (source: RawLog, path: Path, { progress, signal }: Watched): Promise<number> => {
  const end = await source.head();
  let count = 0;
  const lines = async function* () {
    for await (const event of upTo(source, end)) {
      progress.show('exporting', ++count, event.position, end);
      yield lineOf(event);
    }
  };
  if (path === '-') {
    await pipeline(Readable.from(lines()), process.stdout, { signal, end: false }).catch(
      told('standard output', signal),
    );
    progress.clear();
    return count;
  }
  if (await stat(path).catch(() => undefined)) throw new CannotFinish(`${path} is there already: name another file`);
  const partial = `${path}.part`;
  await pipeline(Readable.from(lines()), createWriteStream(partial, { flush: true }), { signal }).catch(
    told(path, signal),
  );
  await rename(partial, path);
  progress.clear();
  return count;
};

/**
 * Appends what a file of {@link exportLog} holds, or what the target still lacks of it, and compares both. What comes by
 * standard input can be read once only: it isn't compared.
 */
export const importLog = async (target: RawLog, path: Path, { progress, signal }: Watched): Promise<Copied> => {
  await target.head();
  const end = path === '-' ? 0 : await sizeOf(path);
  let had = 0;
  const watched = { progress, signal, end };
  const { rest, resumed } = await goOnFromTheBeginning(eventsIn(path), target, ({ position }) => {
    signal.throwIfAborted();
    progress.show('finding where to go on', ++had, position, end);
  });
  const began = performance.now();
  const copied = await copyRest(rest, target, watched);
  const seconds = (performance.now() - began) / 1_000;
  const verified = path === '-' ? undefined : await verifyCopy(eventsIn(path), target, watched);
  const eventsPerSecond = Math.round(copied / Math.max(seconds, 0.001));
  return { copied, verified, resumed, more: false, seconds, eventsPerSecond };
};

const eventsIn = (path: Path): AsyncGenerator<RawEvent> =>
  path === '-'
    ? eventsOf(process.stdin as AsyncIterable<Buffer>, 'standard input')
    : eventsOf(createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>, path);

const sizeOf = async (path: Path): Promise<number> => (await stat(path).catch(told(path))).size;

const told =
  (path: string, signal?: AbortSignal) =>
  (fault: NodeJS.ErrnoException): never => {
    signal?.throwIfAborted();
    if (fault.code === undefined || fault.syscall === undefined) throw fault;
    throw new CannotFinish(`${path} can't be used: ${fault.code}`);
  };
