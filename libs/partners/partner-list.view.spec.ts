import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { viewProcessor } from '../platform/processors/view.js';
import { type PartnerFilter, partnerList, PartnerRow, partnersOf, shownPartner } from './partner-list.view.js';
import type { PartnerEvent, PartnerProfile } from './partner.events.js';
import { partnersMigrations } from './partners.migrations.js';

const profile: PartnerProfile = {
  legalName: 'North_100% GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'silver',
  territories: ['DE', 'AT'],
  authorisedFamilies: ['backup'],
};
const applied: PartnerEvent = { type: 'PartnerApplied', data: profile };
const onboarded: PartnerEvent = { type: 'PartnerOnboarded', data: profile };
const changed: PartnerEvent = {
  type: 'PartnerProfileChanged',
  data: { ...profile, legalName: 'South SA', tier: 'gold', channelManager: 'manager-1' },
};
const suspended: PartnerEvent = { type: 'PartnerSuspended', data: { reason: 'audit' } };
const reinstated: PartnerEvent = { type: 'PartnerReinstated', data: { reason: 'clean' } };
const terminated: PartnerEvent = { type: 'PartnerTerminated', data: { reason: 'end' } };

let db: TestDatabase;
let log: TestLog;
beforeAll(async () => {
  db = await startDatabase({ entities: [PartnerRow], migrations: partnersMigrations });
  log = await startLog();
});
afterAll(async () => {
  await log.close();
  await db.drop();
});

/** Its row once each event has come twice, as after a crash. */
const rowAfter = async (vendor: string, id: string, ...events: PartnerEvent[]) => {
  const { handle } = viewProcessor(partnerList, db.database);
  await append(log.store, `partner-${vendor}.${id}`, 'no-stream', events);
  for await (const event of log.store.read(`partner-${vendor}.${id}`))
    for (const batch of [[event], [event]]) await db.database.transaction((tx) => handle(batch, tx));
  return db.database.getRepository(PartnerRow).findOneByOrFail({ key: `${vendor}.${id}` });
};

const found = async (filter: PartnerFilter) =>
  (await partnersOf(db.database, 'vendor-a', filter).getMany()).map(({ partnerId }) => partnerId).toSorted();

describe('the list of partners', () => {
  it.each<[string, PartnerEvent[], Partial<ReturnType<typeof shownPartner>>]>([
    ['an applicant', [applied], { status: 'applicant', legalName: 'North_100% GmbH', territories: ['DE', 'AT'] }],
    ['a partner', [onboarded], { status: 'active', tier: 'silver', channelManager: null }],
    ['an applicant that became one', [applied, onboarded], { status: 'active' }],
    [
      'another profile',
      [onboarded, changed],
      { status: 'active', legalName: 'South SA', tier: 'gold', channelManager: 'manager-1' },
    ],
    ['a suspended one', [onboarded, suspended], { status: 'suspended' }],
    ['a reinstated one', [onboarded, suspended, reinstated], { status: 'active' }],
    ['a terminated one', [onboarded, terminated], { status: 'terminated', legalName: 'North_100% GmbH' }],
  ])('shows %s', async (what, events, shown) => {
    const id = what.replaceAll(' ', '-');
    expect(shownPartner(await rowAfter('demo', id, ...events))).toMatchObject({ id, ...shown });
  });

  it("finds by part of the id, name or domain, taking % and _ for what they are, never another vendor's", async () => {
    await rowAfter('vendor-a', 'p1', onboarded);
    await rowAfter('vendor-a', 'p2', onboarded, changed, suspended);
    await rowAfter('vendor-b', 'p1', onboarded);
    expect(await found({})).toEqual(['p1', 'p2']);
    expect(await found({ q: '_100%' })).toEqual(['p1']);
    expect(await found({ q: 'H_100' })).toEqual(['p1']);
    expect(await found({ q: 'h%g' })).toEqual([]);
    expect(await found({ q: 'NORTH.example' })).toEqual(['p1', 'p2']);
    expect(await found({ q: 'south', tier: 'gold', status: 'suspended', countryCode: 'DE' })).toEqual(['p2']);
    expect(await found({ q: 'south', tier: 'silver' })).toEqual([]);
  });
});
