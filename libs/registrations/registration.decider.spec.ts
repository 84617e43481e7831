import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { DomainError } from '../kernel/decider.js';
import type { RegistrationCommand } from './registration.commands.js';
import { registration } from './registration.decider.js';
import { context, deal, grants, manager, possibleMatch, screening, thursday } from './registration.fixture.js';
import { isClaim, type Registration, unknown } from './registration.state.js';

const commands: readonly RegistrationCommand[] = [
  { type: 'DraftRegistration', partnerId: 'north', fields: deal },
  { type: 'AmendDraft', patch: { nextSteps: 'call' } },
  { type: 'SubmitRegistration' },
  { type: 'SubmitRegistration', claim: { partnerId: 'north', fields: deal } },
  { type: 'AmendFields', patch: { customer: { city: 'Köln' } } },
  { type: 'WithdrawRegistration', reason: 'gone' },
  { type: 'AttachEvidence', kind: 'demo', sha256: 'a', occurredAt: thursday },
  { type: 'ReportWon', amount: 1, currency: 'EUR', closedOn: '2026-02-01' },
  { type: 'ReportLost', reason: 'price' },
  { type: 'ConfirmMatch', claimId: 'claim-0', reason: 'same' },
  { type: 'DismissMatch', claimId: 'claim-0', reason: 'other' },
  { type: 'AssignReview', assignee: 'manager-2' },
  { type: 'ReturnForInformation', reasons: ['city?'], fields: ['customer'] },
  { type: 'ApproveStep' },
  { type: 'ApproveRegistration', grants },
  { type: 'ApproveRegistration', grants: grants.map((grant) => ({ ...grant, grantId: 'r.2' })) },
  { type: 'RejectRegistration', code: 'other', explanation: 'no' },
  ...[
    screening(),
    screening({ candidates: [possibleMatch] }),
    screening({ cases: [{ caseId: 'case-1', family: 'erp' }] }),
  ].map((each): RegistrationCommand => ({
    type: 'RecordScreening',
    screening: each,
    contentHash: null,
    basis: 'new',
    overCap: null,
    policyVersion: 'standard-v1',
  })),
  { type: 'RaiseConflict', caseId: 'case-1', family: 'erp', since: 0 },
  { type: 'RaiseConflict', caseId: 'case-1', family: 'erp', since: 2 },
  { type: 'RaiseConflict', caseId: 'case-2', family: 'backup', since: 0 },
  { type: 'ClearConflict', caseId: 'case-1', until: 1 },
  { type: 'ClearConflict', caseId: 'case-1', until: 3, toScreen: true },
  { type: 'ClearConflict', caseId: 'case-2', until: 1 },
  { type: 'LoseFamily', family: 'erp', caseId: 'case-1' },
  { type: 'LoseFamily', family: 'backup', caseId: 'case-2' },
  { type: 'AbandonApproval', grantId: 'r.1' },
  { type: 'EscalateReview' },
  { type: 'RemindExpiry' },
  { type: 'ExpireProtection' },
];
// a way in, so that most runs reach a review
const submission = commands.find((command) => command.type === 'SubmitRegistration' && command.claim)!;
const screeningOfIt = commands.find(({ type }) => type === 'RecordScreening')!;
const opening = [submission, screeningOfIt].map((command) => [command, 0, context] as const);
const ofMachines = [
  'RecordScreening',
  'RaiseConflict',
  'ClearConflict',
  'LoseFamily',
  'AbandonApproval',
  'EscalateReview',
  'RemindExpiry',
  'ExpireProtection',
];
const ended = ['rejected', 'withdrawn', 'expired', 'revoked', 'won', 'lost'];

const day = 86_400_000;
const step = tuple(
  constantFrom(...commands),
  constantFrom(0, 3_600_000, day, 4 * day, 95 * day),
  constantFrom(context, manager),
);

/** What no order of commands may lead to. */
const faultOf = (before: Registration, state: Registration): string | undefined => {
  if (ended.includes(before.status) && state.status !== before.status) return `${before.status} was no end`;
  if (!isClaim(state)) return undefined;
  const { status, cases, review, protection } = state;
  if (status === 'in-conflict' && cases.length === 0) return 'in conflict without a case';
  if (status === 'under-review' && cases.length > 0) return 'under review with a case';
  if (status === 'under-review' && (!review.started || review.pausedAt !== null)) return 'under review without a clock';
  const stopped = cases.some(({ raised }) => raised);
  if (status === 'approved' && stopped !== (protection?.pausedAt !== null)) return 'a protection runs during a case';
  return undefined;
};

describe('any order of commands', () => {
  it('keeps the states true, refuses by the rules alone and never refuses a machine', () => {
    const seen = new Set<string>();
    assert(
      property(array(step, { maxLength: 40 }), (steps) => {
        let state: Registration = unknown;
        let at = Date.parse(thursday);
        for (const [command, wait, who] of [...opening, ...steps]) {
          at += wait;
          const { decide, evolve } = registration(who);
          try {
            const after = decide(command, state, new Date(at).toISOString()).reduce(evolve, state);
            const fault = faultOf(state, after);
            if (fault !== undefined) throw new Error(fault);
            state = after;
            seen.add(state.status);
          } catch (error) {
            if (!(error instanceof DomainError) || ofMachines.includes(command.type)) throw error;
          }
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['approved', 'in-conflict', 'returned']));
  });
});
