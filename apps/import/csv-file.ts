import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CsvRecord, type Delimiter, type Encoding, linesOf, recordReader, recordsOf } from './csv-records.js';
import { CannotFinish, RowFault } from './failures.js';

export type Cells = Readonly<Record<string, string>>;
/** `row` 1 is the first after the header; blank lines are none. */
export type CsvRow = { readonly row: number; readonly cells: Cells | RowFault; readonly bytesRead: number };
export type CsvFile = { readonly path: string; readonly size: number; readonly rows: () => AsyncGenerator<CsvRow> };

const hint = (encoding: Encoding) =>
  encoding === 'utf-8' ? '; if it comes from Excel, try --encoding windows-1250' : '';

/** Looks at the header only; `rows()` streams the rest. Throws {@link CannotFinish} where a required column is missing. */
export const openCsv = async (path: string, required: readonly string[], encoding: Encoding): Promise<CsvFile> => {
  try {
    const { size } = await stat(path);
    const header = await headerOf(path, encoding);
    const missing = required.filter((column) => !header.columns.includes(column));
    if (missing.length > 0) throw new CannotFinish(`${path}: column ${missing.join(', ')} is missing`);
    return { path, size, rows: () => rowsOf(path, encoding, header) };
  } catch (fault) {
    throw asUnreadable(path, fault);
  }
};

type Header = { readonly columns: readonly string[]; readonly delimiter: Delimiter };

const asUnreadable = (path: string, fault: unknown) =>
  fault instanceof CannotFinish ? fault : new CannotFinish(`${path} can't be read: ${(fault as Error).message}`);

const headerOf = async (path: string, encoding: Encoding): Promise<Header> => {
  const source = createReadStream(path);
  try {
    for await (const line of linesOf(source)) {
      if (line.includes(0)) throw new CannotFinish(`${path}: not a CSV file in an encoding that starts with ASCII`);
      const delimiter =
        line.toString('latin1').split(';').length > line.toString('latin1').split(',').length ? ';' : ',';
      const record = recordReader(encoding, delimiter)(line.at(-1) === 0x0d ? line.subarray(0, -1) : line);
      if ('fault' in record) throw new CannotFinish(`${path}: the header is broken: ${record.detail}${hint(encoding)}`);
      const columns = record.cells.map((name) => name.trim());
      const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
      if (twice !== undefined) throw new CannotFinish(`${path}: column ${twice} is there twice`);
      return { columns, delimiter };
    }
    throw new CannotFinish(`${path}: empty, not even a header`);
  } finally {
    source.destroy();
  }
};

async function* rowsOf(path: string, encoding: Encoding, { columns, delimiter }: Header): AsyncGenerator<CsvRow> {
  const source = createReadStream(path);
  try {
    let row = -1;
    for await (const record of recordsOf(linesOf(source), recordReader(encoding, delimiter, columns.length))) {
      row++;
      if (row > 0) yield { row, cells: cellsOf(record, columns, encoding), bytesRead: source.bytesRead };
    }
  } catch (fault) {
    throw asUnreadable(path, fault);
  } finally {
    source.destroy();
  }
}

const cellsOf = (record: CsvRecord, columns: readonly string[], encoding: Encoding): Cells | RowFault => {
  if ('cells' in record) return Object.fromEntries(columns.map((name, index) => [name, record.cells[index]!.trim()]));
  return record.fault === 'encoding'
    ? new RowFault('import.encoding', `${record.detail}${hint(encoding)}`)
    : new RowFault('import.row', record.detail);
};
