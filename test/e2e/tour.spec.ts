import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type QuickStart, quickStart } from '../support/quick-start.js';

let start: QuickStart;
beforeAll(async () => {
  start = await quickStart();
});
afterAll(() => start.stop());

type Step = { readonly lines: string; readonly printed: string };

/** The bash blocks of the tour, each with what the block after it says that it prints. */
const stepsOf = (readme: string): Step[] => {
  const [, section = ''] = /^## A conflict, (.*?)^## /ms.exec(readme) ?? [];
  return [...section.matchAll(/^```bash\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms)].map(
    ([, lines = '', printed = '']) => ({ lines, printed }),
  );
};

it('prints what the README says that it prints', async () => {
  const steps = stepsOf(await readFile('README.md', 'utf8'));
  expect(steps.filter(({ printed }) => printed !== '').length).toBeGreaterThan(4);
  const script = steps.map(({ lines }) => lines).join("printf '\\f'\n");
  const env = { ...process.env, TIEBREAK: start.url, DATA_DIR: start.dataDir };
  const run = promisify(execFile);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { env, timeout: 100_000 });
  expect(stdout.split('\f')).toEqual(steps.map(({ printed }) => printed));
}, 110_000);
