import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transient } from '../processors/processor.js';
import { type Bus, encode, type Encoded } from './bus.js';

/**
 * Topics as files `<directory>/<topic>.ndjson`, a line `{key, headers, value}` a message, on disk when `publish` returns.
 * A line that a crash or a full disk has torn is cut before the next one is written: nobody was told that it is there.
 */
export const fileBus = (directory: string): Bus => ({
  async publish(messages) {
    const topics = new Map<string, Encoded[]>();
    for (const encoded of messages.map(encode)) {
      const { topic } = encoded.message;
      topics.set(topic, [...(topics.get(topic) ?? []), encoded]);
    }
    for (const [topic, batch] of topics) {
      await append(directory, topic, batch).catch((cause: unknown) => {
        throw new Transient(`topic ${topic} can't be written: ${String(cause)}`, { cause });
      });
    }
  },
  close: () => Promise.resolve(),
});

const append = async (directory: string, topic: string, batch: readonly Encoded[]): Promise<void> => {
  await mkdir(directory, { recursive: true });
  const file = await open(join(directory, `${topic}.ndjson`), 'a+');
  try {
    const { size } = await file.stat();
    const whole = await endOfLastLine(file, size);
    if (whole < size) await file.truncate(whole);
    await file.appendFile(batch.map(line).join(''));
    await file.datasync();
    if (size === 0) await keepName(directory);
  } finally {
    await file.close();
  }
};

const line = ({ message: { key, headers }, text }: Encoded): string =>
  `{"key":${JSON.stringify(key)},"headers":${JSON.stringify(headers)},"value":${text}}\n`;

const newline = 0x0a;
const step = 64 * 1024;

const endOfLastLine = async (file: FileHandle, size: number): Promise<number> => {
  const buffer = Buffer.alloc(step);
  // the last byte decides in nearly every case
  for (let end = size, length = Math.min(1, size); end > 0; end -= length, length = Math.min(step, end)) {
    await file.read(buffer, 0, length, end - length);
    const at = buffer.subarray(0, length).lastIndexOf(newline);
    if (at >= 0) return end - length + at + 1;
  }
  return 0;
};

/** A new file survives a power cut only once its folder is on disk too. */
const keepName = async (directory: string): Promise<void> => {
  try {
    const folder = await open(directory, 'r');
    await folder.sync().finally(() => folder.close());
  } catch (fault) {
    // Windows opens or syncs no folder, and needs it not
    if (!['EPERM', 'EISDIR'].includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
  }
};
