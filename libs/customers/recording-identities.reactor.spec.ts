import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import type { EntityManager } from 'typeorm';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import type { Event } from '../kernel/decider.js';
import { SystemClock } from '../platform/clock.js';
import { EventStore, type Recorded } from '../platform/event-store/event-store.js';
import { CustomerHandler, loadCustomer } from './customer.handler.js';
import { recordingIdentities, saidBy } from './recording-identities.reactor.js';

const resolved = (customerKey: string, basis: string, legalName: string, more: object = {}): Event => ({
  type: 'CustomerResolved',
  data: { customerKey, previousKey: null, basis, customer: { legalName, countryCode: 'DE', street: 'x', ...more } },
});
const screened: Event = {
  type: 'DirectClaimScreened',
  data: { customerKey: 'c1', account: { name: 'ORION', countryCode: 'DE', city: 'Bonn' } },
};

const of = (event: Event) => saidBy({ ...event, stream: { vendor: 'demo', id: 'x1' } } as unknown as Recorded);

describe('what an event says of a customer', () => {
  it('is the name and what tells it apart, no more', () =>
    expect(of(resolved('c1', 'new', 'Orion', { domain: 'orion.example' }))).toEqual({
      customerKey: 'c1',
      identity: { claimId: 'x1', name: 'Orion', countryCode: 'DE', domain: 'orion.example' },
      isNew: true,
    }));
  it('comes from a direct claim too', () =>
    expect(of(screened)).toEqual({
      customerKey: 'c1',
      identity: { claimId: 'x1', name: 'ORION', countryCode: 'DE', city: 'Bonn' },
      isNew: false,
    }));
  it('is nothing in any other', () => expect(of({ type: 'ReviewStarted', data: {} })).toBeUndefined());
});

describe('an event that says nothing readable of a customer', () => {
  const bus = undefined as unknown as CommandBus;
  const { concerns, handle } = recordingIdentities(bus, new SystemClock());
  it.each([
    ['CustomerResolved', {}],
    ['CustomerResolved', null],
    ['DirectClaimScreened', { customerKey: 'c1' }],
  ])('%s %j fails where it is handled, not where it is chosen', async (type, data) => {
    const event = { type, data, stream: { vendor: 'demo', id: 'x1' } } as unknown as Recorded;
    expect(concerns?.(event)).toBe(true);
    await expect(handle([event], undefined as unknown as EntityManager)).rejects.toThrow(TypeError);
  });
  it('is of no concern where it is another', () =>
    expect(concerns?.({ type: 'ReviewStarted', data: null } as unknown as Recorded)).toBe(false));
});

describe('recording identities', () => {
  let log: TestLog;
  let app: TestingModule;
  beforeEach(async () => {
    log = await startLog();
    app = await Test.createTestingModule({
      imports: [CqrsModule],
      providers: [CustomerHandler, { provide: EventStore, useValue: log.store }],
    }).compile();
    await app.init();
  });
  afterEach(async () => {
    await app.close();
    await log.close();
  });

  it('gathers them on the streams of their customers, once, in their order', async () => {
    await append(log.store, 'registration-demo.r1', 'no-stream', [resolved('c1', 'new', 'Orion Werke')]);
    await append(log.store, 'registration-demo.r2', 'no-stream', [resolved('c2', 'new', 'Nova')]);
    await append(log.store, 'direct-demo.d1', 'no-stream', [screened]);
    await append(log.store, 'registration-demo.r3', 'no-stream', [resolved('c1', 'matched', 'Orion Werke')]);
    const batch: Recorded[] = [];
    for await (const event of log.store.readAll()) batch.push(event);
    const { handle } = recordingIdentities(app.get(CommandBus), new SystemClock());
    // it keeps no table: what comes again after a crash is known by its command
    for (let time = 0; time < 2; time++) await handle(batch, undefined as unknown as EntityManager);

    const orion = await loadCustomer(log.store, 'demo', 'c1');
    expect(orion).toMatchObject({ revision: 1, state: { names: ['Orion Werke', 'ORION'], cities: ['Bonn'] } });
    expect(await loadCustomer(log.store, 'demo', 'c2')).toMatchObject({ revision: 0, state: { names: ['Nova'] } });
  });
});
