import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { startLog } from '../../test/support/log.js';
import { startDatabase } from '../../test/support/postgres.js';
import { until } from '../../test/support/until.js';
import { DirectClaimHandler } from '../direct-claims/direct-claim.handler.js';
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
import { openLocks } from '../platform/processors/lock.js';
import { startRunner } from '../platform/processors/run.js';
import { viewProcessor } from '../platform/processors/view.js';
import { ExecutePolicy, programmeId } from '../policy/policy.handler.js';
import { standardV1 } from '../policy/standard-v1.js';
import { registrationFold } from '../registrations/registration.decider.js';
import { ExecuteRegistration, RegistrationHandler, registrationStream } from '../registrations/registration.handler.js';
import type { DealFields } from '../registrations/registration.events.js';
import { PartnersModule } from '../partners/partners.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import type { Claimant } from './conflict.events.js';
import { OpenOrJoinCase } from './conflict.handler.js';
import { conflictsMigrations } from './conflicts.migrations.js';
import { ConflictsModule } from './conflicts.module.js';
import { conflictsProcessors, conflictsViews } from './conflicts.processors.js';

export const vendor = 'demo';
const people: Readonly<Record<string, Principal>> = {
  manager: { subject: 'manager-1', vendor, role: 'channel-manager' },
  auditor: { subject: 'auditor', vendor, role: 'auditor' },
  north: { subject: 'north-user', vendor, role: 'partner', partnerId: 'north' },
  south: { subject: 'south-user', vendor, role: 'partner-admin', partnerId: 'south' },
  west: { subject: 'west-user', vendor, role: 'partner', partnerId: 'west' },
  stranger: { subject: 'other-manager', vendor: 'other', role: 'channel-manager' },
};
export const deal: DealFields = {
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

export type Answer = { readonly status: number; readonly body: Record<string, any>; readonly text: string };

/** The slice on stores of its own: its routes, its views and its reactors at work, a policy and three partners. */
export const startCases = async () => {
  const clock = new SystemClock();
  const logger = loggerTo({ write: () => undefined }, 'fatal', 'test');
  const db = await startDatabase({
    entities: [...conflictsViews.map(({ entity }) => entity), IdempotencyKey],
    migrations: [...processorMigrations, ...httpMigrations, ...conflictsMigrations],
  });
  const log = await startLog();
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
  const app = await NestFactory.create<NestFastifyApplication>(house, fastifyAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  serve(app, { clock, database: db.database, verify: (token) => people[token]!, logger, metrics: new Metrics() });
  await app.init();
  const bus = app.get(CommandBus);
  await furnish(bus, clock);
  const locks = openLocks(db.url);
  const { reactors, alarms } = conflictsProcessors(bus, clock);
  const runners = [...conflictsViews.map((view) => viewProcessor(view, db.database)), ...reactors].map((each) =>
    startRunner(each, { database: db.database, store: log.store, locks, log: logger }),
  );
  let places = 0;
  const callerNow = (commandId?: string) => caller(clock, commandId);
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
    await bus.execute(new ExecuteRegistration(claimId, { type: 'SubmitRegistration', claim }, callerNow()));
    const screening = screeningOf(customerKey);
    const record = {
      type: 'RecordScreening',
      screening,
      contentHash: null,
      basis: 'new',
      overCap: null,
      policyVersion: 'standard-v1',
    } as const;
    await bus.execute(new ExecuteRegistration(claimId, record, callerNow()));
    return { claimId, kind: 'registration' as const, partnerId, place: screening.place };
  };
  const contended = (customerKey: string, claimants: readonly Claimant[], commandId?: string) =>
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
        callerNow(commandId),
      ),
    );

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
  const registrationIs = async (claimId: string, status: string) =>
    until(`${claimId} ${status}`, async () => {
      const { state } = await load(log.store, registrationFold, registrationStream(vendor, claimId));
      return state.status === status;
    });
  const caseIs = async (id: string, status: string) =>
    until(`${id} ${status}`, async () => (await ask('manager', 'GET', `/${id}`)).body['status'] === status);

  return {
    bus,
    clock,
    database: db.database,
    store: log.store,
    evidenceDeadline: alarms[0]!,
    caller: callerNow,
    screeningOf,
    registered,
    contended,
    ask,
    act,
    registrationIs,
    caseIs,
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()));
      await locks.close();
      await app.close();
      await log.close();
      await db.drop();
    },
  };
};

const caller = (clock: Clock, commandId: string = randomUUID()): Caller => ({
  vendor,
  actor: 'system:test',
  commandId,
  now: clock.now(),
  correlationId: commandId,
  causationId: commandId,
});

const furnish = async (bus: CommandBus, clock: Clock) => {
  const draft = { type: 'DraftPolicy', draftId: 'd', version: 'standard-v1', rules: standardV1 } as const;
  for (const command of [
    draft,
    { type: 'ValidatePolicy', draftId: 'd' },
    { type: 'PublishPolicy', draftId: 'd' },
  ] as const)
    await bus.execute(new ExecutePolicy(programmeId, command, caller(clock)));
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
    await bus.execute(new ExecutePartner(id, { type: 'SavePartner', profile }, caller(clock)));
  }
};

export const proof = (kind: string) => ({
  kind,
  sha256: randomUUID().replaceAll('-', '').repeat(2),
  occurredAt: '2026-01-05T10:00:00+01:00',
});
