import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { viewProcessor } from '../platform/processors/view.js';
import {
  type DirectClaimFilter,
  directClaimList,
  DirectClaimRow,
  directClaimsOf,
  shownDirectClaim,
} from './direct-claim-list.view.js';
import type { DirectClaimEvent, DirectClaimFields } from './direct-claim.events.js';
import { directClaimsMigrations } from './direct-claims.migrations.js';

const fields: DirectClaimFields & { policyVersion: string } = {
  account: { name: 'Orion Werke', countryCode: 'DE', domain: 'orion.example' },
  productFamilies: ['backup', 'erp'],
  stage: 'proposal',
  openedOn: '2026-01-10',
  policyVersion: 'standard-v1',
};
const opened: DirectClaimEvent = {
  type: 'DirectClaimOpened',
  data: { ...fields, openedAt: '2026-01-15T09:00:00.000Z' },
};
const changed: DirectClaimEvent = {
  type: 'DirectClaimChanged',
  data: {
    ...fields,
    account: { name: 'Orion', countryCode: 'AT' },
    productFamilies: ['backup'],
    toScreen: true,
    lostFamilies: [],
  },
};
const screened: DirectClaimEvent = {
  type: 'DirectClaimScreened',
  data: {
    place: 1,
    outcome: 'clear',
    customerKey: 'c1',
    otherCustomerKeys: [],
    candidates: [],
    weightsVersion: 'w',
    cases: [],
    contentionEndsAt: '2026-01-16T09:00:00.000Z',
    account: fields.account,
    previousKey: null,
  },
};
const raised: DirectClaimEvent = { type: 'DirectConflictRaised', data: { caseId: 'k1', family: 'backup' } };
const cleared: DirectClaimEvent = { type: 'DirectConflictCleared', data: { caseId: 'k1' } };
const lost = (family: string): DirectClaimEvent => ({ type: 'DirectClaimLost', data: { caseId: 'k1', family } });
const closed: DirectClaimEvent = { type: 'DirectClaimClosed', data: { closedOn: '2026-01-14' } };

let db: TestDatabase;
let log: TestLog;
beforeAll(async () => {
  db = await startDatabase({ entities: [DirectClaimRow], migrations: directClaimsMigrations });
  log = await startLog();
});
afterAll(async () => {
  await log.close();
  await db.drop();
});

/** Its row once each event has come twice, as after a crash. */
const rowAfter = async (vendor: string, id: string, ...events: DirectClaimEvent[]) => {
  const { handle } = viewProcessor(directClaimList, db.database);
  await append(log.store, `direct-${vendor}.${id}`, 'no-stream', events);
  for await (const event of log.store.read(`direct-${vendor}.${id}`))
    for (const batch of [[event], [event]]) await db.database.transaction((tx) => handle(batch, tx));
  return db.database.getRepository(DirectClaimRow).findOneByOrFail({ key: `${vendor}.${id}` });
};

const found = async (filter: DirectClaimFilter) =>
  (await directClaimsOf(db.database, 'vendor-a', filter).getMany()).map(({ crmId }) => crmId).toSorted();

describe('the list of direct claims', () => {
  it.each<[string, DirectClaimEvent[], Partial<ReturnType<typeof shownDirectClaim>>]>([
    ['an open one', [opened], { status: 'open', account: fields.account as never, customerKey: null, owner: null }],
    [
      'a changed one',
      [opened, changed],
      { account: { name: 'Orion', countryCode: 'AT', domain: null }, productFamilies: ['backup'] },
    ],
    ['a screened one', [opened, screened], { customerKey: 'c1' }],
    ['one in conflict', [opened, raised], { status: 'open', cases: ['k1'] }],
    ['one whose conflict was cleared', [opened, raised, cleared], { cases: [] }],
    ['one that lost a family', [opened, raised, lost('erp')], { status: 'open', lostFamilies: ['erp'], cases: [] }],
    ['one that lost all', [opened, lost('erp'), lost('backup')], { status: 'lost', lostFamilies: ['erp', 'backup'] }],
    ['one that a PUT does not revive', [opened, lost('backup'), changed], { status: 'lost' }],
    ['a closed one', [opened, raised, closed], { status: 'closed', cases: [] }],
    ['a closed one that loses', [opened, closed, lost('erp'), lost('backup')], { status: 'closed' }],
  ])('shows %s', async (what, events, shown) => {
    const crmId = what.replaceAll(' ', '-');
    expect(shownDirectClaim(await rowAfter('demo', crmId, ...events))).toMatchObject({ crmId, ...shown });
  });

  it("finds by family, country, status and text, never another vendor's", async () => {
    await rowAfter('vendor-a', 'OPP-1', opened);
    await rowAfter('vendor-a', 'OPP-2', opened, changed, closed);
    await rowAfter('vendor-b', 'OPP-1', opened);
    expect(await found({})).toEqual(['OPP-1', 'OPP-2']);
    expect(await found({ family: 'erp' })).toEqual(['OPP-1']);
    expect(await found({ countryCode: 'AT' })).toEqual(['OPP-2']);
    expect(await found({ status: 'open' })).toEqual(['OPP-1']);
    expect(await found({ q: 'opp-2' })).toEqual(['OPP-2']);
    expect(await found({ q: 'opp_2' })).toEqual([]);
  });
});
