import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { until } from '../../test/support/until.js';
import { DirectClaimHandler, ExecuteDirectClaim } from '../direct-claims/direct-claim.handler.js';
import { ExecutePartner } from '../partners/partner.handler.js';
import { Clock, SystemClock } from '../platform/clock.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load } from '../platform/event-store/transact.js';
import { httpMigrations } from '../platform/http/http.migrations.js';
import { IdempotencyKey } from '../platform/http/idempotency.js';
import { Metrics } from '../platform/http/metrics.js';
import type { Principal } from '../platform/http/principal.js';
import { fastifyAdapter, serve } from '../platform/http/serve.js';
import { loggerTo } from '../platform/logging.js';
import { processorMigrations } from '../platform/processors/checkpoint.migrations.js';
import { type Locks, openLocks } from '../platform/processors/lock.js';
import { type Runner, startRunner } from '../platform/processors/run.js';
import { viewProcessor } from '../platform/processors/view.js';
import { ExecutePolicy, programmeId } from '../policy/policy.handler.js';
import { standardV1 } from '../policy/standard-v1.js';
import { registrationFold } from '../registrations/registration.decider.js';
import { ExecuteRegistration, RegistrationHandler, registrationStream } from '../registrations/registration.handler.js';
import type { DealFields } from '../registrations/registration.events.js';
import { PartnersModule } from '../partners/partners.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { OpenOrJoinCase } from './conflict.handler.js';
import { conflictsMigrations } from './conflicts.migrations.js';
import { ConflictsModule } from './conflicts.module.js';
import { conflictsProcessors, conflictsViews } from './conflicts.processors.js';

const vendor = 'demo';
const people: Readonly<Record<string, Principal>> = {
  manager: { subject: 'manager-1', vendor, role: 'channel-manager' },
  auditor: { subject: 'auditor', vendor, role: 'auditor' },
  north: { subject: 'north-user', vendor, role: 'partner', partnerId: 'north' },
  south: { subject: 'south-user', vendor, role: 'partner-admin', partnerId: 'south' },
  west: { subject: 'west-user', vendor, role: 'partner', partnerId: 'west' },
  stranger: { subject: 'other-manager', vendor: 'other', role: 'channel-manager' },
};
const deal: DealFields = {
  customer: { legalName: 'Acme AG', countryCode: 'DE', domain: 'acme.example' },
  contact: { name: 'Eva Berg', email: 'eva@acme.example', title: 'CIO' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 5_000_000, currency: 'EUR' },
  expectedCloseOn: '2099-06-30',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};

@Module({})
class House {}

let db: TestDatabase;
let log: TestLog;
let app: NestFastifyApplication;
let bus: CommandBus;
let locks: Locks;
let runners: Runner[] = [];
let places = 0;
const clock = new SystemClock();
const logger = loggerTo({ write: () => undefined }, 'fatal', 'test');

beforeAll(async () => {
  db = await startDatabase({
    entities: [...conflictsViews.map(({ entity }) => entity), IdempotencyKey],
    migrations: [...processorMigrations, ...httpMigrations, ...conflictsMigrations],
  });
  log = await startLog();
  const parts = [
    { provide: EventStore, useValue: log.store },
    { provide: DataSource, useValue: db.database },
    { provide: Clock, useValue: clock },
  ];
  const house = {
    module: House,
    global: true,
    imports: [CqrsModule, PolicyModule, PartnersModule, ConflictsModule],
    providers: [...parts, RegistrationHandler, DirectClaimHandler],
    exports: parts.map(({ provide }) => provide),
  };
  app = await NestFactory.create<NestFastifyApplication>(house, fastifyAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  serve(app, { clock, database: db.database, verify: (token) => people[token]!, logger, metrics: new Metrics() });
  await app.init();
  bus = app.get(CommandBus);
  await furnish();
  locks = openLocks(db.url);
  const processors = [
    ...conflictsViews.map((view) => viewProcessor(view, db.database)),
    ...conflictsProcessors(bus, clock).reactors,
  ];
  runners = processors.map((each) =>
    startRunner(each, { database: db.database, store: log.store, locks, log: logger }),
  );
});
afterAll(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await locks?.close();
  await app?.close();
  await log?.close();
  await db?.drop();
});

const caller = (commandId: string = randomUUID()): Caller => ({
  vendor,
  actor: 'system:test',
  commandId,
  now: clock.now(),
  correlationId: commandId,
  causationId: commandId,
});

const furnish = async () => {
  const draft = { type: 'DraftPolicy', draftId: 'd', version: 'standard-v1', rules: standardV1 } as const;
  for (const command of [
    draft,
    { type: 'ValidatePolicy', draftId: 'd' },
    { type: 'PublishPolicy', draftId: 'd' },
  ] as const)
    await bus.execute(new ExecutePolicy(programmeId, command, caller()));
  for (const id of ['north', 'south', 'west']) {
    const profile = {
      legalName: id,
      domain: `${id}.example`,
      countryCode: 'DE',
      type: 'reseller',
      tier: 'gold',
      territories: ['*'],
      authorisedFamilies: ['backup'],
    } as const;
    await bus.execute(new ExecutePartner(id, { type: 'SavePartner', profile }, caller()));
  }
};

const screeningOf = (customerKey: string) => ({
  place: ++places,
  outcome: 'clear' as const,
  customerKey,
  otherCustomerKeys: [],
  candidates: [],
  weightsVersion: '1',
  cases: [],
  contentionEndsAt: clock.now(),
});

/** A screened registration of the partner, as a claimant. */
const registered = async (partnerId: string, customerKey: string) => {
  const claimId = randomUUID();
  const claim = { partnerId, fields: deal };
  await bus.execute(new ExecuteRegistration(claimId, { type: 'SubmitRegistration', claim }, caller()));
  const screening = screeningOf(customerKey);
  const record = {
    type: 'RecordScreening',
    screening,
    basis: 'new',
    overCap: null,
    policyVersion: 'standard-v1',
  } as const;
  await bus.execute(new ExecuteRegistration(claimId, record, caller()));
  return { claimId, kind: 'registration' as const, partnerId, place: screening.place };
};
type Claimants = Awaited<ReturnType<typeof registered>>[];

const contended = (customerKey: string, claimants: Claimants, commandId?: string) =>
  bus.execute(
    new OpenOrJoinCase(
      {
        customerKey,
        family: 'backup',
        claimants,
        match: { verdict: 'certain', fields: [] },
        policyVersion: 'standard-v1',
        rules: standardV1,
        reason: null,
      },
      caller(commandId),
    ),
  );

type Answer = { readonly status: number; readonly body: Record<string, any>; readonly text: string };
const ask = async (
  who: string,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  etag?: string,
): Promise<Answer> => {
  const headers = { authorization: `Bearer ${who}`, ...(etag !== undefined && { 'if-match': etag }) };
  const { statusCode, body } = await app.inject({
    method,
    url: `/v1/conflicts${url}`,
    headers,
    ...(payload && { payload }),
  });
  return { status: statusCode, body: JSON.parse(body), text: body };
};
/** The verb, on the case as it is now. */
const act = async (who: string, id: string, verb: string, payload: object = {}): Promise<Answer> => {
  const { revision } = (await ask(who, 'GET', `/${id}`)).body;
  return ask(who, 'POST', `/${id}/${verb}`, payload, `"${revision}"`);
};
const proof = (kind: string) => ({
  kind,
  sha256: randomUUID().replaceAll('-', '').repeat(2),
  occurredAt: '2026-01-05T10:00:00+01:00',
});
const registrationIs = async (claimId: string, status: string) =>
  until(`${claimId} ${status}`, async () => {
    const { state } = await load(log.store, registrationFold, registrationStream(vendor, claimId));
    return state.status === status;
  });
const caseIs = async (id: string, status: string) =>
  until(`${id} ${status}`, async () => (await ask('manager', 'GET', `/${id}`)).body['status'] === status);

describe('a case from its detection to its decision', () => {
  it('lets each side see its own, weighs what they show and takes the family from the loser', async () => {
    const [first, second] = [await registered('north', 'acme'), await registered('south', 'acme')];
    const { caseId: id } = await contended('acme', [first, second]);
    expect(id).toBe('acme.backup.1');
    await registrationIs(first.claimId, 'in-conflict');

    const { position } = (await ask('manager', 'GET', `/${id}`)).body;
    const listed = await ask('north', 'GET', `?after=${position}&status=detected`);
    expect(listed.body['items']).toEqual([expect.objectContaining({ id, ownClaim: first.claimId, outcome: null })]);
    expect((await ask('west', 'GET', '')).body['items']).toEqual([]);
    for (const who of ['west', 'stranger']) {
      expect(await ask(who, 'GET', `/${id}`)).toMatchObject({ status: 404, body: { code: 'conflict.unknown' } });
      expect((await ask(who, 'GET', `/${id}/history`)).status).toBe(404);
      expect((await ask(who, 'POST', `/${id}/evidence`, proof('poc'), '"0"')).status).toBe(404);
    }

    expect((await ask('manager', 'POST', `/${id}/adjudicate`, {})).status).toBe(428);
    expect((await act('north', id, 'adjudicate')).status).toBe(403);
    expect((await act('auditor', id, 'adjudicate')).status).toBe(403);
    expect((await act('manager', id, 'assign', { assignee: 'manager-1' })).body).toMatchObject({
      status: 'open',
      assignee: 'manager-1',
      nextStep: 'adjudicate',
      claimants: [
        { claimId: first.claimId, partnerId: 'north', status: 'in-conflict' },
        { claimId: second.claimId, partnerId: 'south' },
      ],
    });
    const adjudicated = await act('manager', id, 'adjudicate');
    expect(adjudicated.body).toMatchObject({
      status: 'under-adjudication',
      recommendation: { winner: first.claimId, rule: 'first-complete' },
      flip: `Had ${second.claimId} shown one more proposal, it would have led by effort.`,
      allowedActions: expect.arrayContaining(['decide']),
    });
    expect(adjudicated.body['trace']).toHaveLength(10);

    expect((await act('south', id, 'evidence', { ...proof('poc'), claimId: first.claimId })).body['code']).toBe(
      'conflict.not-a-claimant',
    );
    expect((await act('south', id, 'evidence', proof('poc'))).body).toMatchObject({ status: 'open' });
    const decision = { winner: second.claimId, reason: 'they did the work' };
    expect(await act('manager', id, 'decide', decision)).toMatchObject({
      status: 409,
      body: { code: 'conflict.not-evaluated' },
    });
    await act('manager', id, 'adjudicate');
    expect(await act('manager', id, 'decide', { ...decision, winner: first.claimId })).toMatchObject({
      status: 409,
      body: { code: 'conflict.override-required' },
    });
    expect((await act('manager', id, 'decide', decision)).body).toMatchObject({ status: 'decided', rule: 'effort' });
    await registrationIs(first.claimId, 'rejected');
    await registrationIs(second.claimId, 'under-review');

    const lost = await ask('north', 'GET', `/${id}`);
    expect(lost.body).toMatchObject({ outcome: 'lost', ownClaim: first.claimId, rule: 'effort' });
    const history = await ask('north', 'GET', `/${id}/history`);
    expect(history.body.map(({ type }: { type: string }) => type)).toEqual([
      'ConflictDetected',
      'CaseAssigned',
      'PolicyEvaluated',
      'PolicyEvaluated',
      'CaseDecided',
    ]);
    expect((await ask('south', 'GET', `/${id}`)).body).toMatchObject({ outcome: 'won' });
    const told = lost.text + history.text + (await ask('north', 'GET', '')).text;
    for (const secret of ['south', second.claimId, 'manager', 'acme"', decision.reason])
      expect(told).not.toContain(secret);
    expect((await ask('auditor', 'GET', `/${id}/history`)).body).toHaveLength(6);
  });

  it('does not decide on what a claim has shown since', async () => {
    const claimants = [await registered('north', 'rhea'), await registered('south', 'rhea')];
    const { caseId: id } = await contended('rhea', claimants);
    await act('manager', id, 'adjudicate');
    const evidence = { kind: 'poc', sha256: 'a', occurredAt: '2026-01-05T10:00:00.000Z' } as const;
    await bus.execute(
      new ExecuteRegistration(claimants[1]!.claimId, { type: 'AttachEvidence', ...evidence }, caller()),
    );
    expect(await act('manager', id, 'decide', { winner: claimants[0]!.claimId })).toMatchObject({
      status: 409,
      body: { code: 'conflict.evaluation-stale' },
    });
    expect((await act('manager', id, 'adjudicate')).body['recommendation']).toMatchObject({ rule: 'effort' });
  });

  it('ends when a claimant withdraws and but one is left', async () => {
    const claimants = [await registered('north', 'titan'), await registered('south', 'titan')];
    const { caseId: id } = await contended('titan', claimants);
    await registrationIs(claimants[1]!.claimId, 'in-conflict');
    await bus.execute(
      new ExecuteRegistration(claimants[0]!.claimId, { type: 'WithdrawRegistration', reason: 'gone' }, caller()),
    );
    await caseIs(id, 'dismissed');
    await registrationIs(claimants[1]!.claimId, 'under-review');
  });
});

describe('two that open a case', () => {
  it('meet in one, and a repeat answers what it did after the case has ended', async () => {
    const claimants = [await registered('north', 'dione'), await registered('south', 'dione')];
    const commandId = randomUUID();
    const both = await Promise.all([contended('dione', claimants, commandId), contended('dione', claimants)]);
    expect(both.map(({ caseId }) => caseId)).toEqual(['dione.backup.1', 'dione.backup.1']);
    expect(both.map(({ revision }) => revision)).toEqual([0, 0]);
    const third = await registered('west', 'dione');
    const joinId = randomUUID();
    const joined = await contended('dione', [...claimants, third], joinId);
    expect(joined).toMatchObject({ caseId: 'dione.backup.1', revision: 1, events: [{ type: 'ClaimantJoined' }] });
    await act('manager', 'dione.backup.1', 'dismiss', { reason: 'other', note: 'settled by phone' });
    expect(await contended('dione', [...claimants, third], joinId)).toMatchObject({
      caseId: 'dione.backup.1',
      revision: 1,
    });
    expect(await contended('dione', claimants)).toMatchObject({ caseId: 'dione.backup.2', revision: 0 });
  });

  it('a manager does so by hand, for live claims on the family alone', async () => {
    const [ours, theirs] = [await registered('north', 'metis'), await registered('south', 'other-metis')];
    const account = { name: 'Metis', countryCode: 'DE' };
    const fields = { account, productFamilies: ['backup'], stage: 'open', openedOn: '2026-01-10' };
    await bus.execute(new ExecuteDirectClaim('crm-7', { type: 'SaveDirectClaim', fields }, caller()));
    const asked = { family: 'backup', reason: 'the same group', claimIds: [theirs.claimId, ours.claimId, 'crm-7'] };
    expect((await ask('manager', 'POST', '', asked)).body['code']).toBe('conflict.claim-not-screened');
    const record = {
      type: 'RecordDirectScreening',
      screening: screeningOf('metis'),
      account,
      previousKey: null,
    } as const;
    await bus.execute(new ExecuteDirectClaim('crm-7', record, caller()));
    expect((await ask('manager', 'POST', '', { ...asked, family: 'erp' })).body['code']).toBe(
      'conflict.claim-not-live',
    );
    expect((await ask('manager', 'POST', '', { ...asked, claimIds: ['crm-7', 'x'] })).body['code']).toBe(
      'conflict.claim-unknown',
    );
    expect((await ask('north', 'POST', '', asked)).status).toBe(403);
    expect(await ask('manager', 'POST', '', asked)).toMatchObject({
      status: 201,
      body: { id: 'metis.backup.1', type: 'partner-vs-direct', match: null, reason: 'the same group' },
    });
    const evaluated = await act('manager', 'metis.backup.1', 'adjudicate');
    expect(evaluated.body['recommendation']).toMatchObject({
      winner: null,
      reason: expect.stringContaining('direct sales'),
    });
  });
});

describe('evidence that is asked for', () => {
  it('has one deadline for both, and the clock opens the case again after it', async () => {
    const { caseId: id } = await contended('hebe', [
      await registered('north', 'hebe'),
      await registered('south', 'hebe'),
    ]);
    const asked = await act('manager', id, 'request-evidence', { question: 'Who showed it?' });
    expect(asked.body).toMatchObject({ status: 'evidence-requested', nextStep: 'evidence' });
    const { dueAt } = asked.body['evidenceRequest'];
    for (const who of ['north', 'south'])
      expect((await ask(who, 'GET', `/${id}`)).body['evidenceRequest']).toEqual({ question: 'Who showed it?', dueAt });
    const { key } = await until('the deadline', async () => {
      const rows = await db.database.query<{ key: string }[]>(`SELECT key FROM conflict_deadline WHERE case_id = $1`, [
        id,
      ]);
      return rows[0];
    });
    const [alarm] = conflictsProcessors(bus, clock).alarms;
    const due = { key, vendor, caseId: id, dueAt };
    await alarm!.ring(due, clock.now());
    await caseIs(id, 'evidence-requested');
    await alarm!.ring(due, dueAt);
    await caseIs(id, 'open');
    await until('no deadline', async () => {
      const rows = await db.database.query<object[]>(`SELECT FROM conflict_deadline WHERE case_id = $1`, [id]);
      return rows.length === 0;
    });
    expect((await act('north', id, 'evidence', proof('demo'))).body['code']).toBe('conflict.evidence-too-late');
  });
});

describe('the list of cases', () => {
  it('goes page by page, the newest first', async () => {
    const made: string[] = [];
    for (const customer of ['io', 'leda', 'elara'])
      made.unshift(
        (await contended(customer, [await registered('west', customer), await registered('north', customer)])).caseId,
      );
    const { position } = (await ask('manager', 'GET', `/${made[0]!}`)).body;
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && pages.length < made.length;) {
      const page: Answer = await ask('west', 'GET', `?limit=1&after=${position}${cursor && `&cursor=${cursor}`}`);
      pages.push(page.body['items'][0].id);
      cursor = page.body['nextCursor'];
    }
    expect(pages).toEqual(made);
  });
});
