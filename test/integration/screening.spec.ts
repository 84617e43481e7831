import { describe, expect, it } from '@jest/globals';
import { conflictCase } from '../../libs/conflicts/conflict.decider.js';
import { caseStream } from '../../libs/conflicts/conflict.handler.js';
import { isOpen } from '../../libs/conflicts/conflict.state.js';
import { ExecuteConflict } from '../../libs/conflicts/conflict.handler.js';
import { ExecuteDirectClaim } from '../../libs/direct-claims/direct-claim.handler.js';
import { load } from '../../libs/platform/event-store/transact.js';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { standardV1 } from '../../libs/policy/standard-v1.js';
import { ExecuteRegistration } from '../../libs/registrations/registration.handler.js';
import { renormalising } from '../../libs/screening/renormalising.js';
import {
  app,
  bus,
  caller,
  caseOf,
  claim,
  claimants,
  customer,
  db,
  events,
  log,
  opportunity,
  pass,
  publish,
  rows,
  screenBy,
  startOver,
  submit,
  useScreening,
  vendor,
} from './screening.fixture.js';

useScreening();

const save = (productFamilies: string[]) =>
  bus.execute(
    new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: { ...opportunity, productFamilies } }, caller()),
  );

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
    screenBy(Object.assign(Object.create(book) as PolicyBook, { version: async () => blind }));
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
    startOver();
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

  it('has an outcome on record for a direct claim that had lost all it claimed before its turn, and came back later', async () => {
    await submit('north', ['erp']);
    await save(['erp']);
    await pass();
    const moved = { ...opportunity, account: { ...opportunity.account, city: 'Gdynia' } };
    await bus.execute(new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: moved }, caller()));
    const [dispute] = (await events()).filter(({ type }) => type === 'ConflictDetected');
    const loss = { type: 'LoseFamily', family: 'erp', caseId: dispute!.stream.id } as const;
    await bus.execute(new ExecuteDirectClaim('OPP-1', loss, caller()));
    const lost = await pass();
    await save(['erp', 'identity']);
    const all = await pass();
    expect(all).toBeGreaterThan(lost);
    const table = await rows();
    await db.database.query('TRUNCATE screening_claim, screening_pair');
    startOver();
    await pass();
    expect((await events()).slice(all)).toEqual([]);
    expect(await rows()).toEqual(table);
    expect((await events()).filter(({ type }) => type === 'ConflictDetected')).toHaveLength(1);
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
