import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { processorMigrations } from '../platform/processors/checkpoint.migrations.js';
import { viewProcessor } from '../platform/processors/view.js';
import { type RegistrationFilter, registrationsOf, shownRegistration } from './registration-list.view.js';
import type { RegistrationEvent } from './registration.events.js';
import { approved, deal, drafted, inConflict, submitted, underReview, window } from './registration.fixture.js';
import { recorded } from './registration.recorded.fixture.js';
import { registrationsMigrations } from './registrations.migrations.js';
import { registrationsViews } from './registrations.processors.js';
import { reviewsOf, shownReview } from './review-queue.view.js';

const schema = {
  entities: registrationsViews.map(({ entity }) => entity),
  migrations: [...processorMigrations, ...registrationsMigrations],
};
const tables = ['registration_list', 'review_queue', 'review_deadline', 'protection_deadline'];
const polish = {
  ...submitted,
  data: {
    ...submitted.data,
    partnerId: 'south',
    fields: {
      ...deal,
      customer: { legalName: 'Żabka 100%_ Sp. z o.o.', countryCode: 'PL', city: 'Łódź' },
      productFamilies: ['backup'],
      partnerOpportunityId: 'OPP-7',
    },
  },
} satisfies RegistrationEvent;
const streams: Readonly<Record<string, readonly RegistrationEvent[]>> = {
  a: approved,
  b: [...underReview, { type: 'ReviewAssigned', data: { assignee: 'manager-2' } }],
  c: inConflict,
  d: [drafted],
  e: [polish, ...underReview.slice(1)],
};

let test: TestDatabase;
const fill = async () => {
  for (const view of registrationsViews) {
    const { handle } = viewProcessor(view, test.database);
    for (const [id, events] of Object.entries(streams))
      await test.database.transaction((tx) => handle(recorded(events, { id }), tx));
  }
};
const everything = async () => {
  const rows = await Promise.all(tables.map((table) => test.database.query(`SELECT * FROM ${table} ORDER BY key`)));
  return JSON.stringify(rows);
};
beforeAll(async () => {
  test = await startDatabase(schema);
  await fill();
});
afterAll(() => test.drop());

const waiting = async (filter: Parameters<typeof reviewsOf>[2]) =>
  (await reviewsOf(test.database, 'demo', filter).orderBy('review.id').getMany()).map(shownReview);

describe('the views in Postgres', () => {
  it('are the same when all is folded once more', async () => {
    const once = await everything();
    await fill();
    expect(await everything()).toBe(once);
  });

  it.each<[RegistrationFilter, string]>([
    [{}, 'abcde'],
    [{ status: 'in-conflict' }, 'c'],
    [{ partnerId: 'south' }, 'e'],
    [{ family: 'erp' }, 'abcd'],
    [{ countryCode: 'PL' }, 'e'],
    [{ partnerOpportunityId: 'OPP-7' }, 'e'],
    [{ q: 'żabka' }, 'e'],
    [{ q: '100%_' }, 'e'],
    [{ q: '%' }, 'e'],
    [{ q: 'ACME' }, 'abc'],
    [{ q: 'opp-7', status: 'approved' }, ''],
  ])('find %j', async (filter, ids) => {
    const rows = await registrationsOf(test.database, 'demo', filter).orderBy('row.id').getMany();
    expect(rows.map(({ id }) => id).join('')).toBe(ids);
  });

  it('keep vendors apart', async () => expect(await registrationsOf(test.database, 'other', {}).getMany()).toEqual([]));

  it('answer an item as the list shows it, to a partner without names of the staff', async () => {
    const [row] = await registrationsOf(test.database, 'demo', { status: 'approved' }).getMany();
    const manager = { subject: 'manager-1', vendor: 'demo', role: 'channel-manager' } as const;
    expect(JSON.parse(JSON.stringify(shownRegistration(row!, manager)))).toMatchObject({
      id: 'a',
      customer: { legalName: 'Acme AG' },
      estimatedValue: { amount: 5_000_000, currency: 'EUR' },
      protectedTo: window.to,
      outcome: 'clear',
      rejectionCode: null,
    });
    const partner = { subject: 'x', vendor: 'demo', role: 'partner', partnerId: 'north' } as const;
    expect(shownRegistration({ ...row!, onBehalf: true }, partner)).toMatchObject({
      submittedBy: 'vendor',
      outcome: 'free',
    });
  });

  it('queue what waits for a manager', async () => {
    expect((await waiting({})).map(({ id }) => id)).toEqual(['b', 'c', 'e']);
    expect(await waiting({ assignee: 'manager-2' })).toMatchObject([{ id: 'b', assignee: 'manager-2' }]);
    expect((await waiting({ dueBefore: '2026-01-19T09:00:00.001Z' })).map(({ id }) => id)).toEqual(['b', 'e']);
    expect(await waiting({ dueBefore: '2026-01-19T09:00:00.000Z' })).toEqual([]);
  });
});
