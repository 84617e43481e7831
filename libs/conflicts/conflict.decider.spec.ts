import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { given } from '../kernel/given.js';
import { caseActions } from './case-actions.js';
import { conflictCase, type ConflictCommand } from './conflict.decider.js';
import type { Claimant, ConflictEvent, ConflictType } from './conflict.events.js';
import type { Evaluation } from './tie-break.js';

const now = '2026-01-15T09:00:00.000Z';
const later = '2026-01-22T09:00:00.000Z';
const claimant = (claimId: string, place: number, partnerId: string | null = `partner-${claimId}`): Claimant => ({
  claimId,
  kind: partnerId === null ? 'direct' : 'registration',
  partnerId,
  place,
});
const [a, b, c, direct] = [claimant('a', 1), claimant('b', 2), claimant('c', 3), claimant('crm-1', 4, null)];

const detect = (...claimants: Claimant[]): Extract<ConflictCommand, { type: 'DetectConflict' }> => ({
  type: 'DetectConflict',
  customerKey: 'acme',
  family: 'backup',
  claimants,
  match: { verdict: 'certain', fields: [] },
  merged: false,
  policyVersion: 'standard-v1',
  dueAt: '2026-01-29T09:00:00.000Z',
  reason: null,
});
const detected = (...claimants: Claimant[]): ConflictEvent => {
  const { type: _, merged: __, ...data } = detect(...claimants);
  const type = claimants.includes(direct) ? 'partner-vs-direct' : 'partner-vs-partner';
  return { type: 'ConflictDetected', data: { ...data, type, detectedAt: now } };
};
const joined = (who: Claimant, type: ConflictType): ConflictEvent => ({
  type: 'ClaimantJoined',
  data: { claimant: who, family: 'backup', match: { verdict: 'certain', fields: [] }, type },
});
const left = (who: Claimant, type: ConflictType): ConflictEvent => ({
  type: 'ClaimantLeft',
  data: { claimant: who, type },
});
const assigned: ConflictEvent = { type: 'CaseAssigned', data: { assignee: 'manager-1' } };
const requested: ConflictEvent = { type: 'EvidenceRequested', data: { dueAt: later, question: 'Who showed it?' } };
const passed: ConflictEvent = { type: 'EvidenceDeadlinePassed', data: { dueAt: later } };
const poc = { kind: 'poc', sha256: 'f00d', occurredAt: '2026-01-10T00:00:00.000Z' } as const;
const shown = (claimId: string, endsRequest = false): ConflictEvent => ({
  type: 'EvidenceSubmitted',
  data: { claimId, ...poc, endsRequest },
});
const evaluation = (winner: string | null, inputsHash = 'h1'): Evaluation => ({
  policyVersion: 'standard-v1',
  inputsHash,
  trace: [],
  recommendation: { winner, rule: winner === null ? null : 'effort', reason: '' },
  flip: null,
});
const evaluated = (winner: string | null = 'a'): ConflictEvent => ({
  type: 'PolicyEvaluated',
  data: evaluation(winner),
});
const decide = (winner: string, reason = '', inputsHash = 'h1'): ConflictCommand => ({
  type: 'DecideCase',
  winner,
  reason,
  inputsHash,
});
const decided: ConflictEvent = {
  type: 'CaseDecided',
  data: {
    winner: a,
    losers: [b],
    family: 'backup',
    rule: 'effort',
    explanation: 'The claim that won did so because it showed the greater effort.',
    reason: '',
  },
};
const dismissed: ConflictEvent = {
  type: 'CaseDismissed',
  data: { reason: 'other', note: 'settled by phone', pairs: [], claimants: [a, b] },
};
const leave = (claimId: string): ConflictCommand => ({ type: 'LeaveCase', claimId });
const assign: ConflictCommand = { type: 'AssignCase', assignee: 'manager-1', stakeholders: ['partner-01'] };
const request: ConflictCommand = { type: 'RequestEvidence', question: 'Who showed it?', dueAt: later };
const submit = (claimId: string): ConflictCommand => ({ type: 'SubmitEvidence', claimId, evidence: poc });
const adjudicate: ConflictCommand = { type: 'Adjudicate', evaluation: evaluation('a') };
const dismiss: ConflictCommand = { type: 'DismissCase', reason: 'other', note: 'settled by phone', pairs: [] };
const separate = (...pairs: [string, string][]): ConflictCommand => ({
  type: 'DismissCase',
  reason: 'different-customer',
  note: '',
  pairs,
});
const stateOf = (...past: ConflictEvent[]) => fold(conflictCase, past);

describe('detecting a conflict', () => {
  it('opens a case', () => given(conflictCase).when(detect(a, b), now).then(detected(a, b)));
  it('names it after the vendor’s own claim in it', () =>
    given(conflictCase).when(detect(a, direct), now).then(detected(a, direct)));
  it('lets those join who are not in it', () =>
    given(conflictCase, detected(a, b))
      .when(detect(a, c, direct))
      .then(joined(c, 'partner-vs-partner'), joined(direct, 'partner-vs-direct')));
  it('has nothing to say of those who are', () => given(conflictCase, detected(a, b)).when(detect(b, a)).then());
  it('makes what is under adjudication open again', () =>
    expect(stateOf(detected(a, b), evaluated(), joined(c, 'partner-vs-partner'))).toMatchObject({
      status: 'open',
      current: false,
    }));
  it('leaves a request for evidence as it is', () =>
    expect(stateOf(detected(a, b), requested, joined(c, 'partner-vs-partner')).status).toBe('evidence-requested'));
  it('refuses one claim', () => given(conflictCase).when(detect(a)).refused('conflict.too-few-claimants'));
  it('refuses the vendor’s own claims alone', () =>
    given(conflictCase)
      .when(detect(direct, claimant('crm-2', 5, null)))
      .refused('conflict.too-few-claimants'));
  it.each([decided, dismissed])('refuses a case that has ended', (end) =>
    given(conflictCase, detected(a, b), end).when(detect(a, c)).refused('conflict.ended'),
  );
});

describe('leaving a case', () => {
  it('leaves two others in it, who may be another type of conflict', () =>
    given(conflictCase, detected(a, b, direct))
      .when(leave('crm-1'))
      .then(left(direct, 'partner-vs-partner')));
  it('makes an evaluation stale', () =>
    expect(stateOf(detected(a, b, c), evaluated(), left(c, 'partner-vs-partner'))).toMatchObject({
      status: 'under-adjudication',
      current: false,
    }));
  it.each([
    ['one is left', [a, b], 'a', [b]],
    ['only the vendor’s own are left', [a, direct], 'a', [direct]],
  ])('ends it when %s', (_, claimants, claimId, remaining) =>
    given(conflictCase, detected(...claimants))
      .when(leave(claimId))
      .then(left(a, claimants.includes(direct) ? 'partner-vs-direct' : 'partner-vs-partner'), {
        type: 'CaseDismissed',
        data: { reason: 'claimant-left', note: '', pairs: [], claimants: remaining },
      }),
  );
  it.each<[string, ConflictEvent[]]>([
    ['is not in it', [detected(b, c)]],
    ['has left it', [detected(a, b, c), left(a, 'partner-vs-partner')]],
    ['was in it when it ended', [detected(a, b), decided]],
    ['nobody opened', []],
  ])('has nothing to say of a claim that %s', (_, past) =>
    given(conflictCase, ...past)
      .when(leave('a'))
      .then(),
  );
});

describe('assigning a case', () => {
  it('opens it', () => {
    given(conflictCase, detected(a, b)).when(assign).then(assigned);
    expect(stateOf(detected(a, b), assigned)).toMatchObject({ status: 'open', assignee: 'manager-1' });
  });
  it('hands it on without a change of state', () =>
    expect(stateOf(detected(a, b), requested, assigned).status).toBe('evidence-requested'));
  it('has nothing to say the second time', () => given(conflictCase, detected(a, b), assigned).when(assign).then());
  it('refuses whoever submitted one of the claims', () =>
    given(conflictCase, detected(a, b))
      .when({ type: 'AssignCase', assignee: 'manager-1', stakeholders: ['manager-1'] })
      .refused('conflict.assignee-has-stake'));
});

describe('requesting evidence', () => {
  it('sets one deadline for all', () => given(conflictCase, detected(a, b), assigned).when(request).then(requested));
  it('has nothing to say to the same question', () =>
    given(conflictCase, detected(a, b), requested).when(request).then());
  it('refuses another while one is open', () =>
    given(conflictCase, detected(a, b), requested)
      .when({ type: 'RequestEvidence', question: 'Another?', dueAt: later })
      .refused('conflict.evidence-requested'));
});

describe('submitting evidence', () => {
  it('adds it to the claim', () => given(conflictCase, detected(a, b)).when(submit('a'), now).then(shown('a')));
  it('waits for the other side', () =>
    given(conflictCase, detected(a, b), requested).when(submit('a'), now).then(shown('a')));
  it('ends the request once every partner has answered', () => {
    given(conflictCase, detected(a, b, direct), requested, shown('a'))
      .when(submit('b'), now)
      .then(shown('b', true));
    expect(stateOf(detected(a, b), requested, shown('a'), shown('b', true)).status).toBe('open');
  });
  it('makes what is under adjudication open again', () =>
    expect(stateOf(detected(a, b), evaluated(), shown('a'))).toMatchObject({ status: 'open', current: false }));
  it('has nothing to say to the same again', () =>
    given(conflictCase, detected(a, b), shown('a')).when(submit('a'), now).then());
  it('takes it at the deadline', () =>
    given(conflictCase, detected(a, b), requested).when(submit('a'), later).then(shown('a')));
  it('refuses it after the deadline, whether or not the clock has rung', () =>
    given(conflictCase, detected(a, b), requested)
      .when(submit('a'), '2026-01-22T09:00:00.001Z')
      .refused('conflict.evidence-too-late'));
  it('refuses it once the clock has rung', () =>
    given(conflictCase, detected(a, b), requested, passed)
      .when(submit('a'), later)
      .refused('conflict.evidence-too-late'));
  it('refuses a claim that is not in the case', () =>
    given(conflictCase, detected(a, b)).when(submit('c')).refused('conflict.not-a-claimant'));
  it('refuses what has yet to happen', () =>
    given(conflictCase, detected(a, b))
      .when(submit('a'), '2026-01-09T00:00:00.000Z')
      .refused('conflict.evidence-in-future'));
});

describe('passing the evidence deadline', () => {
  const ring: ConflictCommand = { type: 'PassEvidenceDeadline' };
  it('opens the case again', () => {
    given(conflictCase, detected(a, b), requested).when(ring, later).then(passed);
    expect(stateOf(detected(a, b), requested, passed).status).toBe('open');
  });
  it('is recorded where the case has moved on, and leaves it there', () => {
    given(conflictCase, detected(a, b), requested, evaluated()).when(ring, later).then(passed);
    expect(stateOf(detected(a, b), requested, evaluated(), passed).status).toBe('under-adjudication');
  });
  it.each<[string, ConflictEvent[], string]>([
    ['before it', [detected(a, b), requested], '2026-01-22T08:59:59.999Z'],
    ['a second time', [detected(a, b), requested, passed], later],
    ['where none was set', [detected(a, b)], later],
    ['of a case that has ended', [detected(a, b), requested, dismissed], later],
    ['of no case', [], later],
  ])('has nothing to say %s', (_, past, at) =>
    given(conflictCase, ...past)
      .when(ring, at)
      .then(),
  );
});

describe('adjudicating', () => {
  it('records what the rules say', () => given(conflictCase, detected(a, b)).when(adjudicate).then(evaluated()));
  it('has nothing to say to the same inputs', () =>
    given(conflictCase, detected(a, b), evaluated()).when(adjudicate).then());
  it('says it again where something came between', () =>
    given(conflictCase, detected(a, b), evaluated(), shown('b')).when(adjudicate).then(evaluated()));
  it('says it again where nobody answered a request in between', () =>
    given(conflictCase, detected(a, b), evaluated(), requested, passed).when(adjudicate).then(evaluated()));
  it('refuses while evidence is awaited', () => {
    given(conflictCase, detected(a, b), requested).when(adjudicate).refused('conflict.evidence-requested');
    given(conflictCase, detected(a, b), requested, shown('a')).when(adjudicate).refused('conflict.evidence-requested');
    const actions = caseActions(stateOf(detected(a, b), requested), 'channel-manager');
    expect(actions).toEqual(['assign', 'evidence']);
  });
});

describe('deciding', () => {
  it('follows the recommendation', () =>
    given(conflictCase, detected(a, b), evaluated()).when(decide('a')).then(decided));
  it('has nothing to say the second time', () =>
    given(conflictCase, detected(a, b), evaluated(), decided).when(decide('a')).then());
  it('refuses the other winner then', () =>
    given(conflictCase, detected(a, b), evaluated(), decided).when(decide('b')).refused('conflict.ended'));
  it('refuses what goes against the recommendation', () =>
    given(conflictCase, detected(a, b), evaluated())
      .when(decide('b', 'why not'))
      .refused('conflict.override-required'));
  it('lets a person choose where the rules left it to one', () =>
    given(conflictCase, detected(a, b), evaluated(null))
      .when(decide('b', 'they met the board'))
      .then({
        type: 'CaseDecided',
        data: {
          winner: b,
          losers: [a],
          family: 'backup',
          rule: 'person',
          explanation: expect.stringContaining('a person') as unknown as string,
          reason: 'they met the board',
        },
      }));
  it('asks that person for a reason', () =>
    given(conflictCase, detected(a, b), evaluated(null)).when(decide('b', ' ')).refused('conflict.reason-required'));
  it('refuses a claim that is not in the case', () =>
    given(conflictCase, detected(a, b), evaluated()).when(decide('c')).refused('conflict.not-a-claimant'));
  it('refuses a winner that has left', () =>
    given(conflictCase, detected(a, b, c), evaluated(), left(a, 'partner-vs-partner'))
      .when(decide('a'))
      .refused('conflict.not-a-claimant'));
  it('refuses without an evaluation', () =>
    given(conflictCase, detected(a, b)).when(decide('a')).refused('conflict.not-evaluated'));
  it.each<[string, ConflictEvent, 'conflict.not-evaluated' | 'conflict.evaluation-stale']>([
    ['a claimant joined', joined(c, 'partner-vs-partner'), 'conflict.not-evaluated'],
    ['evidence came', shown('b'), 'conflict.not-evaluated'],
    ['a claimant left', left(c, 'partner-vs-partner'), 'conflict.evaluation-stale'],
  ])('refuses once %s', (_, event, code) =>
    given(conflictCase, detected(a, b, c), evaluated(), event)
      .when(decide('a'))
      .refused(code),
  );
  it('refuses once a claim itself has changed', () =>
    given(conflictCase, detected(a, b), evaluated())
      .when(decide('a', '', 'h2'))
      .refused('conflict.evaluation-stale'));
});

describe('dismissing', () => {
  it.each<[string, ConflictEvent[]]>([
    ['detected', []],
    ['open', [assigned]],
    ['under adjudication', [evaluated()]],
  ])('ends a case that is %s', (_, past) =>
    given(conflictCase, detected(a, b), ...past)
      .when(dismiss)
      .then(dismissed),
  );
  it('has nothing to say the second time', () => given(conflictCase, detected(a, b), dismissed).when(dismiss).then());
  it('refuses while evidence is awaited', () =>
    given(conflictCase, detected(a, b), requested).when(dismiss).refused('conflict.evidence-requested'));
  it('names the pairs that are different customers', () =>
    given(conflictCase, detected(a, b, c))
      .when(separate(['a', 'c']))
      .then({
        type: 'CaseDismissed',
        data: { reason: 'different-customer', note: '', pairs: [['a', 'c']], claimants: [a, b, c] },
      }));
  it('knows which pair is meant where there are but two', () =>
    given(conflictCase, detected(a, b))
      .when(separate())
      .then({
        type: 'CaseDismissed',
        data: { reason: 'different-customer', note: '', pairs: [['a', 'b']], claimants: [a, b] },
      }));
  it('asks for the pairs among three', () =>
    given(conflictCase, detected(a, b, c))
      .when(separate())
      .refused('conflict.pairs-required'));
  it.each([
    ['a', 'x'],
    ['a', 'a'],
  ] as [string, string][])('refuses the pair %s, %s', (...pair) =>
    given(conflictCase, detected(a, b)).when(separate(pair)).refused('conflict.pair-unknown'),
  );
  it('refuses pairs for another reason', () =>
    given(conflictCase, detected(a, b))
      .when({ type: 'DismissCase', reason: 'other', note: '', pairs: [['a', 'b']] })
      .refused('conflict.pairs-unexpected'));
});

describe('a case', () => {
  const users: ConflictCommand[] = [assign, request, submit('a'), adjudicate, decide('b'), separate()];
  it.each(users)('that nobody opened is unknown: $type', (command) =>
    given(conflictCase).when(command).refused('conflict.unknown'),
  );
  it.each(users)('that has ended refuses what comes too late: $type', (command) =>
    given(conflictCase, detected(a, b), evaluated(), decided).when(command).refused('conflict.ended'),
  );
});

describe('two protections that meet because their customers were merged', () => {
  const merge = { ...detect(a, b), merged: true };
  const opened: ConflictEvent = {
    type: 'ConflictDetected',
    data: { ...detected(a, b).data, type: 'customer-merge' } as Extract<
      ConflictEvent,
      { type: 'ConflictDetected' }
    >['data'],
  };

  it('open a case of that type', () => given(conflictCase).when(merge, now).then(opened));
  it('keep it, whoever joins and leaves', () => {
    given(conflictCase, opened)
      .when(detect(a, b, c))
      .then(joined(c, 'customer-merge'));
    given(conflictCase, opened, joined(c, 'customer-merge'))
      .when({ type: 'LeaveCase', claimId: 'a' })
      .then(left(a, 'customer-merge'));
  });
  it('give it to the case that one of them joins', () =>
    given(conflictCase, detected(a, c))
      .when({ ...detect(a, b, c), merged: true })
      .then(joined(b, 'customer-merge')));
});
