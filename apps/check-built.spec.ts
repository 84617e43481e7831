import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const run = (entry: string) => {
  const { status, stderr } = spawnSync(process.execPath, ['-r', './apps/check-built.cjs', entry], { encoding: 'utf8' });
  return { status, stderr };
};

describe('a program that has to be built first', () => {
  it('says so in one line', () => {
    const stderr = 'tiebreak: not built yet: run npm run build first\n';
    expect(run('dist/apps/never-built.js')).toEqual({ status: 1, stderr });
  });

  it('is not kept from running', () => {
    expect(run('apps/standalone/check-node.cjs')).toEqual({ status: 0, stderr: '' });
  });

  it('is checked by every script that does not build it', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const unbuilt = Object.values(scripts).filter(
      (script) => / dist\//.test(script) && !/npm run .*build/.test(script),
    );
    expect(unbuilt.length).toBeGreaterThan(0);
    for (const script of unbuilt) expect(script).toMatch(/^node -r \.\/apps\/check-built\.cjs /);
    expect(readFileSync('docker/Dockerfile', 'utf8')).toMatch('apps/check-built.cjs');
  });
});
