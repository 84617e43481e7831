import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, type WorkerRole } from '../../libs/platform/config.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { processorNames } from '../processor-names.js';
import { schema } from '../schema.js';
import { type RosterParts, rosterOf } from './roster.js';

describe('the names of the processors', () => {
  it.each<[string, readonly WorkerRole[]]>([
    ['all', roles],
    ...roles.map((role): [string, WorkerRole[]] => [role, [role]]),
  ])('are those of the roster: %s', (_, some) => {
    // who is asked for no more than its name needs no log and no bus
    const parts = { database: tables.database, topicPrefix: 'tiebreak' } as RosterParts;
    const kept = rosterOf(some, parts).processors.map(({ name, role }) => ({ name, role }));
    expect(processorNames(some).toSorted(byName)).toEqual(kept.toSorted(byName));
  });
});

const byName = (one: { readonly name: string }, other: { readonly name: string }) => one.name.localeCompare(other.name);

let tables: TestDatabase;
beforeAll(async () => {
  tables = await startDatabase(schema);
});
afterAll(() => tables?.drop());
