import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type QuickStart, quickStart } from '../support/quick-start.js';
import { deal } from './deals.fixture.js';

let house: QuickStart;
beforeAll(async () => {
  house = await quickStart();
}, 90_000);
afterAll(() => house?.stop());

const register = async (as: string, body: object) => {
  const answer = await house.ask('/v1/registrations', { as, body });
  expect(answer.body).toMatchObject({ status: 'submitted', revision: 0, receipt: { policyVersion: 'standard-v1' } });
  expect(answer.status).toBe(201);
  return `/v1/registrations/${answer.body.id}`;
};
const screened = (path: string, as = 'manager-1') => house.until(path, as, ({ screening }) => screening !== null);
const idOf = (path: string) => path.split('/').at(-1)!;
const caseOf = async (path: string) => {
  const { cases } = await house.until(path, 'manager-1', (body) => body.cases.length > 0);
  return `/v1/conflicts/${cases[0]}`;
};
const customerAt = (key: string) => `/v1/customers/${key}`;
const check = (customer: object) =>
  house.ask('/v1/registrations/check', { as: 'partner-02', body: { customer, productFamilies: ['backup'] } });
const advance = (by: string) => house.ask('/demo/clock', { as: 'admin', body: { advance: by } });

describe('two partners claim one customer', () => {
  it('from two submissions to the decision, the protection, the lists, the history and the published messages', async () => {
    const first = await register(
      'partner-01',
      deal({ legalName: 'Orion Systems sp. z o.o.', domain: 'orion-systems.pl' }),
    );
    const second = await register(
      'partner-02',
      deal({ legalName: 'ORION SYSTEMS', domain: 'https://www.orion-systems.pl' }),
    );
    const conflict = await caseOf(second);
    await house.until(first, 'partner-01', ({ status }) => status === 'in-conflict');
    expect(await screened(second)).toMatchObject({
      screening: { outcome: 'conflict', candidates: [{ claimId: idOf(first), verdict: 'certain' }] },
    });

    const approvedTooEarly = await house.act(first, 'approve', 'manager-1');
    expect(approvedTooEarly).toMatchObject({ status: 409, body: { code: 'registration.in-conflict' } });

    await house.act(conflict, 'assign', 'manager-1', { assignee: 'manager-1' });
    const { body: evaluated } = await house.act(conflict, 'adjudicate', 'manager-1');
    expect(evaluated.recommendation).toMatchObject({ winner: idOf(first), rule: 'first-complete' });
    expect(evaluated.trace.at(-1)).toMatchObject({ rule: 'first-complete', decisive: true });
    expect(
      await house.act(conflict, 'decide', 'manager-1', { winner: idOf(second), reason: 'I like them' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'conflict.override-required' },
    });
    expect(
      await house.act(conflict, 'decide', 'manager-1', { winner: idOf(first), reason: 'as recommended' }),
    ).toMatchObject({ status: 200 });

    const lost = await house.until(second, 'partner-02', ({ status }) => status === 'rejected');
    expect(lost.rejection.code).toBe('lost-conflict');
    const told = JSON.stringify([
      lost,
      (await house.ask(`${second}/history`, { as: 'partner-02' })).body,
      (await house.ask(conflict, { as: 'partner-02' })).body,
    ]);
    expect(told).not.toMatch(new RegExp(`partner-01|Orion Systems sp|${idOf(first)}|as recommended`));

    await house.until(first, 'partner-01', ({ status }) => status === 'under-review');
    expect(await house.act(first, 'approve', 'manager-2')).toMatchObject({
      status: 409,
      body: { code: 'registration.contention-window-open' },
    });
    expect((await advance('PT25H')).status).toBe(200);
    const { body: approved } = await house.act(first, 'approve', 'manager-2');
    expect(approved.status).toBe('approved');
    expect(Date.parse(approved.protection.to) - Date.parse(approved.protection.from)).toBe(90 * 86_400_000);

    const list = await house.ask(`/v1/registrations?q=orion&after=${approved.position}`, { as: 'partner-01' });
    expect(list.body.items.map(({ id, status }: any) => [id, status])).toEqual([[idOf(first), 'approved']]);
    const { body: history } = await house.ask(`${first}/history`, { as: 'auditor' });
    expect(history.map(({ type }: any) => type)).toEqual([
      'RegistrationSubmitted',
      'CustomerResolved',
      'EligibilityEvaluated',
      'RegistrationScreened',
      'ReviewStarted',
      'ConflictRaised',
      'ConflictCleared',
      'ApprovalStepDecided',
      'RegistrationApproved',
      'ProtectionGranted',
    ]);
    expect(history.at(-1).state).toMatchObject({ status: 'approved' });
    expect((await house.ask(`${first}?asOf=${history[5].position}`, { as: 'auditor' })).body.status).toBe(
      'in-conflict',
    );

    const customers = await house.until(
      '/v1/customers?q=orion',
      'manager-1',
      ({ items }) => items[0]?.holders.backup !== undefined,
    );
    expect(customers.items).toEqual([
      expect.objectContaining({ holders: { backup: expect.objectContaining({ partnerId: 'partner-01' }) } }),
    ]);

    const feed = await house.until('/v1/events?limit=200', 'partner-01', ({ items }) =>
      items.some(({ type }: any) => type === 'registration.approved.v1'),
    );
    expect(feed.items.filter(({ subject }: any) => subject === idOf(second))).toEqual([]);
    const file = join(house.dataDir, 'topics', 'tiebreak.registrations.v1.ndjson');
    const published = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(published.filter(({ key }) => key === idOf(first)).map(({ headers }) => headers.ce_type)).toEqual(
      feed.items.filter(({ subject }: any) => subject === idOf(first)).map(({ type }: any) => type),
    );
  });
});

describe('a claim on its way', () => {
  it('waits with a possible match until a manager confirms it, which opens the case', async () => {
    const first = await register('partner-01', deal({ legalName: 'Vistula Analytics', city: 'Warszawa' }));
    const second = await register('partner-03', deal({ legalName: 'Vistula Analytika', city: 'Warszawa' }));
    const { screening, status } = await screened(second);
    expect([screening.outcome, status]).toEqual(['possible', 'under-review']);
    await advance('PT25H');
    expect(await house.act(second, 'approve', 'manager-1')).toMatchObject({
      status: 409,
      body: { code: 'registration.match-undecided' },
    });
    expect(
      await house.act(second, 'confirm-match', 'manager-1', { claimId: idOf(first), reason: 'same house' }),
    ).toMatchObject({ status: 200 });
    const { body } = await house.ask(await caseOf(second), { as: 'manager-1' });
    expect(body.claimants.map(({ claimId }: any) => claimId)).toEqual([idOf(first), idOf(second)]);
  });

  it('is parted from its case for good once the customers are called different', async () => {
    const domain = 'shared-hosting-of-two.pl';
    const first = await register('partner-01', deal({ legalName: 'Baltica Foods', domain }));
    const second = await register('partner-02', deal({ legalName: 'Baltica Food', domain }));
    const conflict = await caseOf(second);
    const dismissal = {
      reason: 'different-customer',
      note: 'two firms on one site',
      pairs: [[idOf(first), idOf(second)]],
    };
    expect(await house.act(conflict, 'dismiss', 'manager-1', dismissal)).toMatchObject({ status: 200 });
    const parted = await house.until(
      second,
      'manager-1',
      ({ status, screening }) => status === 'under-review' && screening.outcome === 'clear',
    );
    expect(parted.customerKey).not.toBe((await house.ask(first, { as: 'manager-1' })).body.customerKey);
  });

  it('comes back from a return with only the named fields open, and keeps its place', async () => {
    const path = await register('partner-02', deal({ legalName: 'Lumen Works', domain: 'lumen-works.pl' }));
    const { screening } = await screened(path);
    expect(
      await house.act(path, 'return', 'manager-1', { reasons: ['who decides?'], fields: ['contact'] }),
    ).toMatchObject({ status: 200 });
    const { headers } = await house.ask(path, { as: 'partner-02' });
    const patch = (body: object) =>
      house.ask(path, { as: 'partner-02', method: 'PATCH', body, headers: { 'if-match': headers.get('etag')! } });
    expect(await patch({ consent: false })).toMatchObject({
      status: 422,
      body: { code: 'registration.field-not-asked' },
    });
    expect(await patch({ contact: { name: 'Ewa Lis' } })).toMatchObject({
      status: 200,
      body: { contact: { name: 'Ewa Lis', title: 'Head of IT' } },
    });
    expect(await house.act(path, 'submit', 'partner-02')).toMatchObject({
      status: 200,
      body: { status: 'under-review', screening: { place: screening.place } },
    });
  });

  it('is kept by two managers from the value of the second step on, expires by the clock and frees the customer', async () => {
    const path = await register(
      'partner-03',
      deal(
        { legalName: 'Tatra Steel', domain: 'tatra-steel.pl' },
        { estimatedValue: { amount: 12_000_000, currency: 'EUR' } },
      ),
    );
    await screened(path);
    await advance('PT25H');
    expect((await house.act(path, 'approve', 'manager-1')).body.status).toBe('under-review');
    expect(await house.act(path, 'approve', 'manager-1')).toMatchObject({
      status: 403,
      body: { code: 'registration.approver-decided-before' },
    });
    expect((await house.act(path, 'approve', 'manager-2')).body.status).toBe('approved');
    await advance('P91D');
    await house.until(path, 'partner-03', ({ status }) => status === 'expired');
    const again = await register('partner-01', deal({ legalName: 'Tatra Steel S.A.', domain: 'tatra-steel.pl' }));
    expect((await screened(again)).screening.outcome).toBe('clear');
  });

  it("meets the vendor's own opportunity, and then a person has to decide", async () => {
    const saved = await house.ask('/v1/direct-claims/OPP-7', {
      as: 'manager-1',
      method: 'PUT',
      body: {
        account: { name: 'Nordwind AG', domain: 'nordwind.example', countryCode: 'DE' },
        productFamilies: ['erp'],
        stage: 'proposal',
        openedOn: '2026-01-05',
      },
    });
    expect(saved.status).toBeLessThan(300);
    const path = await register(
      'partner-01',
      deal(
        { legalName: 'Nordwind', domain: 'nordwind.example', countryCode: 'DE', city: 'Kiel' },
        { productFamilies: ['erp'] },
      ),
    );
    const conflict = await caseOf(path);
    const { body } = await house.act(conflict, 'adjudicate', 'manager-1');
    expect(body).toMatchObject({ type: 'partner-vs-direct', recommendation: { winner: null } });
    expect(
      await house.act(conflict, 'decide', 'manager-1', { winner: 'OPP-7', reason: 'proposal is out' }),
    ).toMatchObject({ status: 200 });
    await house.until(path, 'partner-01', ({ status }) => status === 'rejected');
  });

  it('leaves its case when it is withdrawn, and the case ends when one is left', async () => {
    const first = await register('partner-01', deal({ legalName: 'Amber Port', domain: 'amber-port.pl' }));
    const second = await register('partner-02', deal({ legalName: 'Amber Port', domain: 'amber-port.pl' }));
    const conflict = await caseOf(second);
    expect(await house.act(second, 'withdraw', 'partner-02', { reason: 'no budget' })).toMatchObject({ status: 200 });
    await house.until(conflict, 'manager-1', ({ status }) => status === 'dismissed');
    await house.until(first, 'partner-01', ({ status }) => status === 'under-review');
  });

  it('meets another claim when a manager says that their customers are one, and is parted when that was wrong', async () => {
    const first = await register('partner-01', deal({ legalName: 'Jesion Instruments', domain: 'jesion.pl' }));
    const second = await register('partner-02', deal({ legalName: 'Modrzew Metrology', domain: 'modrzew.pl' }));
    const [{ customerKey: into }, { customerKey: later }] = [
      await screened(first, 'manager-1'),
      await screened(second, 'manager-1'),
    ];
    await house.until(customerAt(later), 'manager-1', ({ names }) => names !== undefined);
    await house.until(customerAt(into), 'manager-1', ({ names }) => names !== undefined);
    const reason = 'took the other name in May';
    expect(await house.act(customerAt(into), 'merge', 'manager-1', { into: later, reason })).toMatchObject({
      status: 422,
      body: { code: 'customer.earlier-survives' },
    });
    expect(await house.act(customerAt(later), 'merge', 'manager-1', { into })).toMatchObject({ status: 400 });
    expect(await house.act(customerAt(later), 'merge', 'partner-01', { into, reason })).toMatchObject({ status: 403 });
    expect(await house.act(customerAt(later), 'merge', 'manager-1', { into, reason })).toMatchObject({
      status: 200,
      body: { status: 'merged', into },
    });
    const conflict = await caseOf(second);
    const all = await house.until(
      customerAt(into),
      'manager-1',
      ({ absorbed, claims }) => absorbed.length > 0 && claims.length > 1,
    );
    expect(all.names).toEqual(['Jesion Instruments', 'Modrzew Metrology']);

    const claimIds = [idOf(second)];
    expect(await house.act(customerAt(into), 'split', 'manager-1', { claimIds, reason: 'it did not' })).toMatchObject({
      status: 200,
      body: { newKey: expect.any(String) },
    });
    await house.until(conflict, 'manager-1', ({ status }) => status === 'dismissed');
    await house.until(second, 'partner-02', ({ status }) => status === 'under-review');
    expect((await screened(second, 'manager-1')).customerKey).not.toBe(into);
  });

  it('tells a partner before it registers whether a customer is claimed, never by whom', async () => {
    await screened(await register('partner-01', deal({ legalName: 'Kopernik Labs', domain: 'kopernik-labs.pl' })));
    const asked = await check({ legalName: 'Kopernik Labs sp. z o.o.', domain: 'kopernik-labs.pl', countryCode: 'PL' });
    expect(asked).toMatchObject({ status: 200, body: { verdict: 'claimed' } });
    expect(Object.keys(asked.body)).toEqual(['verdict']);
    expect(
      (await check({ legalName: 'Nobody Knows Them', domain: 'nobody-knows.pl', countryCode: 'PL' })).body.verdict,
    ).toBe('free');
  });

  it('lets no partner list the customers by asking', async () => {
    await screened(await register('partner-01', deal({ legalName: 'Wierzba Optyka', domain: 'wierzba-optyka.pl' })));
    // parts, patterns and what holds everywhere find nothing
    for (const legalName of ['W', 'Wie', 'Optyk', 'W%', '_W%', 'W*', 'W.*', 'sp. z o.o.', "' OR 1=1 --"])
      expect(await check({ legalName, countryCode: 'PL' })).toMatchObject({ status: 200, body: { verdict: 'free' } });
    for (const legalName of ['%', '_%', '*', '.*'])
      expect(await check({ legalName, countryCode: 'PL' })).toMatchObject({ status: 400 });
    const nobody = { legalName: 'Nobody Knows Them', countryCode: 'PL' };
    let refused = await check(nobody);
    for (let time = 0; refused.status === 200 && time < 100; time++) refused = await check(nobody);
    expect(refused).toMatchObject({ status: 429, body: { code: 'request.too-many' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // its registrations are not held up by it
    await register('partner-02', deal({ legalName: 'Brzoza Lab', domain: 'brzoza-lab.pl' }));
  });
});
