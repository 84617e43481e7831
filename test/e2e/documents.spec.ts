import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'libs/embedded-eventstore/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const textOf = (path: string) => readFileSync(path, 'utf8');
const withoutCode = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '``');

/** Of GitHub: lower case, no punctuation, dashes for spaces. */
const anchorsOf = (path: string): string[] =>
  [...textOf(path).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** `undefined` for a link that leads somewhere. */
const faultOf = (from: string, target: string): string | undefined => {
  if (/^https?:/.test(target)) return undefined;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return `${from}: ${target} does not exist`;
  if (anchor === undefined || statSync(path).isDirectory()) return undefined;
  return anchorsOf(path).includes(anchor) ? undefined : `${path} has no heading for #${anchor}`;
};

describe('the documents', () => {
  it.each(documents)('%s has links that lead somewhere', (path) => {
    const targets = [...withoutCode(textOf(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    expect(targets.map((target) => faultOf(path, target)).filter(Boolean)).toEqual([]);
  });

  it.each([
    ['README.md', 200],
    ['CONTRIBUTING.md', 80],
  ])('%s is read in one go', (path, most) => {
    expect(textOf(path).split('\n').length - 1).toBeLessThanOrEqual(most);
  });

  it('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((path) => [...textOf(path).matchAll(/npm run ([a-z][a-z:-]*)/g)]);
    expect(named.map(([, script = '']) => script).filter((script) => !(script in scripts))).toEqual([]);
  });
});
