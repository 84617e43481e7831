import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import type { Principal } from '../platform/http/principal.js';
import { viewProcessor } from '../platform/processors/view.js';
import { ConflictDeadline, conflictDeadlines } from './conflict-deadlines.view.js';
import { type ConflictFilter, conflictList, ConflictRow, conflictsOf } from './conflict-list.view.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';
import { conflictsMigrations } from './conflicts.migrations.js';
import { shownConflict } from './shown-conflict.js';

const a: Claimant = { claimId: 'a', kind: 'registration', partnerId: 'north', place: 1 };
const b: Claimant = { claimId: 'b', kind: 'registration', partnerId: 'south', place: 2 };
const crm: Claimant = { claimId: 'crm', kind: 'direct', partnerId: null, place: 3 };
const dueAt = '2026-01-29T09:00:00.000Z';
const detectedOn = (family: string): ConflictEvent => ({
  type: 'ConflictDetected',
  data: {
    type: 'partner-vs-partner',
    customerKey: 'acme',
    family,
    claimants: [a, b],
    match: null,
    policyVersion: '1',
    detectedAt: '2026-01-15T09:00:00.000Z',
    dueAt,
    reason: null,
  },
});
const detected = detectedOn('backup');
const joined: ConflictEvent = {
  type: 'ClaimantJoined',
  data: { claimant: crm, family: 'backup', match: null, type: 'partner-vs-direct' },
};
const left: ConflictEvent = { type: 'ClaimantLeft', data: { claimant: b, type: 'partner-vs-direct' } };
const assigned: ConflictEvent = { type: 'CaseAssigned', data: { assignee: 'manager-1' } };
const requested: ConflictEvent = { type: 'EvidenceRequested', data: { dueAt, question: '' } };
const shown = (endsRequest: boolean): ConflictEvent => ({
  type: 'EvidenceSubmitted',
  data: { claimId: 'a', kind: 'poc', sha256: '', occurredAt: dueAt, endsRequest },
});
const passed: ConflictEvent = { type: 'EvidenceDeadlinePassed', data: { dueAt } };
const evaluated: ConflictEvent = {
  type: 'PolicyEvaluated',
  data: {
    policyVersion: '1',
    inputsHash: '',
    trace: [],
    recommendation: { winner: 'a', rule: 'tier', reason: '' },
    flip: null,
  },
};
const decided: ConflictEvent = {
  type: 'CaseDecided',
  data: { winner: a, losers: [b], family: 'backup', rule: 'tier', explanation: 'why', reason: 'secret' },
};
const dismissed: ConflictEvent = {
  type: 'CaseDismissed',
  data: { reason: 'other', note: '', pairs: [], claimants: [a, b] },
};
const manager: Principal = { subject: 'manager-1', vendor: 'demo', role: 'channel-manager' };
const partner = (partnerId: string): Principal => ({ subject: partnerId, vendor: 'demo', role: 'partner', partnerId });

let db: TestDatabase;
let log: TestLog;
beforeAll(async () => {
  db = await startDatabase({ entities: [ConflictRow, ConflictDeadline], migrations: conflictsMigrations });
  log = await startLog();
});
afterAll(async () => {
  await log.close();
  await db.drop();
});

/** Its row and its deadline once each event has come twice, as after a crash. */
const after = async (vendor: string, id: string, ...events: ConflictEvent[]) => {
  const views = [viewProcessor(conflictList, db.database), viewProcessor(conflictDeadlines, db.database)];
  await append(log.store, `conflict-${vendor}.${id}`, 'no-stream', events);
  for await (const event of log.store.read(`conflict-${vendor}.${id}`))
    for (const { handle } of [...views, ...views]) await db.database.transaction((tx) => handle([event], tx));
  const key = `${vendor}.${id}`;
  const row = await db.database.getRepository(ConflictRow).findOneByOrFail({ key });
  return { row, deadline: await db.database.getRepository(ConflictDeadline).findOneBy({ key }) };
};

const found = async (principal: Principal, filter: ConflictFilter = {}) =>
  (await conflictsOf(db.database, principal, filter).getMany()).map(({ caseId }) => caseId).toSorted();

describe('the list of cases', () => {
  it.each<[string, ConflictEvent[], object]>([
    [
      'a detected one',
      [detected],
      { status: 'detected', type: 'partner-vs-partner', claimants: [a, b], assignee: null },
    ],
    ['a grown one', [detected, joined], { claimants: [a, b, crm], type: 'partner-vs-direct' }],
    ['one that grew under adjudication', [detected, evaluated, joined], { status: 'open' }],
    ['one that a claimant left', [detected, joined, left], { claimants: [a, crm], type: 'partner-vs-direct' }],
    ['an assigned one', [detected, assigned], { status: 'open', assignee: 'manager-1' }],
    ['one assigned while evidence is awaited', [detected, requested, assigned], { status: 'evidence-requested' }],
    ['one that waits for the other side', [detected, requested, shown(false)], { status: 'evidence-requested' }],
    ['one where both sides answered', [detected, requested, shown(true)], { status: 'open' }],
    ['one that got evidence under adjudication', [detected, evaluated, shown(false)], { status: 'open' }],
    ['one whose deadline passed', [detected, requested, passed], { status: 'open' }],
    ['one whose deadline passed later', [detected, requested, evaluated, passed], { status: 'under-adjudication' }],
    ['one under adjudication', [detected, evaluated], { status: 'under-adjudication', winner: null }],
    [
      'a decided one',
      [detected, decided],
      { status: 'decided', dueAt: null, winner: 'a', rule: 'tier', explanation: 'why' },
    ],
    ['a dismissed one', [detected, dismissed], { status: 'dismissed', dueAt: null, winner: null }],
  ])('shows %s', async (what, events, expected) => {
    const id = what.replaceAll(' ', '-');
    expect(shownConflict((await after('rows', id, ...events)).row, manager)).toMatchObject({ id, ...expected });
  });

  it.each<[string, ConflictEvent[], boolean]>([
    ['waits for evidence', [requested], true],
    ['has it from both, for the clock will ring', [requested, shown(true)], true],
    ['waited long enough', [requested, passed], false],
    ['is decided', [requested, decided], false],
    ['is dismissed', [requested, dismissed], false],
  ])('keeps a deadline of a case that %s: %#', async (what, events, kept) => {
    const { deadline } = await after('deadlines', what.replaceAll(' ', '-'), detected, ...events);
    expect(deadline !== null).toBe(kept);
  });

  it('shows to a partner the cases of its own claims, and of those its own side alone', async () => {
    await after('demo', 'acme.backup.1', detected, joined, assigned, evaluated, decided);
    await after('demo', 'acme.erp.1', detectedOn('erp'), joined, left);
    await after('other', 'acme.backup.1', detected);
    expect(await found(manager)).toEqual(['acme.backup.1', 'acme.erp.1']);
    expect(await found(manager, { status: 'decided' })).toEqual(['acme.backup.1']);
    expect(await found(manager, { family: 'erp' })).toEqual(['acme.erp.1']);
    expect(await found(manager, { assignee: 'manager-1' })).toEqual(['acme.backup.1']);
    expect(await found(partner('north'), { assignee: 'nobody' })).toEqual(['acme.backup.1', 'acme.erp.1']);
    expect(await found(partner('south'))).toEqual(['acme.backup.1', 'acme.erp.1']);
    expect(await found(partner('west'))).toEqual([]);

    const south = partner('south');
    const shownTo = (family: string) =>
      conflictsOf(db.database, south, { family })
        .getOneOrFail()
        .then((row) => JSON.parse(JSON.stringify(shownConflict(row, south))) as object);
    expect(await shownTo('erp')).toMatchObject({ status: 'detected', ownClaim: 'b', outcome: 'left', rule: null });
    expect(await shownTo('backup')).toEqual({
      id: 'acme.backup.1',
      status: 'decided',
      type: 'partner-vs-direct',
      family: 'backup',
      ownClaim: 'b',
      dueAt: null,
      outcome: 'lost',
      rule: 'tier',
      explanation: 'why',
    });
  });
});
