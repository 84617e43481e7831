import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportTo } from './report.js';

let folder: string;
const at = (name: string) => join(folder, name);
const line = { file: 'a.csv', row: 1, outcome: 'created', id: 'r-1', code: null, detail: null } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  await writeFile(at('a.csv'), 'partner\n');
  await symlink(at('a.csv'), at('same.csv'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the report', () => {
  it('is a line a row, anew in each run', async () => {
    await writeFile(at('report'), 'of the run before');
    const report = await reportTo(at('report'), [at('a.csv'), undefined]);
    await report.add(line);
    await report.add({ ...line, row: 2 });
    await report.close();
    expect((await readFile(at('report'), 'utf8')).trim().split('\n')).toEqual([
      JSON.stringify(line),
      JSON.stringify({ ...line, row: 2 }),
    ]);
  });
  it.each(['a.csv', 'same.csv'])('refuses to be written over what is imported: %s', async (name) => {
    await expect(reportTo(at(name), [at('a.csv')])).rejects.toThrow('is read in this run: name another file');
    expect(await readFile(at('a.csv'), 'utf8')).toBe('partner\n');
  });
});
