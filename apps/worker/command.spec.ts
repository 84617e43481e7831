import { describe, expect, it } from '@jest/globals';
import { databaseUrl } from './command.js';

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
