import { createReadStream } from 'node:fs';
import { type Delimiter, linesOf, recordReader, recordsOf } from '../import/csv-records.js';
import { CannotFinish } from '../import/failures.js';
import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { columnOf, type RecordOf, recordOf, sidesOf } from './record-columns.js';

/** `at` is where it stands in the file: the line of its first character, from 1. */
export type Broken = { readonly at: number; readonly broken: string };
export type LabelledPair = {
  readonly at: number;
  readonly left: ClaimRecord;
  readonly right: ClaimRecord;
  readonly same: boolean;
};
export type ListedClaim = {
  readonly at: number;
  readonly record: ClaimRecord;
  /** Claims of one group name one customer; `` stands for itself alone. */
  readonly group: string;
  readonly side?: 'a' | 'b';
};

/** What the header says the file is; `rows` streams it, and may be called again. */
export type LabelledFile = { readonly path: string; readonly isSided: boolean } & (
  | { readonly mode: 'names' | 'pairs'; readonly rows: () => AsyncGenerator<LabelledPair | Broken> }
  | { readonly mode: 'stream'; readonly rows: () => AsyncGenerator<ListedClaim | Broken> }
);

const shapes = `a header must have one of
  left, right, label                two names and whether they are one customer (1/0, true/false)
  group, name, …                    a list; claims of one group name one customer
  label, name, …, base_name, …      two records and whether they are one customer`;

/** Looks at the header alone. Throws {@link CannotFinish} where the file can't be read or is none of these. */
export const openLabelled = async (path: string): Promise<LabelledFile> => {
  const header = await headerOf(path);
  const shape = shapeOf(header.columns);
  if (!shape) throw new CannotFinish(`${path}: its columns are ${header.columns.join(', ')};\n${shapes}`);
  if (shape.mode === 'stream')
    return { path, mode: 'stream', isSided: shape.isSided, rows: () => rowsOf(path, header, shape.read) };
  return { path, mode: shape.mode, isSided: false, rows: () => rowsOf(path, header, shape.read) };
};

type Cells = readonly string[];
type Read<T> = (cells: Cells) => Omit<T, 'at'> | string;
type Shape =
  | { readonly mode: 'names' | 'pairs'; readonly read: Read<LabelledPair> }
  | { readonly mode: 'stream'; readonly isSided: boolean; readonly read: Read<ListedClaim> };

const shapeOf = (columns: readonly string[]): Shape | undefined => {
  const [left, right] = [columnOf(columns, ['left']), columnOf(columns, ['right'])];
  const label = columnOf(columns, ['label', 'is_match', 'match', 'same']);
  if (left >= 0 && right >= 0 && label >= 0)
    return { mode: 'names', read: pairReader(label, nameAt(left), nameAt(right)) };
  const group = columnOf(columns, ['group']);
  if (group >= 0) {
    const record = recordOf(columns);
    const side = columnOf(columns, ['side']);
    return record && { mode: 'stream', isSided: side >= 0, read: claimReader(group, side, record) };
  }
  const sides = sidesOf(columns);
  return label >= 0 && sides ? { mode: 'pairs', read: pairReader(label, sides.left, sides.right) } : undefined;
};

const nameAt =
  (column: number): RecordOf =>
  (cells) => ({ name: cells[column] ?? '' });

const isSame = (label: string): boolean | undefined => {
  if (/^(1(\.0*)?|true|t|yes|y)$/i.test(label)) return true;
  return /^(0(\.0*)?|false|f|no|n)$/i.test(label) ? false : undefined;
};

const pairReader =
  (label: number, left: RecordOf, right: RecordOf): Read<LabelledPair> =>
  (cells) => {
    const same = isSame(cells[label] ?? '');
    if (same === undefined) return `the label is “${(cells[label] ?? '').slice(0, 40)}”, neither 1/true nor 0/false`;
    const [one, other] = [left(cells), right(cells)];
    if (typeof one === 'string') return one;
    return typeof other === 'string' ? other : { left: one, right: other, same };
  };

const claimReader =
  (group: number, sideColumn: number, read: RecordOf): Read<ListedClaim> =>
  (cells) => {
    const record = read(cells);
    if (typeof record === 'string') return record;
    const claim = { record, group: cells[group] ?? '' };
    if (sideColumn < 0) return claim;
    const side = (cells[sideColumn] ?? '').toLowerCase();
    return side === 'a' || side === 'b' ? { ...claim, side } : `the side is “${side.slice(0, 40)}”, neither a nor b`;
  };

type Header = { readonly columns: readonly string[]; readonly delimiter: Delimiter };

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

const headerOf = async (path: string): Promise<Header> => {
  const source = createReadStream(path);
  try {
    for await (const line of linesOf(source)) {
      if (line.includes(0)) throw new CannotFinish(`${path}: not a CSV file in UTF-8`);
      const text = line.toString('latin1').trimEnd();
      if (text === '') continue;
      if (text.includes('\r')) throw new CannotFinish(`${path}: its lines end in carriage returns alone`);
      const counted = delimiters.map((each) => [text.split(each).length, each] as const);
      const [, delimiter] = counted.reduce((most, each) => (each[0] > most[0] ? each : most));
      const record = recordReader('utf-8', delimiter)(line.at(-1) === 0x0d ? line.subarray(0, -1) : line);
      if ('fault' in record) throw new CannotFinish(`${path}: the header is broken: ${record.detail}`);
      return { columns: record.cells.map((name) => name.trim()), delimiter };
    }
    throw new CannotFinish(`${path}: empty, not even a header`);
  } catch (fault) {
    throw asUnreadable(path, fault);
  } finally {
    source.destroy();
  }
};

async function* rowsOf<T>(path: string, header: Header, read: Read<T>): AsyncGenerator<(T & { at: number }) | Broken> {
  const source = createReadStream(path);
  try {
    const reader = recordReader('utf-8', header.delimiter, header.columns.length);
    let isHeader = true;
    for await (const record of recordsOf(linesOf(source), reader)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const made = 'fault' in record ? record.detail : read(record.cells.map((cell) => cell.trim()));
      yield typeof made === 'string'
        ? { at: record.line, broken: made }
        : ({ ...made, at: record.line } as T & { at: number });
    }
  } catch (fault) {
    throw asUnreadable(path, fault);
  } finally {
    source.destroy();
  }
}

const asUnreadable = (path: string, fault: unknown) =>
  fault instanceof CannotFinish ? fault : new CannotFinish(`${path} can't be read: ${(fault as Error).message}`);
