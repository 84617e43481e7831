import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.js';
import { ExecuteDirectClaim } from '../direct-claims/direct-claim.handler.js';
import type { ExclusivityEvent } from '../exclusivity/exclusivity.events.js';
import { ExecutePartner } from '../partners/partner.handler.js';
import type { StreamName } from '../platform/event-store/event-store.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { ExecuteRegistration } from '../registrations/registration.handler.js';
import { LeaveOpenCase } from './conflict.handler.js';
import { type Answer, deal, proof, startCases, vendor } from './conflicts.fixture.js';

let cases: Awaited<ReturnType<typeof startCases>>;
beforeAll(async () => {
  cases = await startCases();
});
afterAll(() => cases?.stop());

describe('a case from its detection to its decision', () => {
  it('lets each side see its own, weighs what they show and takes the family from the loser', async () => {
    const { registered, contended, ask, act, registrationIs } = cases;
    const [first, second] = [await registered('north', 'acme'), await registered('south', 'acme')];
    const { caseId: id } = await contended('acme', [first, second]);
    expect(id).toBe('acme.backup.1');
    await registrationIs(first.claimId, 'in-conflict');

    const { position } = (await ask('manager', 'GET', `/${id}`)).body;
    const listed = await ask('north', 'GET', `?after=${position}&status=detected`);
    expect(listed.body['items']).toEqual([expect.objectContaining({ id, ownClaim: first.claimId, outcome: null })]);
    expect((await ask('west', 'GET', '')).body['items']).toEqual([]);
    for (const who of ['west', 'stranger']) {
      expect(await ask(who, 'GET', `/${id}`)).toMatchObject({ status: 404, body: { code: 'conflict.unknown' } });
      expect((await ask(who, 'GET', `/${id}/history`)).status).toBe(404);
      expect((await ask(who, 'POST', `/${id}/evidence`, proof('poc'), '"0"')).status).toBe(404);
    }

    expect((await ask('manager', 'POST', `/${id}/adjudicate`, {})).status).toBe(428);
    expect((await act('north', id, 'adjudicate')).status).toBe(403);
    expect((await act('auditor', id, 'adjudicate')).status).toBe(403);
    expect((await act('manager', id, 'assign', { assignee: 'manager-1' })).body).toMatchObject({
      status: 'open',
      assignee: 'manager-1',
      nextStep: 'adjudicate',
      claimants: [
        { claimId: first.claimId, partnerId: 'north', status: 'in-conflict' },
        { claimId: second.claimId, partnerId: 'south' },
      ],
    });
    const adjudicated = await act('manager', id, 'adjudicate');
    expect(adjudicated.body).toMatchObject({
      status: 'under-adjudication',
      recommendation: { winner: first.claimId, rule: 'first-complete' },
      flip: `Had ${second.claimId} shown one more proposal, it would have led by effort.`,
      allowedActions: expect.arrayContaining(['decide']),
    });
    expect(adjudicated.body['trace']).toHaveLength(10);

    expect((await act('south', id, 'evidence', { ...proof('poc'), claimId: first.claimId })).body['code']).toBe(
      'conflict.not-a-claimant',
    );
    expect((await act('south', id, 'evidence', proof('poc'))).body).toMatchObject({ status: 'open' });
    const decision = { winner: second.claimId, reason: 'they did the work' };
    expect(await act('manager', id, 'decide', decision)).toMatchObject({
      status: 409,
      body: { code: 'conflict.not-evaluated' },
    });
    await act('manager', id, 'adjudicate');
    expect(await act('manager', id, 'decide', { ...decision, winner: first.claimId })).toMatchObject({
      status: 409,
      body: { code: 'conflict.override-required' },
    });
    expect((await act('manager', id, 'decide', decision)).body).toMatchObject({ status: 'decided', rule: 'effort' });
    await registrationIs(first.claimId, 'rejected');
    await registrationIs(second.claimId, 'under-review');

    const lost = await ask('north', 'GET', `/${id}`);
    expect(lost.body).toMatchObject({ outcome: 'lost', ownClaim: first.claimId, rule: 'effort' });
    const history = await ask('north', 'GET', `/${id}/history`);
    expect(history.body.map(({ type }: { type: string }) => type)).toEqual([
      'ConflictDetected',
      'CaseAssigned',
      'PolicyEvaluated',
      'PolicyEvaluated',
      'CaseDecided',
    ]);
    expect((await ask('south', 'GET', `/${id}`)).body).toMatchObject({ outcome: 'won' });
    const told = lost.text + history.text + (await ask('north', 'GET', '')).text;
    for (const secret of ['south', second.claimId, 'manager', 'acme"', decision.reason])
      expect(told).not.toContain(secret);
    expect((await ask('auditor', 'GET', `/${id}/history`)).body).toHaveLength(6);
  });

  it('does not decide on what a claim has shown since', async () => {
    const { bus, caller, registered, contended, act } = cases;
    const claimants = [await registered('north', 'rhea'), await registered('south', 'rhea')];
    const { caseId: id } = await contended('rhea', claimants);
    await act('manager', id, 'adjudicate');
    const evidence = { kind: 'poc', sha256: 'a', occurredAt: '2026-01-05T10:00:00.000Z' } as const;
    await bus.execute(
      new ExecuteRegistration(claimants[1]!.claimId, { type: 'AttachEvidence', ...evidence }, caller()),
    );
    expect(await act('manager', id, 'decide', { winner: claimants[0]!.claimId })).toMatchObject({
      status: 409,
      body: { code: 'conflict.evaluation-stale' },
    });
    expect((await act('manager', id, 'adjudicate')).body['recommendation']).toMatchObject({ rule: 'effort' });
  });

  it('ends when a claimant withdraws and but one is left', async () => {
    const { bus, caller, registered, contended, registrationIs, caseIs } = cases;
    const claimants = [await registered('north', 'titan'), await registered('south', 'titan')];
    const { caseId: id } = await contended('titan', claimants);
    await registrationIs(claimants[1]!.claimId, 'in-conflict');
    await bus.execute(
      new ExecuteRegistration(claimants[0]!.claimId, { type: 'WithdrawRegistration', reason: 'gone' }, caller()),
    );
    await caseIs(id, 'dismissed');
    await registrationIs(claimants[1]!.claimId, 'under-review');
  });

  it('is still shown to one that left, up to there', async () => {
    const { bus, caller, registered, contended, ask, act } = cases;
    const [first, second, third] = [
      await registered('north', 'hydra'),
      await registered('south', 'hydra'),
      await registered('west', 'hydra'),
    ];
    const { caseId: id } = await contended('hydra', [first, second, third]);
    await act('manager', id, 'assign', { assignee: 'manager-1' });
    await act('north', id, 'evidence', proof('poc'));
    await bus.execute(new LeaveOpenCase({ customerKey: 'hydra', family: 'backup', claimId: first.claimId }, caller()));
    await act('manager', id, 'request-evidence', { question: 'Who showed it?' });
    for (const who of ['south', 'west']) await act(who, id, 'evidence', proof('demo'));
    await act('manager', id, 'adjudicate');
    await act('manager', id, 'decide', { winner: second.claimId, reason: 'close' });

    const detail = await ask('north', 'GET', `/${id}`);
    expect(detail.body).toMatchObject({
      ownClaim: first.claimId,
      status: 'decided',
      dueAt: null,
      outcome: 'left',
      explanation: null,
      evidenceRequest: null,
      evidence: [{ claimId: first.claimId }],
      allowedActions: [],
    });
    const history = await ask('north', 'GET', `/${id}/history`);
    expect(history.body.map(({ type }: { type: string }) => type)).toEqual([
      'ConflictDetected',
      'CaseAssigned',
      'EvidenceSubmitted',
      'ClaimantLeft',
    ]);
    for (const secret of ['south', 'west', second.claimId, third.claimId, 'manager', 'hydra"'])
      expect(detail.text + history.text).not.toContain(secret);
    expect((await act('north', id, 'evidence', proof('poc'))).body['code']).toBe('conflict.not-a-claimant');
    expect((await ask('manager', 'GET', `/${id}`)).body).toMatchObject({ status: 'decided', dueAt: null });
  });
});

describe('the gates', () => {
  it('hold a partner that is suspended meanwhile, and make the evaluation stale', async () => {
    const { bus, caller, registered, contended, act } = cases;
    const [first, second] = [await registered('west', 'ceres'), await registered('south', 'ceres')];
    const { caseId: id } = await contended('ceres', [first, second]);
    expect((await act('manager', id, 'adjudicate')).body['recommendation']).toMatchObject({ winner: first.claimId });
    await bus.execute(new ExecutePartner('west', { type: 'SuspendPartner', reason: 'unpaid' }, caller()));
    await until('the evaluation to be stale', async () => {
      const decision = await act('manager', id, 'decide', { winner: second.claimId });
      return decision.body['code'] === 'conflict.evaluation-stale';
    });
    const { recommendation, trace } = (await act('manager', id, 'adjudicate')).body;
    expect(recommendation).toMatchObject({ winner: second.claimId, rule: 'gates' });
    expect(trace[0].inputs).toMatchObject({ [first.claimId]: 'not-authorised' });
    await bus.execute(new ExecutePartner('west', { type: 'ReinstatePartner', reason: 'paid' }, caller()));
  });

  it('hold what is said to be net-new where the family was sold inside the look-back', async () => {
    const { clock, store, registered, contended, act } = cases;
    const [first, second] = [await registered('north', 'juno'), await registered('south', 'juno')];
    const won = randomUUID();
    const grant = { family: 'backup', customerKey: 'juno', grantId: `${won}.1` };
    const [from, to] = [clock.now(), clock.now()];
    const written = (stream: StreamName, ...events: (RegistrationEvent | ExclusivityEvent)[]) =>
      store.append(
        stream,
        'no-stream',
        events.map(({ type, data }) => {
          const id = randomUUID();
          const why = { $correlationId: id, $causationId: id, commandId: id };
          return { id, type, data, metadata: { ...why, at: from, actor: 'test', vendor, schema: 1 } };
        }),
      );
    await written(
      `registration-${vendor}.${won}`,
      {
        type: 'RegistrationSubmitted',
        data: {
          partnerId: 'north',
          submittedBy: 'north-user',
          tier: 'gold',
          fields: deal,
          receipt: { policyVersion: 'standard-v1', contentHash: '' },
          toScreen: true,
          submittedAt: from,
        },
      },
      { type: 'RegistrationApproved', data: { grants: [grant] } },
      { type: 'DealWon', data: { amount: 1, currency: 'EUR', closedOn: from.slice(0, 10) } },
    );
    await written(`exclusivity-${vendor}.juno.backup`, {
      type: 'ExclusivityTaken',
      data: { ...grant, registrationId: won, partnerId: 'north', from, to },
    });
    const { caseId: id } = await contended('juno', [first, second]);
    const [gates] = (await act('manager', id, 'adjudicate')).body['trace'];
    expect(gates.inputs).toEqual({ [first.claimId]: 'existing-customer', [second.claimId]: 'incumbent-partner' });
  });
});

describe('two that open a case', () => {
  it('meet in one, and a repeat answers what it did after the case has ended', async () => {
    const { registered, contended, act } = cases;
    const claimants = [await registered('north', 'dione'), await registered('south', 'dione')];
    const commandId = randomUUID();
    const both = await Promise.all([contended('dione', claimants, commandId), contended('dione', claimants)]);
    expect(both.map(({ caseId }) => caseId)).toEqual(['dione.backup.1', 'dione.backup.1']);
    expect(both.map(({ revision }) => revision)).toEqual([0, 0]);
    const third = await registered('west', 'dione');
    const joinId = randomUUID();
    const joined = await contended('dione', [...claimants, third], joinId);
    expect(joined).toMatchObject({ caseId: 'dione.backup.1', revision: 1, events: [{ type: 'ClaimantJoined' }] });
    await act('manager', 'dione.backup.1', 'dismiss', { reason: 'other', note: 'settled by phone' });
    expect(await contended('dione', [...claimants, third], joinId)).toMatchObject({
      caseId: 'dione.backup.1',
      revision: 1,
    });
    expect(await contended('dione', claimants)).toMatchObject({ caseId: 'dione.backup.2', revision: 0 });
  });

  it('are left by a claim that gives up the customer or the family, once', async () => {
    const { bus, caller, registered, contended, act, ask } = cases;
    const [first, second, third] = [
      await registered('north', 'rigel'),
      await registered('south', 'rigel'),
      await registered('west', 'rigel'),
    ];
    const inCase = async (id: string) =>
      (await ask('manager', 'GET', `/${id}`)).body['claimants'].map(({ claimId }: { claimId: string }) => claimId);
    const left = (family: string, claimId: string = first.claimId) => ({ customerKey: 'rigel', family, claimId });
    await contended('rigel', [first, second]);
    await act('manager', 'rigel.backup.1', 'dismiss', { reason: 'other', note: '' });
    await contended('rigel', [first, second, third]);
    await bus.execute(new LeaveOpenCase(left('erp'), caller()));
    await bus.execute(new LeaveOpenCase(left('backup', 'another'), caller()));
    expect(await inCase('rigel.backup.2')).toHaveLength(3);

    const commandId = randomUUID();
    await bus.execute(new LeaveOpenCase(left('backup'), caller(commandId)));
    expect(await inCase('rigel.backup.2')).toEqual([second.claimId, third.claimId]);
    await bus.execute(new LeaveOpenCase(left('backup', second.claimId), caller()));
    expect((await ask('manager', 'GET', '/rigel.backup.2')).body['status']).toBe('dismissed');
    await contended('rigel', [first, second]);
    await bus.execute(new LeaveOpenCase(left('backup'), caller(commandId)));
    expect(await inCase('rigel.backup.3')).toEqual([first.claimId, second.claimId]);
  });

  it('a manager does so by hand, for live claims on the family alone', async () => {
    const { bus, caller, screeningOf, registered, ask, act } = cases;
    const [ours, theirs] = [await registered('north', 'metis'), await registered('south', 'other-metis')];
    const account = { name: 'Metis', countryCode: 'DE' };
    const fields = { account, productFamilies: ['backup'], stage: 'open', openedOn: '2026-01-10' };
    await bus.execute(new ExecuteDirectClaim('crm-7', { type: 'SaveDirectClaim', fields }, caller()));
    const asked = { family: 'backup', reason: 'the same group', claimIds: [theirs.claimId, ours.claimId, 'crm-7'] };
    expect((await ask('manager', 'POST', '', asked)).body['code']).toBe('conflict.claim-not-screened');
    const record = {
      type: 'RecordDirectScreening',
      screening: screeningOf('metis'),
      account,
      previousKey: null,
    } as const;
    await bus.execute(new ExecuteDirectClaim('crm-7', record, caller()));
    expect((await ask('manager', 'POST', '', { ...asked, family: 'erp' })).body['code']).toBe(
      'conflict.claim-not-live',
    );
    expect((await ask('manager', 'POST', '', { ...asked, claimIds: ['crm-7', 'x'] })).body['code']).toBe(
      'conflict.claim-unknown',
    );
    expect((await ask('north', 'POST', '', asked)).status).toBe(403);
    expect(await ask('manager', 'POST', '', asked)).toMatchObject({
      status: 201,
      body: { id: 'metis.backup.1', type: 'partner-vs-direct', match: null, reason: 'the same group' },
    });
    const evaluated = await act('manager', 'metis.backup.1', 'adjudicate');
    expect(evaluated.body['recommendation']).toMatchObject({
      winner: null,
      reason: expect.stringContaining('direct sales'),
    });
  });
});

describe('evidence that is asked for', () => {
  it('has one deadline for both, and the clock opens the case again after it', async () => {
    const { bus, caller, clock, database, evidenceDeadline, registered, contended, ask, act, caseIs } = cases;
    const [first, second] = [await registered('north', 'hebe'), await registered('south', 'hebe')];
    const { caseId: id } = await contended('hebe', [first, second]);
    const asked = await act('manager', id, 'request-evidence', { question: 'Who showed it?' });
    expect(asked.body).toMatchObject({ status: 'evidence-requested', nextStep: 'evidence' });
    const { dueAt } = asked.body['evidenceRequest'];
    for (const who of ['north', 'south'])
      expect((await ask(who, 'GET', `/${id}`)).body['evidenceRequest']).toEqual({ question: 'Who showed it?', dueAt });
    const { key } = await until('the deadline', async () => {
      const rows = await database.query<{ key: string }[]>(`SELECT key FROM conflict_deadline WHERE case_id = $1`, [
        id,
      ]);
      return rows[0];
    });
    const due = { key, vendor, caseId: id, dueAt };
    await evidenceDeadline.ring(due, clock.now());
    await caseIs(id, 'evidence-requested');
    await evidenceDeadline.ring(due, dueAt);
    await caseIs(id, 'open');
    await until('no deadline', async () => {
      const rows = await database.query<object[]>(`SELECT FROM conflict_deadline WHERE case_id = $1`, [id]);
      return rows.length === 0;
    });
    expect((await act('north', id, 'evidence', proof('demo'))).body['code']).toBe('conflict.evidence-too-late');
    const after = new Date(Date.parse(dueAt) + 1).toISOString();
    const late = { type: 'AttachEvidence', kind: 'poc', sha256: 'f', occurredAt: '2026-01-05T10:00:00.000Z' } as const;
    await bus.execute(new ExecuteRegistration(second.claimId, late, { ...caller(), now: after }));
    expect((await act('manager', id, 'adjudicate')).body['recommendation']).toMatchObject({ rule: 'first-complete' });
  });
});

describe('the list of cases', () => {
  it('goes page by page, the newest first', async () => {
    const { registered, contended, ask } = cases;
    const made: string[] = [];
    for (const customer of ['io', 'leda', 'elara'])
      made.unshift(
        (await contended(customer, [await registered('west', customer), await registered('north', customer)])).caseId,
      );
    const { position } = (await ask('manager', 'GET', `/${made[0]!}`)).body;
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && pages.length < made.length;) {
      const page: Answer = await ask('west', 'GET', `?limit=1&after=${position}${cursor && `&cursor=${cursor}`}`);
      pages.push(page.body['items'][0].id);
      cursor = page.body['nextCursor'];
    }
    expect(pages).toEqual(made);
  });
});
