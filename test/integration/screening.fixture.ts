import { afterEach, beforeEach } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { schema } from '../../apps/schema.js';
import { workerModule } from '../../apps/worker/worker.module.js';
import { conflictCase } from '../../libs/conflicts/conflict.decider.js';
import { caseStream } from '../../libs/conflicts/conflict.handler.js';
import { ExecutePartner } from '../../libs/partners/partner.handler.js';
import { SystemClock } from '../../libs/platform/clock.js';
import type { Recorded } from '../../libs/platform/event-store/event-store.js';
import { type Caller, load } from '../../libs/platform/event-store/transact.js';
import type { Processor } from '../../libs/platform/processors/processor.js';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { ExecutePolicy, programmeId } from '../../libs/policy/policy.handler.js';
import { standardV1 } from '../../libs/policy/standard-v1.js';
import { registrationFold } from '../../libs/registrations/registration.decider.js';
import type { DealFields } from '../../libs/registrations/registration.events.js';
import { ExecuteRegistration, registrationStream } from '../../libs/registrations/registration.handler.js';
import { isClaim } from '../../libs/registrations/registration.state.js';
import { screeningReactor } from '../../libs/screening/screening.reactor.js';
import { startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';

export const vendor = 'demo';
export const clock = new SystemClock();
export let log: TestLog;
export let db: TestDatabase;
export let app: INestApplicationContext;
export let bus: CommandBus;
let screening: Processor;
let seen: string | undefined;

/** A log, a database and the handlers for each test, and a policy and two partners to begin with. */
export const useScreening = (): void => {
  beforeEach(async () => {
    [log, db] = [await startLog(), await startDatabase(schema)];
    app = await NestFactory.createApplicationContext(workerModule({ store: log.store, database: db.database, clock }), {
      logger: false,
    });
    bus = app.get(CommandBus);
    screenBy(app.get(PolicyBook, { strict: false }));
    startOver();
    await publish('standard-v1', standardV1);
    for (const id of ['north', 'south'])
      await bus.execute(new ExecutePartner(id, { type: 'SavePartner', profile }, caller()));
  });
  afterEach(async () => {
    await app.close();
    await log.close();
    await db.drop();
  });
};

/** From now on by these policies. */
export const screenBy = (policies: PolicyBook): void => {
  screening = screeningReactor({ bus, store: log.store, clock }, policies);
};
/** As if nothing of the log had been seen. */
export const startOver = (): void => {
  seen = undefined;
};

/** All that is new goes through the reactor, event by event as they stand in the log, until nothing more comes. */
export async function pass({ crash = false } = {}): Promise<number> {
  for (;;) {
    const batch: Recorded[] = [];
    for await (const event of log.store.readAll({ after: seen })) batch.push(event);
    if (batch.length === 0) return (await events()).length;
    await db.database
      .transaction(async (tx) => {
        await screening.handle(batch, tx);
        if (crash) throw new Error('crash');
      })
      .catch((fault: Error) => {
        if (fault.message !== 'crash') throw fault;
      });
    if (crash) return (await events()).length;
    seen = batch.at(-1)!.position;
  }
}

export async function events(): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const event of log.store.readAll()) all.push(event);
  return all;
}
export async function rows(): Promise<{ claim_id: string; customer_key: string; live: boolean }[]> {
  return db.database.query('SELECT * FROM screening_claim ORDER BY place');
}

export async function submit(
  partnerId: string,
  productFamilies: string[],
  of: DealFields['customer'] = customer,
): Promise<string> {
  const id = randomUUID();
  const claimed = { partnerId, fields: { ...deal, customer: of, productFamilies } };
  await bus.execute(new ExecuteRegistration(id, { type: 'SubmitRegistration', claim: claimed }, caller()));
  return id;
}
export async function claim(id: string) {
  const { state } = await load(log.store, registrationFold, registrationStream(vendor, id));
  if (!isClaim(state)) throw new Error(`${id} is ${state.status}`);
  return state;
}
export async function caseOf(id: string): Promise<string> {
  return (await claim(id)).screening!.cases[0]!.caseId;
}
export async function claimants(caseId: string): Promise<string[]> {
  const { state } = await load(log.store, conflictCase, caseStream(vendor, caseId));
  return state.status === 'unknown' ? [] : state.claimants.map(({ claimId }) => claimId);
}

export async function publish(version: string, rules: typeof standardV1): Promise<void> {
  const draftId = randomUUID();
  for (const command of [
    { type: 'DraftPolicy', draftId, version, rules },
    { type: 'ValidatePolicy', draftId },
    { type: 'PublishPolicy', draftId },
  ] as const)
    await bus.execute(new ExecutePolicy(programmeId, command, caller()));
}

export function caller(): Caller {
  const id = randomUUID();
  return { vendor, actor: 'ann', commandId: id, now: clock.now(), correlationId: id, causationId: id };
}

export const profile = {
  legalName: 'North GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'gold',
  territories: ['*'],
  authorisedFamilies: ['backup', 'erp', 'identity'],
} as const;
export const customer = { legalName: 'Orion Systems sp. z o.o.', countryCode: 'PL', domain: 'orion-systems.pl' };
export const deal: DealFields = {
  customer,
  contact: { name: 'Ewa Lis', email: 'ewa.lis@gmail.com', title: 'CIO' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 5_000_000, currency: 'EUR' },
  expectedCloseOn: '2099-06-30',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};
export const opportunity = {
  account: { name: 'Orion Systems', countryCode: 'PL', domain: 'orion-systems.pl' },
  productFamilies: ['erp'],
  stage: 'proposal',
  openedOn: '2026-01-05',
};
/** A customer that nothing has in common with the other one. */
export const sirius = { legalName: 'Sirius Analytics', countryCode: 'PL', domain: 'sirius.pl' };
