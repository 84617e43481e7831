import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { schema } from '../../apps/schema.js';
import { workerModule } from '../../apps/worker/worker.module.js';
import { conflictCase } from '../../libs/conflicts/conflict.decider.js';
import { caseStream, ExecuteConflict } from '../../libs/conflicts/conflict.handler.js';
import { isOpen } from '../../libs/conflicts/conflict.state.js';
import { ExecuteDirectClaim } from '../../libs/direct-claims/direct-claim.handler.js';
import { openCandidateSearch } from '../../libs/matching/candidate-search.js';
import { ExecutePartner } from '../../libs/partners/partner.handler.js';
import { SystemClock } from '../../libs/platform/clock.js';
import type { Recorded } from '../../libs/platform/event-store/event-store.js';
import { type Caller, load } from '../../libs/platform/event-store/transact.js';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { ExecutePolicy, programmeId } from '../../libs/policy/policy.handler.js';
import { standardV1 } from '../../libs/policy/standard-v1.js';
import { registrationFold } from '../../libs/registrations/registration.decider.js';
import type { DealFields } from '../../libs/registrations/registration.events.js';
import { ExecuteRegistration, registrationStream } from '../../libs/registrations/registration.handler.js';
import { isClaim } from '../../libs/registrations/registration.state.js';
import { screeningReactor } from '../../libs/screening/screening.reactor.js';
import { startLog } from '../support/log.js';
import { startDatabase } from '../support/postgres.js';

const vendor = 'demo';
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** Numbers that follow from a seed. */
const dice = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (size: number): number => Math.floor(next() * size);
  return {
    below,
    in: (chance: number): boolean => next() < chance,
    one: <T>(list: readonly T[]): T => list[below(list.length)]!,
  };
};
type Dice = ReturnType<typeof dice>;

/** A log, a database and screening between them. */
const startWorld = async () => {
  const clock = new SystemClock();
  const log = await startLog();
  undo.push(() => log.close());
  const db = await startDatabase(schema);
  undo.push(() => db.drop());
  const parts = { store: log.store, database: db.database, clock };
  const app = await NestFactory.createApplicationContext(workerModule(parts), { logger: false });
  undo.push(() => app.close());
  const bus = app.get(CommandBus);
  const search = openCandidateSearch();
  let commandsLeft = Infinity;
  const breaking = {
    execute: (command: Command<unknown>) =>
      commandsLeft-- === 0 ? Promise.reject(new Error('crash')) : bus.execute(command),
  } as CommandBus;
  const reactor = () => screeningReactor({ bus: breaking, ...parts }, app.get(PolicyBook, { strict: false }), search);
  let screening = reactor();
  let seen: string | undefined;

  const eventsAfter = async (after?: string): Promise<Recorded[]> => {
    const events: Recorded[] = [];
    for await (const event of log.store.readAll({ after })) events.push(event);
    return events;
  };
  /** Until nothing more comes; `sizeOf` the next batch, which `crashes` amid its commands or before its commit, or not. */
  const pass = async (sizeOf: () => number, crashes: () => boolean = () => false): Promise<void> => {
    for (let events = await eventsAfter(seen); events.length > 0; events = await eventsAfter(seen)) {
      while (events.length > 0) {
        const batch = events.slice(0, sizeOf());
        if (crashes()) {
          if (crashes()) commandsLeft = sizeOf() - 1;
          const crashed = db.database.transaction(async (tx) => {
            await screening.handle(batch, tx);
            throw new Error('crash');
          });
          await expect(crashed).rejects.toThrow('crash');
          commandsLeft = Infinity;
          if (crashes()) screening = reactor();
          continue;
        }
        await db.database.transaction((tx) => screening.handle(batch, tx));
        seen = batch.at(-1)!.position;
        events = events.slice(batch.length);
      }
    }
  };
  return { ...log, bus, clock, database: db.database, eventsAfter, pass };
};
type World = Awaited<ReturnType<typeof startWorld>>;

const caller = ({ clock }: World): Caller => {
  const id = randomUUID();
  return { vendor, actor: 'ann', commandId: id, now: clock.now(), correlationId: id, causationId: id };
};

const enrol = async (world: World): Promise<void> => {
  const rules = { ...standardV1, openRegistrations: { registered: 6, silver: 7, gold: 8, platinum: 9 } };
  const draftId = randomUUID();
  for (const command of [
    { type: 'DraftPolicy', draftId, version: 'narrow', rules },
    { type: 'ValidatePolicy', draftId },
    { type: 'PublishPolicy', draftId },
  ] as const)
    await world.bus.execute(new ExecutePolicy(programmeId, command, caller(world)));
  for (const id of partners)
    await world.bus.execute(new ExecutePartner(id, { type: 'SavePartner', profile }, caller(world)));
};

/** What people do next, with some of what screening has left. */
const act = async (world: World, { below, in: chance, one }: Dice, ids: string[], crmIds: string[]): Promise<void> => {
  const ask = (id: string, command: ConstructorParameters<typeof ExecuteRegistration>[1]) =>
    // refused where the claim's state doesn't have it: then nothing happens
    world.bus.execute(new ExecuteRegistration(id, command, caller(world))).catch(() => undefined);
  const save = (id: string) => {
    const { legalName: name, ...rest } = one(customers);
    const fields = {
      account: { name, ...rest },
      productFamilies: families(),
      stage: 'proposal',
      openedOn: '2026-01-05',
    };
    return world.bus.execute(new ExecuteDirectClaim(id, { type: 'SaveDirectClaim', fields }, caller(world)));
  };
  const families = () => [...new Set([one(allFamilies), one(allFamilies)])];

  for (let n = 0; n < 30; n++) {
    if (chance(ids.length < 15 ? 0.7 : 0.35)) {
      const id = randomUUID();
      const fields = { ...deal, customer: one(customers), productFamilies: families() };
      await ask(id, { type: 'SubmitRegistration', claim: { partnerId: one(partners), fields } });
      ids.push(id);
    } else if (chance(0.2)) {
      const id = chance(0.5) && crmIds.length > 0 ? one(crmIds) : `OPP-${crmIds.length}`;
      if (!crmIds.includes(id)) crmIds.push(id);
      await save(id);
    } else if (ids.length > 0) {
      const id = one(ids);
      const { state } = await load(world.store, registrationFold, registrationStream(vendor, id));
      if (!isClaim(state)) continue;
      const { candidates = [], cases = [] } = state.screening ?? {};
      const [possible] = candidates.filter(({ verdict }) => verdict === 'possible');
      const opened = cases[0];
      if (possible && chance(0.8)) {
        const type = chance(0.5) ? 'ConfirmMatch' : 'DismissMatch';
        await ask(id, { type, claimId: possible.claimId, reason: 'as they say' });
      } else if (opened && chance(0.4)) {
        const found = (await load(world.store, conflictCase, caseStream(vendor, opened.caseId))).state;
        if (!isOpen(found) || found.claimants.length < 2) continue;
        const pairs = [[found.claimants[0]!.claimId, found.claimants[1]!.claimId]] as const;
        const dismissal = { type: 'DismissCase', reason: 'different-customer', note: 'two houses', pairs } as const;
        await world.bus.execute(new ExecuteConflict(opened.caseId, dismissal, caller(world))).catch(() => undefined);
      } else if (chance(0.4)) {
        await ask(id, { type: 'ReturnForInformation', reasons: ['incomplete'], fields: ['customer'] });
        await ask(id, { type: 'AmendFields', patch: { customer: customers[below(customers.length)] } });
        await ask(id, { type: 'SubmitRegistration' });
      } else if (chance(0.5)) await ask(id, { type: 'WithdrawRegistration', reason: 'no budget' });
      else await ask(id, { type: 'RejectRegistration', code: 'duplicate', explanation: 'known' });
    }
  }
};

/** What was not screening's doing is the same in both worlds, to the last id. */
const copy = async (from: World, to: World, after: string | undefined): Promise<string | undefined> => {
  const events = await from.eventsAfter(after);
  for (const { id, type, data, metadata, revision, stream, actor } of events as (Recorded & { data: unknown })[]) {
    if (actor === 'system:screening') continue;
    const name = `${stream.category}-${stream.vendor}.${stream.id}` as const;
    await to.store.append(name, revision === 0 ? 'no-stream' : revision - 1, [{ id, type, data, metadata }]);
  }
  return events.at(-1)?.position ?? after;
};

/** All that screening has decided, without the moment that it did. */
const outcomeOf = async (world: World) => {
  const streams: Record<string, unknown[]> = {};
  for (const { type, data, stream, actor } of (await world.eventsAfter()) as (Recorded & { data: object })[]) {
    if (actor !== 'system:screening') continue;
    const timeless = Object.entries(data).filter(([name]) => !/^(detectedAt|dueAt|startedAt|leftAt)$/.test(name));
    (streams[`${stream.category} ${stream.id}`] ??= []).push([type, Object.fromEntries(timeless)]);
  }
  return {
    streams,
    claims: await world.database.query('SELECT * FROM screening_claim ORDER BY place'),
    pairs: await world.database.query('SELECT * FROM screening_pair ORDER BY a, b'),
    listed: await world.database.query('SELECT place FROM candidate_claim ORDER BY place'),
    postings: await world.database.query(
      'SELECT feature, place, counts FROM candidate_posting ORDER BY feature, place',
    ),
  };
};

describe('screening in batches', () => {
  const kinds = new Set<string>();

  it.each([1, 4])(
    'decides what it decides one by one, however it is cut and whenever it crashes (%i)',
    async (seed) => {
      const [single, batched] = [await startWorld(), await startWorld()];
      await enrol(single);
      const roll = dice(seed);
      const [ids, crmIds]: [string[], string[]] = [[], []];
      let copied: string | undefined;
      for (let round = 0; round < 3; round++) {
        await act(single, roll, ids, crmIds);
        copied = await copy(single, batched, copied);
        await single.pass(() => 1);
        await batched.pass(
          () => 1 + roll.below(40),
          () => roll.in(0.3),
        );
        const expected = await outcomeOf(single);
        expect(await outcomeOf(batched)).toEqual(expected);
        copied = (await single.eventsAfter()).at(-1)!.position;
      }
      for (const { type } of await single.eventsAfter()) kinds.add(type);
    },
  );

  it('was seen with all that people do', () => {
    for (const type of ['ConflictDetected', 'ClaimantJoined', 'ClaimantLeft', 'MatchConfirmed', 'CaseDismissed'])
      expect(kinds).toContain(type);
    for (const type of ['RegistrationWithdrawn', 'RegistrationRejected', 'RegistrationReturned', 'DirectClaimChanged'])
      expect(kinds).toContain(type);
  });
});

const partners = ['north', 'south', 'west'];
const allFamilies = ['backup', 'erp', 'identity'];
const customers: DealFields['customer'][] = [
  { legalName: 'Orion Systems sp. z o.o.', countryCode: 'PL', domain: 'orion-systems.pl' },
  { legalName: 'ORION SYSTEMS', countryCode: 'PL', city: 'Kraków' },
  { legalName: 'Orion Sytems', countryCode: 'PL', city: 'Kraków' },
  { legalName: 'Orion Systems GmbH', countryCode: 'DE', domain: 'orion-systems.pl' },
  { legalName: 'Sirius Bau GmbH', countryCode: 'DE', domain: 'sirius.de' },
  { legalName: 'Sirius', countryCode: 'DE', city: 'Berlin' },
  { legalName: 'Sirius Holding', countryCode: 'PL', registryIds: [{ type: 'vat', value: 'PL5260250274' }] },
  {
    legalName: 'Sirius Orion',
    countryCode: 'PL',
    domain: 'orion-systems.pl',
    registryIds: [{ type: 'vat', value: 'PL5260250274' }],
  },
  { legalName: 'Wega Piekarnia', countryCode: 'PL', domain: 'wega.pl' },
  { legalName: 'Global Solutions', countryCode: 'PL', domain: 'gs.pl' },
  { legalName: 'Global Solutions', countryCode: 'PL', city: 'Łódź' },
  { legalName: 'Kasjopea Papier', countryCode: 'PL', city: 'Łódź' },
];
const profile = {
  legalName: 'North GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'gold',
  territories: ['*'],
  authorisedFamilies: allFamilies,
} as const;
const deal: Omit<DealFields, 'customer' | 'productFamilies'> = {
  contact: { name: 'Ewa Lis', email: 'ewa.lis@gmail.com', title: 'CIO' },
  estimatedValue: { amount: 5_000_000, currency: 'EUR' },
  expectedCloseOn: '2099-06-30',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};
