import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CannotFinish } from './failures.js';

/** A line of the report; `code` and `detail` are null unless it was refused, `id` where it was. */
export type ReportLine = {
  readonly file: string;
  readonly row: number;
  readonly outcome: 'created' | 'repeated' | 'refused';
  readonly id: string | null;
  readonly code: string | null;
  readonly detail: string | null;
};
export type Report = {
  readonly add: (line: ReportLine) => Promise<void>;
  readonly close: () => Promise<void>;
};

const none: Report = { add: () => Promise.resolve(), close: () => Promise.resolve() };

/** NDJSON, a line a row, in the file of that name; anew in each run. Refuses one of `inputs`: it would be emptied. */
export const reportTo = async (
  path: string | undefined,
  inputs: readonly (string | undefined)[] = [],
): Promise<Report> => {
  if (path === undefined) return none;
  const report = await fileAt(path);
  for (const input of inputs)
    if (report !== undefined && input !== undefined && (await fileAt(input)) === report)
      throw new CannotFinish(`${path} is read in this run: name another file for the report`);
  const stream = createWriteStream(path);
  let broken: Error | undefined;
  stream.on('error', (fault) => (broken = fault));
  const check = () => {
    if (broken) throw new CannotFinish(`${path} can't be written: ${broken.message}`);
  };
  await once(stream, 'open').catch(() => undefined);
  check();
  return {
    add: async (line) => {
      check();
      if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain').catch(() => undefined);
      check();
    },
    close: async () => {
      check();
      await new Promise<void>((resolve) => stream.end(resolve));
      check();
    },
  };
};

/** What a path leads to, however it is written; undefined where nothing is. */
const fileAt = (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ dev, ino }) => `${dev} ${ino}`,
    () => undefined,
  );
