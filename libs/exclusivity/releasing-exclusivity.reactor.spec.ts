import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import type { Event } from '../kernel/decider.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { SystemClock } from '../platform/clock.js';
import { EventStore, isAfter, type Recorded, type StreamName } from '../platform/event-store/event-store.js';
import { PolicyBook } from '../policy/policy-book.js';
import { standardV1 } from '../policy/standard-v1.js';
import type { DealFields } from '../registrations/registration.events.js';
import { RegistrationHandler } from '../registrations/registration.handler.js';
import { ExclusivityGrant } from './exclusivity-grant.js';
import { ExclusivityHandler, type ExecuteExclusivity } from './exclusivity.handler.js';
import { exclusivityMigrations } from './exclusivity.migrations.js';
import { abandonedGrantsSweep, endingBy, releasingExclusivity } from './releasing-exclusivity.reactor.js';

let db: TestDatabase;
let log: TestLog;
let app: TestingModule;
beforeAll(async () => {
  db = await startDatabase({ entities: [ExclusivityGrant], migrations: exclusivityMigrations });
});
beforeEach(async () => {
  seen = undefined;
  log = await startLog();
  app = await Test.createTestingModule({
    imports: [CqrsModule],
    providers: [
      ExclusivityHandler,
      RegistrationHandler,
      PolicyBook,
      PartnerDirectory,
      { provide: EventStore, useValue: log.store },
    ],
  }).compile();
  await app.init();
});
afterEach(async () => {
  await app.close();
  await log.close();
  await db.database.query('TRUNCATE exclusivity_grant');
});
afterAll(async () => {
  await db.drop();
});

const clock = new SystemClock();
const at = '2026-01-15T09:00:00.000Z';
const grants = ['backup', 'erp'].map((family) => ({ family, grantId: 'r1.1', customerKey: 'c1' }));
const taken = (family: string): Event => ({
  type: 'ExclusivityTaken',
  data: { grantId: 'r1.1', registrationId: 'r1', partnerId: 'p1', customerKey: 'c1', family, from: at, to: at },
});
const submitted = {
  type: 'RegistrationSubmitted',
  data: {
    partnerId: 'p1',
    submittedBy: 'p1',
    tier: 'gold',
    fields: { productFamilies: ['backup', 'erp'] } as unknown as DealFields,
    receipt: { policyVersion: 'v1', contentHash: 'h' },
    toScreen: true,
    submittedAt: at,
  },
} satisfies Event;
const screened: Event = { type: 'RegistrationScreened', data: { candidates: [], cases: [], customerKey: 'c1' } };
const approved: Event = { type: 'RegistrationApproved', data: { grants } };

const eventsOf = async (stream: StreamName): Promise<Recorded[]> => {
  const events: Recorded[] = [];
  for await (const event of log.store.read(stream)) events.push(event);
  return events;
};
const typesOf = async (stream: StreamName) => (await eventsOf(stream)).map(({ type }) => type);
const backup: StreamName = 'exclusivity-demo.c1.backup';
const erp: StreamName = 'exclusivity-demo.c1.erp';
const registration: StreamName = 'registration-demo.r1';

const takeAll = async () => {
  await append(log.store, 'policy-demo.programme', 'no-stream', [
    { type: 'PolicyPublished', data: { draftId: 'd', version: 'v1', effectiveFrom: at, rules: standardV1 } },
  ]);
  await append(log.store, registration, 'no-stream', [submitted, screened]);
  await append(log.store, backup, 'no-stream', [taken('backup')]);
  await append(log.store, erp, 'no-stream', [taken('erp')]);
};
/** Everything of the log through the reactor, twice, as after a crash. */
const react = async () => {
  const { handle } = releasingExclusivity(app.get(CommandBus), log.store, clock);
  for (let time = 0; time < 2; time++) {
    const batch: Recorded[] = [];
    for await (const event of log.store.readAll()) batch.push(event);
    await db.database.transaction((tx) => handle(batch, tx));
  }
};
/** Each event once, as on a good day, until nothing more comes; `meanwhile`: what another writes just before a command. */
let seen: string | undefined;
const reactOnce = async (meanwhile?: { before: (command: string) => boolean; append: Event }) => {
  const bus = app.get(CommandBus);
  let written = meanwhile === undefined;
  const watched = {
    execute: async (message: ExecuteExclusivity) => {
      if (!written && meanwhile?.before(message.command.type)) {
        written = true;
        await append(log.store, registration, 3, [meanwhile.append]);
      }
      return bus.execute(message);
    },
  } as unknown as CommandBus;
  const { handle, concerns } = releasingExclusivity(watched, log.store, clock);
  for (;;) {
    const batch: Recorded[] = [];
    for await (const event of log.store.readAll({ after: seen })) batch.push(event);
    if (batch.length === 0) return;
    await db.database.transaction((tx) => handle(batch.filter(concerns!), tx));
    seen = batch.at(-1)!.position;
  }
};
/** Where a family is held. */
const holding = async (family: string) => {
  const held: string[] = [];
  for (const key of ['c1', 'c2', 'c3']) {
    const types = await typesOf(`exclusivity-demo.${key}.${family}`);
    if (types.at(-1) === 'ExclusivityTaken') held.push(`${key}.${family}`);
  }
  return held;
};
const sweep = () => abandonedGrantsSweep(app.get(CommandBus), clock).run(db.database);
const age = (seconds: number) =>
  db.database.query(`UPDATE exclusivity_grant SET taken_at = now() - $1 * interval '1 second'`, [seconds]);

describe('what lets go of exclusivity', () => {
  it.each([
    ['FamilyLost', 'erp'],
    ['ProtectionExpired', null],
    ['ProtectionRevoked', null],
    ['RegistrationRejected', null],
    ['RegistrationWithdrawn', null],
    ['DealWon', null],
    ['DealLost', null],
  ])('%s', (type, family) => {
    const event = { type, data: { family: 'erp' }, stream: { category: 'registration', vendor: 'demo', id: 'r1' } };
    expect(endingBy(event as unknown as Recorded)).toEqual({ registrationId: 'r1', family });
  });
  it.each(['RegistrationApproved', 'ProtectionGranted', 'ConflictRaised'])('not %s', (type) =>
    expect(endingBy({ type, data: {}, stream: { id: 'r1' } } as unknown as Recorded)).toBeUndefined(),
  );
});

describe('releasing exclusivity', () => {
  it('keeps what an approval holds', async () => {
    await takeAll();
    await append(log.store, registration, 1, [approved]);
    await react();
    await age(3_600);
    await sweep();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken']);
    expect(await typesOf(registration)).not.toContain('ApprovalAbandoned');
  });

  it('frees every family at the end, once, and forgets the grants', async () => {
    await takeAll();
    await append(log.store, registration, 1, [approved, { type: 'ProtectionExpired', data: { expiredAt: at } }]);
    await react();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
    expect(await typesOf(erp)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
    await react();
    expect(await db.database.getRepository(ExclusivityGrant).count()).toBe(0);
  });

  it('frees the one family that was lost', async () => {
    await takeAll();
    await append(log.store, registration, 1, [approved, { type: 'FamilyLost', data: { family: 'erp', caseId: 'k' } }]);
    await react();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken']);
    expect(await typesOf(erp)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
  });
});

const onTo = (customerKey: string): Event => ({
  type: 'CustomerResolved',
  data: { customerKey, previousKey: 'c2', basis: 'merged', customer: {} },
});

describe('a claim that turns out to be another customer’s', () => {
  const resolved: Event = {
    type: 'CustomerResolved',
    data: { customerKey: 'c2', previousKey: 'c1', basis: 'merged', customer: {} },
  };
  const there: StreamName = 'exclusivity-demo.c2.backup';
  const other = { grantId: 'r2.1', registrationId: 'r2', partnerId: 'p2', customerKey: 'c2', family: 'backup' };
  const othersHold: Event = { type: 'ExclusivityTaken', data: { ...other, from: at, to: at } };

  it('takes what it holds along, once', async () => {
    await takeAll();
    await append(log.store, registration, 1, [approved, resolved]);
    await react();
    await age(3_600);
    await sweep();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
    const [followed, ...more] = await eventsOf(there);
    expect(followed).toMatchObject({
      type: 'ExclusivityTaken',
      data: { grantId: 'r1.1', registrationId: 'r1', partnerId: 'p1', customerKey: 'c2', family: 'backup', to: at },
    });
    expect(more).toEqual([]);
  });

  it('keeps it where it is while another holds the family there, and follows when that ends', async () => {
    await takeAll();
    await append(log.store, there, 'no-stream', [othersHold]);
    await append(log.store, registration, 1, [approved, resolved]);
    await react();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken']);
    expect(await typesOf(erp)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);

    await append(log.store, there, 0, [{ type: 'ExclusivityReleased', data: other }]);
    await react();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
    expect((await eventsOf(there)).at(-1)).toMatchObject({ type: 'ExclusivityTaken', data: { grantId: 'r1.1' } });
  });

  it('lets go of all of it with its end, wherever it is', async () => {
    await takeAll();
    await append(log.store, registration, 1, [approved, resolved]);
    await reactOnce();
    expect(await typesOf(there)).toEqual(['ExclusivityTaken']);
    await append(log.store, registration, 3, [{ type: 'DealLost', data: {} }]);
    await reactOnce();
    expect(await typesOf(there)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
    expect(await db.database.getRepository(ExclusivityGrant).count()).toBe(0);
  });

  // each appended while the reactor is at the move, seen by it only after
  it.each<[string, Event, readonly string[], readonly string[]]>([
    ['ends', { type: 'DealLost', data: {} }, [], []],
    ['loses the family', { type: 'FamilyLost', data: { family: 'backup', caseId: 'k' } }, [], ['c2.erp']],
    ['goes on to a third', onTo('c3'), ['c3.backup'], ['c3.erp']],
  ])('holds nothing elsewhere where it %s before that was known', async (_, next, backupAt, erpAt) => {
    await takeAll();
    await append(log.store, registration, 1, [approved, resolved]);
    await reactOnce({ before: (type) => type === 'TakeExclusivity', append: next });
    expect([await holding('backup'), await holding('erp')]).toEqual([backupAt, erpAt]);
  });
});

describe('a grant without its approval', () => {
  it('is given back after 30 s of real time: the registration is told first', async () => {
    await takeAll();
    await react();
    await age(29);
    await sweep();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken']);

    await age(31);
    await sweep();
    await sweep();
    const abandoned = (await eventsOf(registration)).filter(({ type }) => type === 'ApprovalAbandoned');
    expect(abandoned).toHaveLength(1);
    for (const stream of [backup, erp]) {
      const [, released, ...more] = await eventsOf(stream);
      expect(released?.type).toBe('ExclusivityReleased');
      expect(more).toEqual([]);
      expect(isAfter(released!.position, abandoned[0]!.position)).toBe(true);
    }
  });

  it('is given back again where it was taken again', async () => {
    await takeAll();
    await react();
    await age(31);
    await sweep();
    await append(log.store, backup, 1, [taken('backup')]);
    await react();
    await age(3_600);
    await sweep();
    const once = ['ExclusivityTaken', 'ExclusivityReleased'];
    expect(await typesOf(backup)).toEqual([...once, ...once]);
    expect((await typesOf(registration)).filter((type) => type === 'ApprovalAbandoned')).toHaveLength(1);
  });

  it('holds none up behind it where it fails, and is told of', async () => {
    await takeAll();
    await react();
    await age(31);
    // of the older one's registration nobody knows the policy
    const elsewhere = { ...submitted, data: { ...submitted.data, receipt: { policyVersion: 'v9', contentHash: 'h' } } };
    await append(log.store, 'registration-demo.r0', 'no-stream', [elsewhere, screened]);
    const older = { vendor: 'demo', grantId: 'r0.1', registrationId: 'r0', customerKey: 'c0', family: 'erp' };
    await db.database.getRepository(ExclusivityGrant).insert({ ...older, takenAt: new Date(0) });
    await expect(sweep()).rejects.toThrow('demo r0.1: ');
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken', 'ExclusivityReleased']);
  });

  it('is kept where the approval is there and the reactor has not seen it yet', async () => {
    await takeAll();
    await react();
    await age(31);
    await append(log.store, registration, 1, [approved]);
    await sweep();
    expect(await typesOf(backup)).toEqual(['ExclusivityTaken']);
    expect(await typesOf(registration)).not.toContain('ApprovalAbandoned');
  });
});
