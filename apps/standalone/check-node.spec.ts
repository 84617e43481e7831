import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const asVersion = (version: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'tiebreak-node-'));
  try {
    const doctor = join(folder, 'doctor.cjs');
    const versions = `Object.assign({}, process.versions, { node: '${version}' })`;
    writeFileSync(doctor, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    const { status, stderr } = spawnSync(process.execPath, ['-r', doctor, 'apps/standalone/check-node.cjs'], {
      encoding: 'utf8',
    });
    return { status, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the check of Node', () => {
  it.each(['12.22.12', '18.20.8', '20.18.3'])('refuses %s in one line that names what is needed', (version) => {
    const stderr = `tiebreak: needs Node.js 20.19 or newer, this is ${version}: install a newer one\n`;
    expect(asVersion(version)).toEqual({ status: 1, stderr });
  });

  it.each(['20.19.0', '22.0.0', '26.1.0'])('lets %s pass in silence', (version) => {
    expect(asVersion(version)).toEqual({ status: 0, stderr: '' });
  });

  it('comes before anything else of npm start, and agrees with engines', () => {
    const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: { start: string };
      engines: { node: string };
    };
    expect(scripts.start).toMatch(/^node apps\/standalone\/check-node\.cjs && /);
    expect(engines.node).toBe('>=20.19');
  });
});
