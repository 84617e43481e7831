import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCsv } from './csv-file.js';
import type { Encoding } from './csv-records.js';
import { RowFault } from './failures.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('reading a CSV file', () => {
  it('numbers the rows from the one after the header, past blank lines', async () => {
    expect(await read('a,b\n1,2\n\n3,4')).toEqual([
      [1, { a: '1', b: '2' }],
      [2, { a: '3', b: '4' }],
    ]);
  });

  it('takes what Excel writes: a BOM, semicolons, CRLF, lists in quotes', async () => {
    expect(await read('\uFEFFa;b\r\n"x;y";"say ""hi"""\r\n')).toEqual([[1, { a: 'x;y', b: 'say "hi"' }]]);
  });

  it('takes a cell of several lines', async () => {
    expect(await read('a,b\n"1\n2",3\n4,5\n')).toEqual([
      [1, { a: '1\n2', b: '3' }],
      [2, { a: '4', b: '5' }],
    ]);
  });

  it('refuses a row of too many or too few cells alone', async () => {
    expect(await read('a,b\n1\n1,2,3\n4,5\n')).toEqual([
      [1, 'import.row'],
      [2, 'import.row'],
      [3, { a: '4', b: '5' }],
    ]);
  });

  it('loses nothing but its own row to a quote that is never closed', async () => {
    expect(await read('a,b\n"1,2\n3,4\n5,6\n')).toEqual([
      [1, 'import.row'],
      [2, { a: '3', b: '4' }],
      [3, { a: '5', b: '6' }],
    ]);
  });

  it('loses nothing but its own row where a later quote would close it', async () => {
    expect(await read('a,b\n1,"2\n"3, x",4\n5,"6"\n')).toEqual([
      [1, 'import.row'],
      [2, { a: '3, x', b: '4' }],
      [3, { a: '5', b: '6' }],
    ]);
  });

  it('refuses a whole quoted row of several lines once', async () => {
    expect(await read('a,b\n"1\n2"\n4,5\n')).toEqual([
      [1, 'import.row'],
      [2, { a: '4', b: '5' }],
    ]);
  });

  it('refuses a row longer than the API takes', async () => {
    expect(await read(`a,b\n${'x'.repeat(600_000)},1\n4,5\n`)).toEqual([
      [1, 'import.row'],
      [2, { a: '4', b: '5' }],
    ]);
  });

  it('refuses rows that are no UTF-8, and names the way out', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,\u0141\u00f3d\u017a\n2,'),
      Buffer.from([0xa3, 0xf3, 0x64, 0x9f]),
      Buffer.from('\n3,x'),
    ]);
    expect(await read(bytes)).toEqual([
      [1, { a: '1', b: '\u0141\u00f3d\u017a' }],
      [2, 'import.encoding'],
      [3, { a: '3', b: 'x' }],
    ]);
    const [, second] = await rowsOf(bytes, 'utf-8');
    expect((second!.cells as RowFault).message).toContain('--encoding windows-1250');
  });

  it('reads Polish Excel when told so', async () => {
    const bytes = Buffer.concat([Buffer.from('a;b\r\n1;'), Buffer.from([0xa3, 0xf3, 0x64, 0x9f]), Buffer.from('\r\n')]);
    expect(await read(bytes, 'windows-1250')).toEqual([[1, { a: '1', b: '\u0141\u00f3d\u017a' }]]);
  });

  it.each([
    ['a missing column', 'a,c\n1,2', 'column b is missing'],
    ['a column that is there twice', 'a,b,a\n1,2,3', 'column a is there twice'],
    ['an empty file', '', 'empty'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2', 'utf16le'), 'not a CSV file'],
    ['a broken header', 'a,"b\n1,2', 'header is broken'],
  ])('stops at %s before any row', async (_, content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(message);
  });

  it('names a file that is not there', async () => {
    await expect(openCsv(join(folder, 'none.csv'), [], 'utf-8')).rejects.toThrow(/none\.csv can't be read: ENOENT/);
  });
});

let files = 0;
const rowsOf = async (content: string | Buffer, encoding: Encoding = 'utf-8') => {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, content);
  const rows = [];
  for await (const row of (await openCsv(path, ['a', 'b'], encoding)).rows()) rows.push(row);
  return rows;
};
const read = async (content: string | Buffer, encoding?: Encoding) =>
  (await rowsOf(content, encoding)).map(({ row, cells }) => [row, cells instanceof RowFault ? cells.code : cells]);
