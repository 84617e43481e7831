import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import { workerModule } from '../../dist/apps/worker/worker.module.js';
import { SystemClock } from '../../dist/libs/platform/clock.js';
import { EventStoreDb } from '../../dist/libs/platform/event-store/eventstoredb.js';
import { ExecutePolicy, programmeId } from '../../dist/libs/policy/policy.handler.js';
import { PolicyBook } from '../../dist/libs/policy/policy-book.js';
import { standardV1 } from '../../dist/libs/policy/standard-v1.js';
import { screeningReactor } from '../../dist/libs/screening/screening.reactor.js';
import { recordOf } from './company-names.mjs';
import { partnerOf, submittedEvent } from './deals.mjs';

const version = 'bench';
const most = 100_000;
const rules = { ...standardV1, openRegistrations: { registered: most, silver: most, gold: most, platinum: most } };

/** The n-th as an earlier pass would have left it, of a customer of its own. */
export const claimOf = ({ company }, n) => ({
  claimId: `claim-${n}`,
  kind: 'registration',
  partnerId: partnerOf(n),
  place: n + 1,
  customerKey: `customer-${n}`,
  productFamilies: ['backup'],
  lostFamilies: [],
  completeAt: '2026-01-01T00:00:00.000Z',
  returnedAt: null,
  policyVersion: version,
  contentHash: 'none',
  record: recordOf(company(n)),
  live: true,
  open: true,
});

const publish = async (bus, vendor) => {
  const draftId = randomUUID();
  for (const command of [
    { type: 'DraftPolicy', draftId, version, rules },
    { type: 'ValidatePolicy', draftId },
    { type: 'PublishPolicy', draftId },
  ]) {
    const id = randomUUID();
    const caller = { vendor, actor: 'bench', commandId: id, correlationId: id, causationId: id };
    await bus.execute(new ExecutePolicy(programmeId, command, { ...caller, now: new Date().toISOString() }));
  }
};

/** A submission as the api leaves it in the log: of a company of its own, or of every tenth known one. */
const submissionOf = (vendor, { company, twin }, n, known) => {
  const { id, type, data, metadata } = submittedEvent(n);
  const earlier = (n * 7_919) % known;
  const { name, ...rest } =
    n % 10 === 0 ? { ...recordOf(company(earlier)), ...twin(company(earlier), n) } : recordOf(company(n));
  const fields = {
    ...data.fields,
    customer: { ...rest, legalName: name },
    contact: { ...data.fields.contact, email: `contact-${n}@gmail.com` },
    productFamilies: ['backup'],
  };
  const receipt = { ...data.receipt, policyVersion: version };
  return { id, type, data: { ...data, fields, receipt }, metadata: { ...metadata, vendor, policyVersion: version } };
};

/** The pass over `count` submissions, its commands included: claims a second, and what of a processor this process took. */
export const measureScreening = async ({ database, eventStoreUrl, vendor, companies, known, count }) => {
  const store = EventStoreDb.connect(eventStoreUrl);
  const parts = { store, database, clock: new SystemClock() };
  const app = await NestFactory.createApplicationContext(workerModule(parts), { logger: false });
  try {
    const bus = app.get(CommandBus);
    await publish(bus, vendor);
    const reactor = screeningReactor({ bus, ...parts }, app.get(PolicyBook, { strict: false }));
    const first = await store.head();
    let [next, end] = [known + 1, known + 1 + count];
    const submit = async () => {
      while (next < end) {
        const { id, ...event } = submissionOf(vendor, companies, next++, known);
        await store.append(`registration-${vendor}.${id}`, 'no-stream', [{ id: randomUUID(), ...event }]);
      }
    };
    await Promise.all(Array.from({ length: 64 }, submit));
    const events = [];
    for await (const event of store.readAll({ after: first })) events.push(event);
    const [began, before] = [performance.now(), process.cpuUsage()];
    for (let from = 0; from < events.length; from += 200)
      await database.transaction((tx) => reactor.handle(events.slice(from, from + 200), tx));
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(before);
    const outcomes = {};
    for await (const { type, data } of store.readAll({ after: events.at(-1).position }))
      if (type === 'RegistrationScreened') outcomes[data.outcome] = (outcomes[data.outcome] ?? 0) + 1;
    const cpuMsPerClaim = (user + system) / 1_000 / events.length;
    return { claims: events.length, perSecond: events.length / seconds, cpuMsPerClaim, outcomes };
  } finally {
    await app.close();
    await store.close();
  }
};
