import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
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

/** NDJSON, a line a row, in the file of that name; anew in each run. */
export const reportTo = async (path: string | undefined): Promise<Report> => {
  if (path === undefined) return none;
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
