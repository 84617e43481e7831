import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFaults } from '../../libs/platform/config.js';
import { databaseUrl, environment, faultText } from './command.js';

const DATABASE_URL = 'postgres://here/tiebreak';

describe('a command that needs no log', () => {
  it.each([
    {},
    { EVENTSTORE_URL: '' },
    { EVENTSTORE_URL: ' ', EVENTSTORE_URL_FILE: '' },
    { EVENTSTORE_URL: 'esdb://log' },
  ])('finds its database whether a log is named or not: %j', (env) =>
    expect(databaseUrl({ ...env, DATABASE_URL })).toBe(DATABASE_URL),
  );

  it('says what is missing', () => {
    expect(() => databaseUrl({ EVENTSTORE_URL: '' })).toThrow(/DATABASE_URL is not set/);
  });
});

describe('a command beside the quick start', () => {
  it('finds its stores by the data folder, unless others are named', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'tiebreak-command-'));
    const theirs = { DATABASE_URL: 'postgres://quick/start', EVENTSTORE_URL: 'esdb://quick' };
    expect(environment({ DATA_DIR })).toEqual({ DATA_DIR });
    await writeFile(join(DATA_DIR, 'addresses.json'), JSON.stringify(theirs));
    expect(environment({ DATA_DIR })).toEqual({ DATA_DIR, ...theirs });
    expect(environment({ DATA_DIR, DATABASE_URL })).toEqual({ DATA_DIR, DATABASE_URL });
    await rm(DATA_DIR, { recursive: true });
  });
});

describe('what an operator reads', () => {
  it('of a database that is not named: where the quick start was looked for', () => {
    const fault = new ConfigFaults(['DATABASE_URL is not set: postgres://… of the read models']);
    const said = faultText(fault, { DATA_DIR: join(tmpdir(), 'no-such-folder') });
    expect(said).toMatch(
      /DATABASE_URL is not set.*\nNor does a quick start run on \S+no-such-folder: name its DATA_DIR/,
    );
  });
  it('of a database that is not there: whose address it is', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(faultText(refused)).toMatch(/^Postgres can't be reached \(connect ECONNREFUSED 127.0.0.1:1\)/);
    expect(faultText(new Error('no such view'))).toBe('no such view');
  });
});
