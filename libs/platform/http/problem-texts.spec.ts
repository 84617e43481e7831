import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { textOf } from './problem-texts.js';

const libs = join(import.meta.dirname, '../..');
const source = /(?<!\.(?:spec|fixture))\.ts$/;
const refusals = /\b(?:refuse|new DomainError|new HttpProblem|notFound)\(([^;]*)/g;
const fallback = /^The rules do not allow this/;

const codesIn = (text: string): string[] =>
  [...text.matchAll(refusals)].flatMap(([, said = '']) => said.match(/(?<=')[a-z-]+\.[a-z-]+(?=')/g) ?? []);

describe('the texts of problems', () => {
  it('say something of every code that the code refuses with', () => {
    const files = readdirSync(libs, { recursive: true, encoding: 'utf8' }).filter((file) => source.test(file));
    const codes = files.flatMap((file) => codesIn(readFileSync(join(libs, file), 'utf8')));
    expect(new Set(codes).size).toBeGreaterThan(70);
    expect([...new Set(codes)].filter((code) => fallback.test(textOf(code, {}, 422).detail))).toEqual([]);
  });
});
