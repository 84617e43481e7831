import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

// the built api describes itself; `npm run openapi` writes the file anew
it('serves the API that docs/openapi.json describes', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/api/openapi.js'], { maxBuffer: 2 ** 26 });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile('docs/openapi.json', 'utf8')));
});
