import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigFaults, printConfig, readConfig } from './config.js';

describe('reading the configuration', () => {
  it('takes the defaults', () => {
    expect(readConfig(production, 'api')).toMatchObject({
      demo: false,
      port: 3000,
      kafkaBrokers: [],
      topicPrefix: 'tiebreak',
      roles: ['views', 'reactors', 'publishers', 'clock'],
      identity: { kind: 'oidc', issuer: 'https://id.example', audience: 'tiebreak' },
      logLevel: 'info',
    });
  });

  it('lists all faults at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      KAFKA_BROKERS: 'one',
      ROLES: 'views,cook',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      OIDC_ISSUER: 'http://id.example',
      CURSOR_SECRET: 'short',
      DEMO: 'yes',
    });
    for (const name of ['PORT', 'KAFKA_BROKERS', 'ROLES', 'LOG_LEVEL', 'DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE'])
      expect(faults).toContainEqual(expect.stringContaining(name));
    expect(faults).toHaveLength(10);
  });

  it('takes no real issuer in the quick start, and no demo without being told', () => {
    expect(faultsOf({ ...production, DEMO: 'true' })).toEqual([expect.stringContaining('exclude each other')]);
    expect(readConfig({ ...stores, DEMO: 'true' }, 'api').identity).toEqual({ kind: 'demo' });
    expect(faultsOf(stores)).toHaveLength(2);
  });

  it('needs no issuer for the worker', () => expect(readConfig(stores, 'worker').identity).toBeUndefined());

  it('reads a secret from its file, and only from one place', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'secret');
    writeFileSync(file, `${'s'.repeat(40)}\n`);
    expect(readConfig({ ...production, CURSOR_SECRET_FILE: file }, 'api').cursorSecret).toBe('s'.repeat(40));
    expect(faultsOf({ ...production, CURSOR_SECRET: 's'.repeat(40), CURSOR_SECRET_FILE: file })).toHaveLength(1);
    expect(faultsOf({ ...production, CURSOR_SECRET_FILE: `${file}.gone` })).toHaveLength(1);
  });

  it('prints no secret', () => {
    const url = 'postgres://app:hunter2@db:5432/x?password=hunter2';
    const printed = printConfig(readConfig({ ...production, DATABASE_URL: url, CURSOR_SECRET: 'z'.repeat(32) }, 'api'));
    expect(printed).toContain('postgres://app:***@db:5432/x?password=***');
    expect(printed).not.toMatch(/hunter2|zzz/);
    expect(faultsOf({ ...production, DATABASE_URL: 'mysql://app:hunter2@db' }).join()).not.toContain('hunter2');
  });
});

const stores = {
  EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
  DATABASE_URL: 'postgres://app:pw@db:5432/tiebreak',
};
const production = { ...stores, OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'tiebreak' };
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env, 'api');
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
  }
  return [];
};
