import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { schema } from '../../apps/schema.js';
import { workerModule } from '../../apps/worker/worker.module.js';
import { conflictCase } from '../../libs/conflicts/conflict.decider.js';
import { caseStream } from '../../libs/conflicts/conflict.handler.js';
import { isOpen } from '../../libs/conflicts/conflict.state.js';
import { ExecuteConflict } from '../../libs/conflicts/conflict.handler.js';
import type { CustomerEvent } from '../../libs/customers/customer.events.js';
import { customerStream } from '../../libs/customers/customer.handler.js';
import { directClaim } from '../../libs/direct-claims/direct-claim.decider.js';
import { ExecuteDirectClaim } from '../../libs/direct-claims/direct-claim.handler.js';
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
import { type Difference, reviewHistory } from '../../libs/screening/reviewing-history.js';
import { renormalising } from '../../libs/screening/renormalising.js';
import { screeningReactor } from '../../libs/screening/screening.reactor.js';
import { append, startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';

const vendor = 'demo';
const clock = new SystemClock();
let log: TestLog;
let db: TestDatabase;
let app: INestApplicationContext;
let bus: CommandBus;
let screening: Processor;
let seen: string | undefined;

beforeEach(async () => {
  [log, db] = [await startLog(), await startDatabase(schema)];
  app = await NestFactory.createApplicationContext(workerModule({ store: log.store, database: db.database, clock }), {
    logger: false,
  });
  bus = app.get(CommandBus);
  screening = reactor(app.get(PolicyBook, { strict: false }));
  seen = undefined;
  await publish('standard-v1', standardV1);
  for (const id of ['north', 'south'])
    await bus.execute(new ExecutePartner(id, { type: 'SavePartner', profile }, caller()));
});
afterEach(async () => {
  await app.close();
  await log.close();
  await db.drop();
});

describe('the pass', () => {
  it('gives places in commit order, opens one case per family and tells both sides where they stand', async () => {
    const first = await submit('north', ['backup', 'erp']);
    const second = await submit('south', ['erp', 'identity']);
    await pass();
    expect((await claim(first)).screening).toMatchObject({ place: 1, outcome: 'clear' });
    expect((await claim(second)).screening).toMatchObject({
      place: 2,
      outcome: 'conflict',
      cases: [{ family: 'erp' }],
    });
    expect(await claimants(await caseOf(second))).toEqual([first, second]);
  });

  it('takes the outcome that the log holds, after a crash with another matcher', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup']);
    const before = await pass({ crash: true });
    expect((await claim(second)).screening?.outcome).toBe('conflict');
    // whoever matches now would match nothing any more
    const book = app.get(PolicyBook, { strict: false });
    const blind = { ...standardV1, matching: { certain: 1, possible: 1 } };
    screening = reactor(Object.assign(Object.create(book) as PolicyBook, { version: async () => blind }));
    await pass();
    expect(await events()).toHaveLength(before);
    expect(await rows()).toEqual([
      expect.objectContaining({ claim_id: first, customer_key: (await claim(first)).customerKey, live: true }),
      expect.objectContaining({ claim_id: second, customer_key: (await claim(first)).customerKey, live: true }),
    ]);
  });

  it('writes its table anew from the log and sends nothing', async () => {
    await submit('north', ['backup', 'erp']);
    const second = await submit('south', ['backup']);
    await bus.execute(new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: opportunity }, caller()));
    await pass();
    await bus.execute(new ExecuteRegistration(second, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await pass();
    const [all, table] = [await events(), await rows()];
    await db.database.query('TRUNCATE screening_claim, screening_pair');
    seen = undefined;
    await pass();
    expect(await events()).toEqual(all);
    expect(await rows()).toEqual(table);
  });

  it('opens no case for a claim that was withdrawn before its turn', async () => {
    await submit('north', ['backup']);
    const second = await submit('south', ['backup']);
    await bus.execute(new ExecuteRegistration(second, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await pass();
    expect((await events()).filter(({ type }) => type === 'ConflictDetected')).toEqual([]);
    expect(await rows()).toMatchObject([{ live: true }, { live: false }]);
  });

  it('refuses beyond the cap in the order of submission, without a case', async () => {
    const rules = { ...standardV1, openRegistrations: { registered: 1, silver: 1, gold: 1, platinum: 1 } };
    await publish('narrow', rules);
    await submit('north', ['backup']);
    const over = await submit('north', ['backup']);
    await pass();
    expect(await claim(over)).toMatchObject({ status: 'rejected', rejection: { code: 'over-cap' } });
    expect((await events()).filter(({ type }) => type === 'ConflictDetected')).toEqual([]);
  });

  it('lets a claim leave the case of a family it gives up, and join again when it comes back for it', async () => {
    await submit('north', ['erp', 'backup']);
    await bus.execute(new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: opportunity }, caller()));
    const save = (productFamilies: string[]) =>
      bus.execute(
        new ExecuteDirectClaim(
          'OPP-1',
          { type: 'SaveDirectClaim', fields: { ...opportunity, productFamilies } },
          caller(),
        ),
      );
    await save(['identity']);
    await save(['erp']);
    await pass();
    const open = [];
    for (const id of ['erp.1', 'erp.2']) {
      const stream = caseStream(vendor, `${(await rows())[0]!.customer_key}.${id}`);
      const { state } = await load(log.store, conflictCase, stream);
      if (isOpen(state)) open.push(id);
    }
    // left: ended with one claimant; back: a case of its own, and it is open
    expect(open).toEqual(['erp.2']);
  });

  it('parts the claim that is not approved when a case is dismissed, and remembers the pair', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup']);
    await pass();
    const caseId = await caseOf(second);
    const pairs = [[first, second]] as const;
    // as approved before the other came
    await db.database.query('UPDATE screening_claim SET open = false WHERE claim_id = $1', [second]);
    const dismissal = { type: 'DismissCase', reason: 'different-customer', note: 'two houses', pairs } as const;
    await bus.execute(new ExecuteConflict(caseId, dismissal, caller()));
    const kept = (await claim(second)).customerKey;
    await pass();
    expect((await claim(second)).customerKey).toBe(kept);
    expect((await claim(first)).customerKey).not.toBe(kept);
    // whoever stays is screened behind the one that goes: the two never meet in another case
    expect((await claim(second)).screening).toMatchObject({ outcome: 'clear', cases: [] });
    expect((await events()).filter(({ type }) => type === 'ConflictDetected')).toHaveLength(1);
    const third = await submit('north', ['backup'], { legalName: 'Orion Systems', countryCode: 'PL', city: 'Kraków' });
    await pass();
    expect((await claim(third)).screening?.outcome).not.toBe('clear');
  });

  it('does not compare by what another version worked out of a record, and has it worked out anew', async () => {
    await submit('north', ['backup']);
    await pass();
    const found = await db.database.query('SELECT * FROM candidate_posting ORDER BY feature');
    const before = await rows();
    const nothing = `'{"countryCode":"DE","names":[],"domain":"","phone":"","address":{},"registryIds":[]}'`;
    await db.database.query(`UPDATE screening_claim SET normalised = ${nothing}, normalised_by = 'older'`);
    const second = await submit('south', ['backup']);
    await pass();
    expect((await claim(second)).screening?.outcome).toBe('conflict');
    await db.database.query(`DELETE FROM screening_claim WHERE place = 2`);
    await db.database.query('DELETE FROM candidate_posting');
    await renormalising.run(db.database);
    expect(await rows()).toEqual(before);
    expect(await db.database.query('SELECT * FROM candidate_posting ORDER BY feature')).toEqual(found);
  });

  it('lets the earlier claim of a dismissed case go on without another one', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup']);
    await pass();
    const pairs = [[first, second]] as const;
    const dismissal = { type: 'DismissCase', reason: 'different-customer', note: 'two houses', pairs } as const;
    await bus.execute(new ExecuteConflict(await caseOf(second), dismissal, caller()));
    await pass();
    for (const id of [first, second])
      expect((await claim(id)).screening).toMatchObject({ outcome: 'clear', cases: [] });
    expect((await events()).filter(({ type }) => type === 'ConflictDetected')).toHaveLength(1);
  });

  it('keeps a certain match of an earlier claim, and names the other customers', async () => {
    const a = await submit('north', ['backup'], { ...customer, registryIds: [{ type: 'vat', value: 'PL5260250274' }] });
    const b = await submit('south', ['erp'], { legalName: 'Sirius', countryCode: 'PL', domain: 'sirius.pl' });
    const both = {
      legalName: 'Sirius',
      countryCode: 'PL',
      domain: 'sirius.pl',
      registryIds: [{ type: 'vat', value: 'PL5260250274' }],
    };
    const c = await submit('north', ['identity'], both);
    await pass();
    const [keyA, keyB] = [(await claim(a)).customerKey, (await claim(b)).customerKey];
    expect((await claim(c)).screening).toMatchObject({ customerKey: keyA, otherCustomerKeys: [keyB] });
  });
});

const sirius = { legalName: 'Sirius Analytics', countryCode: 'PL', domain: 'sirius.pl' };
const keyOf = async (id: string) => (await claim(id)).customerKey!;
const sayOf = async (customerKey: string, event: CustomerEvent) => {
  await append(log.store, customerStream(vendor, customerKey), 'no-stream', [event]);
  await pass();
};
/** Two claims on what looks like two customers. */
const apart = async () => {
  const [first, second] = [await submit('north', ['backup']), await submit('south', ['backup'], sirius)];
  await pass();
  return { first, second, into: await keyOf(first), from: await keyOf(second) };
};
const merge = (from: string, into: string) =>
  sayOf(from, { type: 'CustomerMerged', data: { into, reason: 'renamed in May' } });

describe('what a manager says of customers', () => {
  it('merged: their claims meet in a case, and whoever matches either is that customer', async () => {
    const { first, second, into, from } = await apart();
    expect(from).not.toBe(into);
    await merge(from, into);
    expect([await keyOf(second), (await claim(second)).screening?.outcome]).toEqual([into, 'conflict']);
    expect(await claimants(await caseOf(second))).toEqual([first, second]);
    const resolved = (await events()).filter(({ type }) => type === 'CustomerResolved').at(-1)!;
    expect(resolved.data).toMatchObject({ customerKey: into, previousKey: from, basis: 'merged' });
    const third = await submit('north', ['erp'], sirius);
    await pass();
    expect(await keyOf(third)).toBe(into);
  });

  it('merged: the old name finds the customer when nobody claims it under that any more', async () => {
    const { first, into, from } = await apart();
    await merge(from, into);
    await bus.execute(new ExecuteRegistration(first, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await pass();
    const byOldName = await submit('north', ['erp'], {
      legalName: customer.legalName,
      countryCode: 'PL',
      city: 'Gdynia',
    });
    await pass();
    const { screening: found } = await claim(byOldName);
    expect(found?.candidates).toMatchObject([{ customerKey: into }]);
  });

  it('merged while each is protected: the case says what it came of', async () => {
    const { first, second, into, from } = await apart();
    for (const id of [first, second]) {
      const { revision } = await load(log.store, registrationFold, registrationStream(vendor, id));
      const grants = [{ family: 'backup', grantId: `${id}.1`, customerKey: await keyOf(id) }];
      const approved = { type: 'RegistrationApproved', data: { grants, by: 'ann', approvedAt: clock.now() } };
      await append(log.store, registrationStream(vendor, id), revision, [approved]);
    }
    await merge(from, into);
    const { state } = await load(log.store, conflictCase, caseStream(vendor, await caseOf(second)));
    expect(state).toMatchObject({ type: 'customer-merge', claimants: [{ claimId: first }, { claimId: second }] });
  });

  it('split: the claims leave their case for a customer of their own, and are not matched with the others any more', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup']);
    const third = await submit('south', ['backup']);
    await pass();
    const [key, caseId] = [await keyOf(first), await caseOf(second)];
    const newKey = randomUUID();
    const claimIds = [second, third];
    await sayOf(key, { type: 'CustomerSplit', data: { claimIds, newKey, reason: 'two houses of one name' } });
    expect([await keyOf(first), await keyOf(second), await keyOf(third)]).toEqual([key, newKey, newKey]);
    expect(await claimants(caseId)).toEqual([first]);
    expect(await claimants(await caseOf(third))).toEqual([second, third]);
    const said = await db.database.query('SELECT * FROM screening_pair ORDER BY a, b');
    expect(said.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['different', 'different']);
  });

  it('merged: a claim that had lost all it claimed comes back for more as that customer', async () => {
    const { into, from, second } = await apart();
    const direct = { ...opportunity, account: { name: sirius.legalName, countryCode: 'PL', domain: sirius.domain } };
    const save = (productFamilies: string[]) =>
      bus.execute(
        new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: { ...direct, productFamilies } }, caller()),
      );
    await save(['erp']);
    await pass();
    await bus.execute(new ExecuteDirectClaim('OPP-1', { type: 'LoseFamily', family: 'erp', caseId: 'k' }, caller()));
    await bus.execute(new ExecuteRegistration(second, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await pass();
    const identity = { claimId: second, name: sirius.legalName, countryCode: 'PL' };
    await append(log.store, customerStream(vendor, from), 'no-stream', [
      { type: 'CustomerIdentified', data: identity },
      { type: 'CustomerMerged', data: { into, reason: 'renamed in May' } },
    ]);
    await pass();
    await save(['identity']);
    await pass();
    const { state } = await load(log.store, directClaim, `direct-${vendor}.OPP-1`);
    expect(state).toMatchObject({ status: 'open', screening: { customerKey: into } });
  });

  it('said to be different after all: they are found by each other’s names no more', async () => {
    const { first, second, from, into } = await apart();
    await merge(from, into);
    const pairs = [[first, second]] as const;
    const dismissal = { type: 'DismissCase', reason: 'different-customer', note: 'two houses', pairs } as const;
    await bus.execute(new ExecuteConflict(await caseOf(second), dismissal, caller()));
    await pass();
    const third = await submit('north', ['erp'], sirius);
    await pass();
    expect(await keyOf(second)).not.toBe(into);
    expect(await keyOf(third)).toBe(await keyOf(second));
    expect((await claim(third)).screening?.candidates.map(({ claimId }) => claimId)).toEqual([second]);
  });

  it('is found again in the log when the table is written anew', async () => {
    const { into, from } = await apart();
    await merge(from, into);
    await submit('south', ['erp'], sirius);
    await pass();
    const [all, table] = [await events(), await rows()];
    await db.database.query('TRUNCATE screening_claim, screening_pair, candidate_posting');
    seen = undefined;
    await pass();
    expect(await events()).toEqual(all);
    expect(await rows()).toEqual(table);
  });
});

const review = async () => {
  const found: Difference[] = [];
  const parts = { store: log.store, policies: app.get(PolicyBook, { strict: false }) };
  const reviewed = await reviewHistory(db.database, parts, (each) => found.push(each));
  return { ...reviewed, found };
};
const everything = async () => [await events(), await rows(), await db.database.query('TABLE candidate_posting')];

describe('what today’s matcher would say of all of history', () => {
  it('is what was recorded where nothing has changed', async () => {
    const [first] = [await submit('north', ['backup']), await submit('south', ['backup'])];
    await submit('south', ['erp'], sirius);
    await pass();
    await bus.execute(new ExecuteRegistration(first, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await submit('south', ['erp']);
    await pass();
    expect(await review()).toEqual({ claims: 4, pairs: 2, differences: 0, unexplained: 0, found: [] });
  });

  it('names the matches that are new, and those that are none any more, and changes nothing', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup'], { legalName: 'ORION SYSTEMS', countryCode: 'PL', city: 'Gdynia' });
    const blind = { ...standardV1, matching: { certain: 1, possible: 1 } };
    const book = app.get(PolicyBook, { strict: false });
    screening = reactor(Object.assign(Object.create(book) as PolicyBook, { version: async () => blind }));
    await pass();
    const before = await everything();
    const { differences, unexplained, found } = await review();
    expect(differences).toBe(1);
    expect(found).toMatchObject([
      { claimId: second, earlier: first, name: 'ORION SYSTEMS', recorded: 'none', score: expect.any(Number) },
    ]);
    expect(['possible', 'certain']).toContain(found[0]!.today);
    expect(await everything()).toEqual(before);

    expect(unexplained).toBe(0);
    // and the other way round: what was seen then, and would not be today
    const seeing = (await review()).found[0]!.today;
    const again = Object.assign(Object.create(book) as PolicyBook, { version: async () => blind });
    await db.database.query('TRUNCATE screening_claim, screening_pair, candidate_posting, candidate_claim');
    screening = reactor(book);
    const third = await submit('south', ['erp'], { legalName: 'ORION SYSTEMS', countryCode: 'PL', city: 'Gdynia' });
    seen = undefined;
    await pass();
    const all: Difference[] = [];
    await reviewHistory(db.database, { store: log.store, policies: again }, (each) => all.push(each));
    const gone = all.filter(({ claimId, earlier }) => claimId === third && earlier === first);
    expect(gone).toMatchObject([{ recorded: seeing, today: 'none' }]);
  });
});

const reactor = (policies: PolicyBook) => screeningReactor({ bus, store: log.store, clock }, policies);

/** All that is new goes through the reactor, event by event as they stand in the log, until nothing more comes. */
async function pass({ crash = false } = {}): Promise<number> {
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

async function events(): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const event of log.store.readAll()) all.push(event);
  return all;
}
async function rows(): Promise<{ claim_id: string; customer_key: string; live: boolean }[]> {
  return db.database.query('SELECT * FROM screening_claim ORDER BY place');
}

async function submit(
  partnerId: string,
  productFamilies: string[],
  of: DealFields['customer'] = customer,
): Promise<string> {
  const id = randomUUID();
  const claimed = { partnerId, fields: { ...deal, customer: of, productFamilies } };
  await bus.execute(new ExecuteRegistration(id, { type: 'SubmitRegistration', claim: claimed }, caller()));
  return id;
}
async function claim(id: string) {
  const { state } = await load(log.store, registrationFold, registrationStream(vendor, id));
  if (!isClaim(state)) throw new Error(`${id} is ${state.status}`);
  return state;
}
async function caseOf(id: string): Promise<string> {
  return (await claim(id)).screening!.cases[0]!.caseId;
}
async function claimants(caseId: string): Promise<string[]> {
  const { state } = await load(log.store, conflictCase, caseStream(vendor, caseId));
  return state.status === 'unknown' ? [] : state.claimants.map(({ claimId }) => claimId);
}

async function publish(version: string, rules: typeof standardV1): Promise<void> {
  const draftId = randomUUID();
  for (const command of [
    { type: 'DraftPolicy', draftId, version, rules },
    { type: 'ValidatePolicy', draftId },
    { type: 'PublishPolicy', draftId },
  ] as const)
    await bus.execute(new ExecutePolicy(programmeId, command, caller()));
}

function caller(): Caller {
  const id = randomUUID();
  return { vendor, actor: 'ann', commandId: id, now: clock.now(), correlationId: id, causationId: id };
}

const profile = {
  legalName: 'North GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'gold',
  territories: ['*'],
  authorisedFamilies: ['backup', 'erp', 'identity'],
} as const;
const customer = { legalName: 'Orion Systems sp. z o.o.', countryCode: 'PL', domain: 'orion-systems.pl' };
const deal: DealFields = {
  customer,
  contact: { name: 'Ewa Lis', email: 'ewa.lis@gmail.com', title: 'CIO' },
  productFamilies: ['backup'],
  estimatedValue: { amount: 5_000_000, currency: 'EUR' },
  expectedCloseOn: '2099-06-30',
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
};
const opportunity = {
  account: { name: 'Orion Systems', countryCode: 'PL', domain: 'orion-systems.pl' },
  productFamilies: ['erp'],
  stage: 'proposal',
  openedOn: '2026-01-05',
};
