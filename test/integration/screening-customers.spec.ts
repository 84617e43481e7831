import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { conflictCase } from '../../libs/conflicts/conflict.decider.js';
import { caseStream } from '../../libs/conflicts/conflict.handler.js';
import { ExecuteConflict } from '../../libs/conflicts/conflict.handler.js';
import type { CustomerEvent } from '../../libs/customers/customer.events.js';
import { customerStream } from '../../libs/customers/customer.handler.js';
import { directClaim } from '../../libs/direct-claims/direct-claim.decider.js';
import { ExecuteDirectClaim } from '../../libs/direct-claims/direct-claim.handler.js';
import { load } from '../../libs/platform/event-store/transact.js';
import { registrationFold } from '../../libs/registrations/registration.decider.js';
import { ExecuteRegistration, registrationStream } from '../../libs/registrations/registration.handler.js';
import { append } from '../support/log.js';
import {
  bus,
  caller,
  caseOf,
  claim,
  claimants,
  clock,
  customer,
  db,
  events,
  log,
  opportunity,
  pass,
  rows,
  sirius,
  startOver,
  submit,
  useScreening,
  vendor,
} from './screening.fixture.js';

useScreening();

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
    startOver();
    await pass();
    expect(await events()).toEqual(all);
    expect(await rows()).toEqual(table);
  });
});
