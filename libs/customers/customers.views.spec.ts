import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import type { Event } from '../kernel/decider.js';
import type { StreamName } from '../platform/event-store/event-store.js';
import { viewProcessor } from '../platform/processors/view.js';
import type { DealFields, RegistrationEvent, Screening } from '../registrations/registration.events.js';
import { claimsOn, CustomerClaimRow, customerClaims } from './customer-claims.view.js';
import { customerList, CustomerRow, customersOf, holdersOf } from './customer-list.view.js';
import type { Identity } from './customer.events.js';
import { customersMigrations } from './customers.migrations.js';

let db: TestDatabase;
let log: TestLog;
beforeAll(async () => {
  db = await startDatabase({ entities: [CustomerRow, CustomerClaimRow], migrations: customersMigrations });
  log = await startLog();
});
afterAll(async () => {
  await log.close();
  await db.drop();
});

/** Each event comes twice, as after a crash. */
const play = async (stream: StreamName, ...events: Event[]) => {
  const views = [viewProcessor(customerList, db.database), viewProcessor(customerClaims, db.database)];
  await append(log.store, stream, 'no-stream', events);
  for await (const event of log.store.read(stream))
    for (const { handle } of [...views, ...views]) await db.database.transaction((tx) => handle([event], tx));
};

const fields = { productFamilies: ['backup', 'erp'] } as unknown as DealFields;
const screening: Screening = {
  place: 1,
  outcome: 'clear',
  customerKey: 'k',
  otherCustomerKeys: [],
  candidates: [],
  weightsVersion: 'w',
  cases: [],
  contentionEndsAt: '2026-01-16T09:00:00.000Z',
};
const submitted = (toScreen = true): RegistrationEvent => ({
  type: 'RegistrationSubmitted',
  data: {
    partnerId: 'p1',
    submittedBy: 'p1',
    tier: 'gold',
    fields,
    receipt: { policyVersion: 'v', contentHash: 'h' },
    toScreen,
    submittedAt: '2026-01-15T09:00:00.000Z',
  },
});
const resolved = (customerKey: string): RegistrationEvent => ({
  type: 'CustomerResolved',
  data: { customerKey, previousKey: null, basis: 'new', customer: { legalName: 'Orion', countryCode: 'DE' } },
});
const inCases = (...cases: Screening['cases']): RegistrationEvent => ({
  type: 'RegistrationScreened',
  data: { ...screening, cases },
});
const screened = (...caseIds: string[]) => inCases(...caseIds.map((caseId) => ({ caseId, family: 'backup' })));
const raised = (caseId: string, since?: number): RegistrationEvent => ({
  type: 'ConflictRaised',
  data: { caseId, family: 'backup', raisedAt: '2026-01-15T09:00:00.000Z', ...(since !== undefined && { since }) },
});
const cleared = (caseId: string, until?: number): RegistrationEvent => ({
  type: 'ConflictCleared',
  data: { caseId, clearedAt: '2026-01-15T09:00:00.000Z', ...(until !== undefined && { until }) },
});
const rejoined = { caseId: 'k1', family: 'backup', since: 4 };
const familyLost: RegistrationEvent = { type: 'FamilyLost', data: { family: 'erp', caseId: 'k1' } };
const returned: RegistrationEvent = {
  type: 'RegistrationReturned',
  data: { reasons: ['x'], fields: [], returnedAt: '2026-01-15T09:00:00.000Z' },
};
const approved: RegistrationEvent = { type: 'RegistrationApproved', data: { grants: [] } };
const rejected: RegistrationEvent = { type: 'RegistrationRejected', data: { code: 'other', explanation: '' } };

const account = { name: 'Orion', countryCode: 'DE' };
const direct = {
  account,
  productFamilies: ['backup', 'erp'],
  stage: 'x',
  openedOn: '2026-01-10',
  policyVersion: 'standard-v1',
};
const opened: DirectClaimEvent = { type: 'DirectClaimOpened', data: { ...direct, openedAt: '' } };
const lost = (family: string): DirectClaimEvent => ({ type: 'DirectClaimLost', data: { caseId: 'k1', family } });
const saved = (productFamilies: string[], lostFamilies: string[]): DirectClaimEvent => ({
  type: 'DirectClaimChanged',
  data: { ...direct, productFamilies, toScreen: true, lostFamilies },
});
const found = async (q?: string) =>
  (await customersOf(db.database, 'demo', q).getMany()).map(({ customerKey }) => customerKey).toSorted();

describe('the list of customers', () => {
  const identity: Identity = { claimId: 'r1', name: 'Orion Werke GmbH', countryCode: 'DE', domain: 'orion.example' };
  const other: Identity = { ...identity, name: 'ORION', registryIds: [{ type: 'tax', value: 'DE123' }] };
  const grant = { grantId: 'r1.1', registrationId: 'r1', partnerId: 'p1', customerKey: 'c2', family: 'backup' };
  const times = { from: '2026-01-15T09:00:00.000Z', to: '2026-04-15T09:00:00.000Z' };
  it('gathers what claims call a customer', async () => {
    await play(
      'customer-demo.c1',
      { type: 'CustomerIdentified', data: identity },
      { type: 'CustomerIdentityAdded', data: other },
    );
    expect(await db.database.getRepository(CustomerRow).findOneBy({ key: 'demo.c1' })).toMatchObject({
      customerKey: 'c1',
      name: 'Orion Werke GmbH',
      names: ['Orion Werke GmbH', 'ORION'],
      domains: ['orion.example'],
      registryIds: [{ type: 'tax', value: 'DE123' }],
      countryCode: 'DE',
      holders: {},
    });
  });

  it("finds it by part of a name, domain or id, never another vendor's", async () => {
    await play('customer-other.c9', { type: 'CustomerIdentified', data: identity });
    expect(await found('werke')).toEqual(['c1']);
    expect(await found('N.EXA')).toEqual(['c1']);
    expect(await found('de12')).toEqual(['c1']);
    expect(await found('de_2')).toEqual([]);
    expect(await found('c9')).toEqual([]);
  });

  it('shows who holds which family, and keeps it when the name comes later', async () => {
    await play('exclusivity-demo.c2.backup', { type: 'ExclusivityTaken', data: { ...grant, ...times } });
    await play('exclusivity-demo.c2.erp', { type: 'ExclusivityTaken', data: { ...grant, ...times, family: 'erp' } });
    await play('customer-demo.c2', { type: 'CustomerIdentified', data: { ...identity, name: 'Nova' } });
    const holder = { registrationId: 'r1', partnerId: 'p1', to: times.to };
    expect(await holdersOf(db.database, 'demo', 'c2')).toEqual({ backup: holder, erp: holder });
    expect(await found('nova')).toEqual(['c2']);
  });

  it('forgets the holder of what is released, not its successor', async () => {
    const rival = { ...grant, grantId: 'r2.1', registrationId: 'r2', partnerId: 'p2', customerKey: 'c3' };
    const { grantId, registrationId, family } = grant;
    const released = { type: 'ExclusivityReleased', data: { grantId, registrationId, customerKey: 'c3', family } };
    const taken = { type: 'ExclusivityTaken', data: { ...grant, ...times, customerKey: 'c3' } };
    await play('exclusivity-demo.c3.backup', taken, released);
    expect(await holdersOf(db.database, 'demo', 'c3')).toEqual({});
    await play('exclusivity-demo.c3.backup2', { type: 'ExclusivityTaken', data: { ...rival, ...times } }, released);
    expect(await holdersOf(db.database, 'demo', 'c3')).toMatchObject({ backup: { registrationId: 'r2' } });
  });
});

describe('the claims on a customer', () => {
  it.each<[string, RegistrationEvent[], object]>([
    ['submitted', [submitted()], { status: 'submitted', live: true, kind: 'registration', partnerId: 'p1' }],
    ['clear', [submitted(), screened()], { status: 'under-review', live: true }],
    ['contended', [submitted(), screened('k1')], { status: 'in-conflict', live: true }],
    ['raised', [submitted(), screened(), raised('k1')], { status: 'in-conflict' }],
    ['half-cleared', [submitted(), screened('k1', 'k2'), cleared('k1')], { status: 'in-conflict' }],
    ['cleared', [submitted(), screened('k1'), raised('k1'), cleared('k1')], { status: 'under-review' }],
    ['cleared-before', [submitted(), cleared('k1'), screened('k1')], { status: 'under-review' }],
    ['raised-again', [submitted(), screened('k1'), cleared('k1', 3), raised('k1', 4)], { status: 'in-conflict' }],
    [
      'screened-again',
      [submitted(), screened('k1'), cleared('k1', 3), submitted(), inCases(rejoined)],
      { status: 'in-conflict' },
    ],
    ['told-late', [submitted(), cleared('k1', 5), inCases(rejoined)], { status: 'under-review' }],
    ['returned', [submitted(), screened(), returned], { status: 'returned', live: true }],
    ['back', [submitted(), screened(), returned, submitted(false)], { status: 'under-review' }],
    ['back-in-case', [submitted(), screened('k1'), returned, submitted(false)], { status: 'in-conflict' }],
    ['approved', [submitted(), screened(), approved, raised('k1')], { status: 'approved', live: true }],
    ['family-lost', [submitted(), familyLost], { productFamilies: ['backup'] }],
    ['not-won-back', [submitted(), familyLost, returned, submitted()], { productFamilies: ['backup'] }],
    ['rejected', [submitted(), rejected], { status: 'rejected', live: false }],
    ['withdrawn', [submitted(), { type: 'RegistrationWithdrawn', data: { reason: '' } }], { status: 'withdrawn' }],
    ['expired', [submitted(), { type: 'ProtectionExpired', data: { expiredAt: '' } }], { status: 'expired' }],
    [
      'revoked',
      [submitted(), { type: 'ProtectionRevoked', data: { ground: 'lost-conflict', caseId: 'k1' } }],
      { status: 'revoked', live: false },
    ],
    [
      'won',
      [submitted(), { type: 'DealWon', data: { amount: 1, currency: 'EUR', closedOn: '2026-01-15' } }],
      { status: 'won', live: false },
    ],
    ['lost', [submitted(), { type: 'DealLost', data: { reason: '' } }], { status: 'lost', live: false }],
  ])('a registration: %s', async (id, events, shown) => {
    await play(`registration-demo.${id}`, ...events, resolved(`c-${id}`));
    expect(await claimsOn(db.database, 'demo', `c-${id}`)).toEqual([
      expect.objectContaining({ claimId: id, ...shown }),
    ]);
  });

  it('a draft is no claim on anybody', async () => {
    await play('registration-demo.drafted', {
      type: 'RegistrationDrafted',
      data: { partnerId: 'p1', submittedBy: 'p1', fields },
    });
    expect(await db.database.getRepository(CustomerClaimRow).findOneByOrFail({ key: 'demo.drafted' })).toMatchObject({
      status: 'draft',
      live: false,
      customerKey: null,
    });
  });

  it.each<[string, DirectClaimEvent[], object]>([
    ['opened', [opened], { status: 'open', live: true, kind: 'direct', partnerId: null }],
    ['changed', [opened, saved(['erp'], [])], { productFamilies: ['erp'] }],
    ['lost-one', [opened, lost('erp')], { status: 'open', productFamilies: ['backup'] }],
    ['lost-all', [opened, lost('erp'), lost('backup')], { status: 'lost', live: false }],
    ['not-revived', [opened, lost('erp'), saved(['erp'], ['erp'])], { status: 'lost', live: false }],
    ['closed', [opened, { type: 'DirectClaimClosed', data: { closedOn: '' } }], { status: 'closed', live: false }],
  ])('a direct claim: %s', async (id, events, shown) => {
    const screenedDirect = { type: 'DirectClaimScreened', data: { ...screening, customerKey: `d-${id}`, account } };
    await play(`direct-demo.${id}`, ...events, screenedDirect);
    expect(await claimsOn(db.database, 'demo', `d-${id}`)).toEqual([
      expect.objectContaining({ claimId: id, ...shown }),
    ]);
  });

  it("live ones come first, and another vendor's never", async () => {
    await play('registration-demo.a', submitted(), resolved('shared'), rejected);
    await play('registration-demo.b', submitted(), resolved('shared'));
    await play('registration-other.c', submitted(), resolved('shared'));
    expect((await claimsOn(db.database, 'demo', 'shared')).map(({ claimId }) => claimId)).toEqual(['b', 'a']);
  });
});
