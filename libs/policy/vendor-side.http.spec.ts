import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, startApi } from '../../apps/api/start.js';
import { schema, views } from '../../apps/schema.js';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { readConfig } from '../platform/config.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { startLogging } from '../platform/logging.js';
import { viewProcessor } from '../platform/processors/view.js';
import { deal, submitted } from '../registrations/registration.fixture.js';
import { localDate } from './business-days.js';
import { standardV1 } from './standard-v1.js';

const dataDir = mkdtempSync(join(tmpdir(), 'tiebreak-vendor-side-'));
let log: TestLog;
let db: TestDatabase;
let api: RunningApi;
beforeAll(async () => {
  [db, log] = [await startDatabase(schema), await startLog()];
  const stores = { DATABASE_URL: db.url, EVENTSTORE_URL: log.node.connectionString };
  const config = readConfig({ ...stores, DEMO: 'true', PORT: '0', DATA_DIR: dataDir }, 'api');
  api = await startApi(config, startLogging('silent', 'api'));
});
afterAll(async () => {
  await api.stop();
  await log.close();
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const tokens = new Map<string, string>();
const tokenOf = async (persona: string): Promise<string> => {
  const known = tokens.get(persona);
  if (known) return known;
  const answer = await fetch(`${api.url}/demo/token`, { method: 'POST', body: new URLSearchParams({ persona }) });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  tokens.set(persona, token);
  return token;
};

type Answer = { status: number; etag: string; location: string | null; body: Record<string, unknown> };
const call = async (
  persona: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const answer = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(persona)}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const [etag, location] = [answer.headers.get('etag') ?? '', answer.headers.get('location')];
  return { status: answer.status, etag, location, body: (await answer.json()) as Record<string, unknown> };
};
const verb = (persona: string, path: string, etag: string, body?: unknown) =>
  call(persona, 'POST', path, body, { 'if-match': etag });

const partnersListed = async (query: string) => {
  const { body } = await call('auditor', 'GET', `/v1/partners?${query}`);
  return { ids: (body['items'] as { id: string }[]).map(({ id }) => id), next: String(body['nextCursor']) };
};

/** Everything that the log holds goes into the views. */
const catchUp = async () => {
  const batch: Recorded[] = [];
  for await (const event of log.store.readAll()) batch.push(event);
  for (const each of views) await db.database.transaction((tx) => viewProcessor(each, db.database).handle(batch, tx));
};

describe('partners', () => {
  const profile = {
    legalName: 'North GmbH',
    domain: 'north.example',
    countryCode: 'DE',
    type: 'reseller',
    tier: 'gold',
    territories: ['*'],
    authorisedFamilies: ['backup'],
  };

  it('are saved repeatably, suspended by revision, and read by themselves alone', async () => {
    const saved = await call('manager-1', 'PUT', '/v1/partners/partner-09', profile);
    expect(saved).toMatchObject({ status: 200, body: { id: 'partner-09', status: 'active', tier: 'gold' } });
    const again = await call('manager-1', 'PUT', '/v1/partners/partner-09', { ...profile, parent: null });
    expect([again.status, again.etag]).toEqual([200, saved.etag]);

    const path = '/v1/partners/partner-09/suspend';
    const reason = { reason: 'audit' };
    expect(await call('manager-1', 'POST', path, reason)).toMatchObject({ status: 428 });
    expect(await verb('manager-1', path, '"99"', reason)).toMatchObject({ status: 412, body: { currentRevision: 1 } });
    expect(await verb('manager-1', '/v1/partners/nobody/suspend', '"0"', reason)).toMatchObject({ status: 404 });
    expect(await verb('manager-1', path, saved.etag, reason)).toMatchObject({
      body: { status: 'suspended', allowedActions: ['reinstate', 'terminate'] },
    });

    expect(await call('partner-09', 'GET', '/v1/partners/partner-09')).toMatchObject({ body: { status: 'suspended' } });
    const hidden = { status: 404, body: { code: 'partner.unknown' } };
    expect(await call('partner-09', 'GET', '/v1/partners/partner-01')).toMatchObject(hidden);
    expect(await call('other-manager', 'GET', '/v1/partners/partner-09')).toMatchObject(hidden);
    expect(await call('auditor', 'PUT', '/v1/partners/partner-09', profile)).toMatchObject({ status: 403 });
    expect(await call('manager-1', 'PUT', '/v1/partners/bad%20id', profile)).toMatchObject({ status: 400 });
  });

  it('are listed page by page', async () => {
    await catchUp();
    const first = await partnersListed('limit=2');
    expect(first.ids).toEqual(['partner-01', 'partner-02']);
    expect((await partnersListed(`limit=2&cursor=${first.next}`)).ids).toEqual(['partner-03', 'partner-04']);
    expect(await partnersListed('status=suspended&tier=gold&q=NORTH')).toEqual({ ids: ['partner-09'], next: 'null' });
  });
});

const claim = {
  account: { name: 'Orion', countryCode: 'DE', city: null },
  productFamilies: ['backup'],
  stage: 'proposal',
  openedOn: '2026-05-03',
};

describe('direct claims', () => {
  it("are put repeatably, closed, and the vendor side's own", async () => {
    const path = '/v1/direct-claims/OPP-1';
    const opened = await call('manager-1', 'PUT', path, claim);
    expect(opened).toMatchObject({
      status: 200,
      etag: '"0"',
      body: { crmId: 'OPP-1', status: 'open', stage: 'proposal' },
    });
    expect(await call('manager-1', 'PUT', path, claim)).toMatchObject({ etag: '"0"' });
    expect(await verb('manager-1', `${path}/close`, '"0"')).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(await call('manager-1', 'PUT', path, { ...claim, stage: 'won' })).toMatchObject({
      status: 409,
      body: { code: 'direct-claim.closed' },
    });
    expect(await call('manager-1', 'PUT', path, { ...claim, account: undefined })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/account', code: 'field.required' }] },
    });
    expect(await call('partner-01', 'GET', path)).toMatchObject({ status: 403 });
    expect(await call('other-manager', 'GET', path)).toMatchObject({ status: 404 });
    await catchUp();
    expect(await call('auditor', 'GET', '/v1/direct-claims?family=backup&status=closed&q=ori')).toMatchObject({
      body: { items: [{ crmId: 'OPP-1' }], nextCursor: null },
    });
  });
});

describe('policies', () => {
  const drafts = '/v1/policies/drafts';

  it('go from a draft over its validation to being in force; partners see the published alone', async () => {
    const broken = { ...standardV1, matching: { certain: 0.5, possible: 0.9 }, lookBackDays: 1.5 };
    const draft = await call('admin', 'POST', drafts, { version: 'v2', rules: broken });
    const path = `${drafts}/${String(draft.body['id'])}`;
    expect(draft).toMatchObject({ status: 201, location: path, body: { status: 'draft', version: 'v2' } });
    expect(await verb('admin', `${path}/validate`, draft.etag)).toMatchObject({
      status: 422,
      body: {
        code: 'policy.invalid',
        errors: [
          { pointer: '/rules/lookBackDays', code: 'rules.not-a-count' },
          { pointer: '/rules/matching', code: 'rules.not-rising' },
        ],
      },
    });
    const zone = new Date().getUTCHours() < 12 ? 'Etc/GMT+12' : 'Etc/GMT-14';
    const rules = { ...standardV1, contentionHours: 12, calendar: { timeZone: zone, holidays: [] } };
    const changed = await call('admin', 'PUT', path, { version: 'v2', rules });
    expect(await verb('admin', `${path}/publish`, changed.etag)).toMatchObject({ status: 409 });
    const validated = await verb('admin', `${path}/validate`, changed.etag);
    expect(validated).toMatchObject({ status: 200, body: { allowedActions: ['publish'] } });

    const versions = async (persona: string) =>
      ((await call(persona, 'GET', '/v1/policies')).body['items'] as { version: string }[]).map((each) => each.version);
    expect(await versions('partner-01')).toEqual(['standard-v1']);
    expect(await versions('manager-1')).toEqual(['standard-v1', 'v2']);
    expect(await call('partner-01', 'GET', '/v1/policies/v2')).toMatchObject({ status: 404 });
    expect(await call('partner-01', 'GET', path)).toMatchObject({ status: 403 });

    const past = { effectiveFrom: '2020-01-01T00:00:00Z' };
    expect(await verb('admin', `${path}/publish`, validated.etag, past)).toMatchObject({ status: 422 });
    expect(await verb('admin', `${path}/publish`, validated.etag)).toMatchObject({ body: { status: 'published' } });
    expect(await call('partner-01', 'GET', '/v1/policies/v2')).toMatchObject({ body: { inForce: true, rules } });
    expect(await call('other-manager', 'GET', '/v1/policies/v2')).toMatchObject({ status: 404 });

    // in that zone it is another day than in UTC
    const { etag } = await call('manager-1', 'PUT', '/v1/direct-claims/OPP-2', claim);
    const today = localDate(new Date().toISOString(), zone);
    const closed = await verb('manager-1', '/v1/direct-claims/OPP-2/close', etag);
    expect([today, localDate(new Date().toISOString(), zone)]).toContain(closed.body['closedOn']);
  });

  it("are the admin's, and a draft that is not there is unknown, not stale", async () => {
    expect(await call('manager-1', 'POST', drafts, { version: 'v3', rules: standardV1 })).toMatchObject({
      status: 403,
    });
    expect(await verb('admin', `${drafts}/constructor/validate`, '"1"')).toMatchObject({ status: 404 });
    const shapeless = {
      version: 'v3',
      rules: {
        ...standardV1,
        amounts: { EUR: {} },
        review: { slaBusinessDays: 'x' },
        contentionHours: 1e12,
        appeal: { windowBusinessDays: 367, answerBusinessDays: 366 },
        leadDays: undefined,
        calendar: { timeZone: 'UTC', holidays: ['yesterday'] },
        minimumValueOverrides: [{ family: null, currency: 'EUR', minimumValue: 1 }],
      },
    };
    const { status, body } = await call('admin', 'POST', drafts, shapeless);
    expect([status, (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).toSorted()]).toEqual([
      400,
      [
        '/rules/amounts',
        '/rules/appeal/windowBusinessDays',
        '/rules/calendar/holidays',
        '/rules/contentionHours',
        '/rules/leadDays',
        '/rules/minimumValueOverrides/0/family',
        '/rules/review/holdBusinessDays',
        '/rules/review/slaBusinessDays',
      ],
    ]);
  });
});

describe('customers', () => {
  it('show what claims call them, who claims them and who holds what', async () => {
    const customer = { legalName: 'Nova SA', countryCode: 'FR' };
    await append(log.store, 'registration-demo.r1', 'no-stream', [
      {
        ...submitted,
        data: { ...submitted.data, partnerId: 'partner-01', fields: { ...deal, productFamilies: ['erp'] } },
      },
      { type: 'CustomerResolved', data: { customerKey: 'c1', previousKey: null, basis: 'new', customer } },
    ]);
    await append(log.store, 'customer-demo.c1', 'no-stream', [
      { type: 'CustomerIdentified', data: { claimId: 'r1', name: 'Nova SA', countryCode: 'FR' } },
    ]);
    const grant = { grantId: 'r1.1', registrationId: 'r1', partnerId: 'partner-01', customerKey: 'c1', family: 'erp' };
    const times = { from: '2026-01-15T09:00:00.000Z', to: '2026-04-15T09:00:00.000Z' };
    await append(log.store, 'exclusivity-demo.c1.erp', 'no-stream', [
      { type: 'ExclusivityTaken', data: { ...grant, ...times } },
    ]);
    await catchUp();
    expect(await call('auditor', 'GET', '/v1/customers?q=nov')).toMatchObject({
      body: { items: [{ customerKey: 'c1', name: 'Nova SA' }] },
    });
    expect(await call('manager-1', 'GET', '/v1/customers/c1')).toMatchObject({
      status: 200,
      etag: '"0"',
      body: {
        names: ['Nova SA'],
        claims: [{ claimId: 'r1', partnerId: 'partner-01', status: 'submitted', live: true }],
        holders: { erp: { registrationId: 'r1', partnerId: 'partner-01' } },
      },
    });
    expect(await call('other-manager', 'GET', '/v1/customers/c1')).toMatchObject({ status: 404 });
    expect(await call('partner-01', 'GET', '/v1/customers/c1')).toMatchObject({ status: 403 });
  });
});

describe('the description of the api', () => {
  it('has no reference that leads nowhere', async () => {
    const text = await (await fetch(`${api.url}/openapi.json`)).text();
    const schemas = (JSON.parse(text) as { components: { schemas: object } }).components.schemas;
    const used = [...text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name);
    expect(used.filter((name) => !Object.hasOwn(schemas, name ?? ''))).toEqual([]);
    expect(used).toContain('CalendarBody');
  });
});
