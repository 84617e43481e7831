import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { exclusivity } from '../exclusivity/exclusivity.decider.js';
import { ExclusivityHandler, ExecuteExclusivity } from '../exclusivity/exclusivity.handler.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, load, StaleRevision } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import { programmeId } from '../policy/policy.handler.js';
import { standardV1 } from '../policy/standard-v1.js';
import { approve, giveBack } from './approving.js';
import type { RegistrationEvent } from './registration.events.js';
import { deal, friday, resolved, screened, started, submitted, thursday, window } from './registration.fixture.js';
import { ExecuteRegistration, RegistrationHandler } from './registration.handler.js';
import type { Claim } from './registration.state.js';

let log: TestLog;
let house: TestingModule;
beforeAll(async () => {
  log = await startLog();
  await append(log.store, `policy-demo.${programmeId}`, 'no-stream', [
    {
      type: 'PolicyPublished',
      data: { draftId: 'd', version: 'standard-v1', effectiveFrom: '2026-01-01T00:00:00.000Z', rules: standardV1 },
    },
  ]);
  house = await Test.createTestingModule({
    imports: [CqrsModule],
    providers: [
      RegistrationHandler,
      ExclusivityHandler,
      PolicyBook,
      PartnerDirectory,
      { provide: EventStore, useValue: log.store },
    ],
  }).compile();
  await house.init();
});
afterAll(async () => {
  await house.close();
  await log.close();
});

const caller = (actor = 'manager-1'): Caller => ({
  vendor: 'demo',
  actor,
  commandId: randomUUID(),
  now: friday,
  correlationId: 'c',
  causationId: 'c',
});
const rooms = () => ({ store: log.store, bus: house.get(CommandBus), policies: house.get(PolicyBook) });

/** A claim under review on a customer of its own. */
const reviewed = async (change: Partial<typeof deal> = {}) => {
  const id = randomUUID();
  const customerKey = `customer-of-${id}`;
  const fields = { ...deal, ...change };
  const past: readonly RegistrationEvent[] = [
    { ...submitted, data: { ...submitted.data, fields } },
    { ...resolved, data: { ...resolved.data, customerKey } } as RegistrationEvent,
    screened({ customerKey }),
    started,
  ];
  await append(log.store, `registration-demo.${id}`, 'no-stream', past, thursday);
  const holder = async (family: string) =>
    (await load(log.store, exclusivity, `exclusivity-demo.${customerKey}.${family}`)).state;
  return { id, customerKey, holder };
};
const occupy = (customerKey: string, family: string, grantId = 'rival.1') =>
  rooms().bus.execute(
    new ExecuteExclusivity(
      `${customerKey}.${family}`,
      {
        type: 'TakeExclusivity',
        grantId,
        registrationId: 'rival',
        partnerId: 'rival',
        customerKey,
        family,
        ...window,
      },
      caller(),
    ),
  );

describe('approving', () => {
  it('takes every family and grants', async () => {
    const { id, holder } = await reviewed();
    const { state } = await approve(rooms(), id, caller());
    expect(state).toMatchObject({
      status: 'approved',
      attempt: 2,
      protection: window,
      grants: [
        { family: 'backup', grantId: `${id}.1` },
        { family: 'erp', grantId: `${id}.1` },
      ],
    });
    expect(await holder('erp')).toMatchObject({ status: 'held', grantId: `${id}.1`, partnerId: 'north', ...window });
  });

  it('answers a repeat of the same command, and of another, with what is', async () => {
    const { id } = await reviewed();
    const once = caller();
    const first = await approve(rooms(), id, once);
    expect(await approve(rooms(), id, once)).toMatchObject({ revision: first.revision, events: first.events });
    expect(await approve(rooms(), id, caller('manager-2'))).toMatchObject({ revision: first.revision, events: [] });
  });

  it('gives back what it took where one family is held, and can be tried again', async () => {
    const { id, customerKey, holder } = await reviewed();
    await occupy(customerKey, 'erp');
    await expect(approve(rooms(), id, caller())).rejects.toMatchObject({ code: 'exclusivity.held' });
    expect(await holder('backup')).toEqual({ status: 'free' });
    await rooms().bus.execute(
      new ExecuteExclusivity(`${customerKey}.erp`, { type: 'ReleaseExclusivity', grantId: 'rival.1' }, caller()),
    );
    const { state } = await approve(rooms(), id, caller());
    expect(state).toMatchObject({ status: 'approved', grants: [{ grantId: `${id}.2` }, { grantId: `${id}.2` }] });
    expect(await holder('backup')).toMatchObject({ grantId: `${id}.2` });
  });

  it('leaves no trace where the first family is held', async () => {
    const { id, customerKey } = await reviewed();
    await occupy(customerKey, 'backup');
    await expect(approve(rooms(), id, caller())).rejects.toMatchObject({ code: 'exclusivity.held' });
    expect(await approve(rooms(), id, { ...caller(), expectedRevision: 3 }).catch(String)).toContain(
      'exclusivity.held',
    );
  });

  it('decides a first step alone where there are two', async () => {
    const { id, holder } = await reviewed({ estimatedValue: { amount: 10_000_000, currency: 'EUR' } });
    expect((await approve(rooms(), id, caller())).state).toMatchObject({
      status: 'under-review',
      steps: [{ step: 1 }],
    });
    expect(await holder('erp')).toEqual({ status: 'free' });
    await expect(approve(rooms(), id, caller())).rejects.toMatchObject({ refusal: 'person' });
    expect((await approve(rooms(), id, caller('manager-2'))).state).toMatchObject({ status: 'approved' });
  });

  it('refuses a revision that has moved on', async () => {
    const { id } = await reviewed();
    await expect(approve(rooms(), id, { ...caller(), expectedRevision: 1 })).rejects.toThrow(StaleRevision);
  });

  it('grants once where two approve at the same time', async () => {
    const { id, holder } = await reviewed();
    const outcomes = await Promise.allSettled([
      approve(rooms(), id, caller()),
      approve(rooms(), id, caller('manager-2')),
    ]);
    const written = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(written.filter(({ events }) => events.length > 0)).toHaveLength(1);
    const lost = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(lost.every((fault) => fault instanceof StaleRevision)).toBe(true);
    const { grants } = written[0]!.state as Claim;
    for (const family of ['backup', 'erp'])
      expect(await holder(family)).toMatchObject({ status: 'held', grantId: grants[0]!.grantId });
  });

  it('goes to one of two claims on the same customer and family', async () => {
    const { id, customerKey, holder } = await reviewed();
    const rival = randomUUID();
    const past = [submitted, resolved, screened({ customerKey }), started].map((event) =>
      event.type === 'CustomerResolved' ? { ...event, data: { ...event.data, customerKey } } : event,
    );
    await append(log.store, `registration-demo.${rival}`, 'no-stream', past, thursday);
    const outcomes = await Promise.allSettled([approve(rooms(), id, caller()), approve(rooms(), rival, caller())]);
    const won = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.state as Claim] : []));
    expect(won.length).toBeLessThanOrEqual(1);
    const held = await Promise.all(['backup', 'erp'].map(holder));
    const granted = won[0]?.grants[0]?.grantId;
    expect(new Set(held.map((each) => (each.status === 'held' ? each.grantId : undefined)))).toEqual(
      new Set([granted]),
    );
  });
});

describe('giving back', () => {
  it('abandons and releases what no approval cites', async () => {
    const { id, customerKey, holder } = await reviewed();
    await occupy(customerKey, 'erp', `${id}.1`);
    await giveBack(rooms(), id, `${id}.1`, [{ family: 'erp', customerKey }], caller('system:sweep'));
    expect(await holder('erp')).toEqual({ status: 'free' });
    const { state } = await approve(rooms(), id, caller());
    expect(state).toMatchObject({ grants: [{ grantId: `${id}.2` }, { grantId: `${id}.2` }] });
  });

  it('leaves an approval that has come after all', async () => {
    const { id, customerKey, holder } = await reviewed();
    await approve(rooms(), id, caller());
    await giveBack(rooms(), id, `${id}.1`, [{ family: 'erp', customerKey }], caller('system:sweep'));
    expect(await holder('erp')).toMatchObject({ status: 'held', grantId: `${id}.1` });
  });

  it('makes a late approval that cites the grant impossible', async () => {
    const { id, customerKey } = await reviewed();
    const grants = ['backup', 'erp'].map((family) => ({ family, grantId: `${id}.1`, customerKey }));
    await giveBack(rooms(), id, `${id}.1`, grants, caller('system:sweep'));
    const late = rooms().bus.execute(
      new ExecuteRegistration(id, { type: 'ApproveRegistration', grants }, { ...caller(), expectedRevision: 3 }),
    );
    await expect(late).rejects.toThrow(StaleRevision);
  });
});
