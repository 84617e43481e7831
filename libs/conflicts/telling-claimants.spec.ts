import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';
import { tellings } from './telling-claimants.js';

const a: Claimant = { claimId: 'a', kind: 'registration', partnerId: 'p1', place: 1 };
const b: Claimant = { claimId: 'b', kind: 'registration', partnerId: 'p2', place: 2 };
const crm: Claimant = { claimId: 'crm', kind: 'direct', partnerId: null, place: 3 };
const caseId = 'acme.backup.1';
const family = 'backup';
const revision = 4;
const recorded = (event: ConflictEvent) =>
  ({ ...event, revision, stream: { category: 'conflict', vendor: 'demo', id: caseId } }) as Recorded<ConflictEvent>;

describe('what claimants hear of their case', () => {
  it.each<[string, ConflictEvent, string[]]>([
    [
      'that it began, all of them',
      {
        type: 'ConflictDetected',
        data: {
          type: 'partner-vs-direct',
          customerKey: 'acme',
          family,
          claimants: [a, crm],
          match: null,
          policyVersion: '1',
          detectedAt: '',
          dueAt: '',
          reason: null,
        },
      },
      ['a RaiseConflict', 'crm RaiseDirectConflict'],
    ],
    [
      'that they joined',
      { type: 'ClaimantJoined', data: { claimant: b, family, match: null, type: 'partner-vs-direct' } },
      ['b RaiseConflict'],
    ],
    [
      'that they are out of it',
      { type: 'ClaimantLeft', data: { claimant: crm, type: 'partner-vs-partner' } },
      ['crm ClearDirectConflict'],
    ],
    [
      'what they lost before that it is over, and the winner last',
      {
        type: 'CaseDecided',
        data: { winner: b, losers: [a, crm], family, rule: 'effort', explanation: '', reason: '' },
      },
      ['a LoseFamily', 'a ClearConflict', 'crm LoseFamily', 'crm ClearDirectConflict', 'b ClearConflict'],
    ],
    [
      'that it was dismissed, whoever is left',
      { type: 'CaseDismissed', data: { reason: 'claimant-left', note: '', pairs: [], claimants: [a] } },
      ['a ClearConflict'],
    ],
    ['nothing of who works on it', { type: 'CaseAssigned', data: { assignee: 'manager-1' } }, []],
  ])('%s', (_, event, expected) => {
    const told = tellings(recorded(event));
    expect(told.map(({ claimId, command }) => `${claimId} ${command.type}`)).toEqual(expected);
    for (const { command } of told) expect(command).toMatchObject({ caseId });
    const named = told.flatMap(({ command }) => ('family' in command ? [command.family] : []));
    expect(named.every((each) => each === family)).toBe(true);
  });

  it('registrations hear the revision that it is true from', () => {
    const claimant = { claimant: a, family, match: null, type: 'partner-vs-partner' } as const;
    const [joined] = tellings(recorded({ type: 'ClaimantJoined', data: claimant }));
    expect(joined?.command).toEqual({ type: 'RaiseConflict', caseId, family, since: revision });
    for (const event of [
      { type: 'ClaimantLeft', data: claimant },
      { type: 'CaseDecided', data: { winner: a, losers: [], family, rule: '', explanation: '', reason: '' } },
      { type: 'CaseDismissed', data: { reason: 'other', note: '', pairs: [], claimants: [a] } },
    ] as const)
      expect(tellings(recorded(event)).map(({ command }) => command)).toEqual([
        { type: 'ClearConflict', caseId, until: revision },
      ]);
  });

  it('registrations that are another customer’s are to be screened anew, all of the pair', () => {
    const data = { note: '', pairs: [['a', 'crm']], claimants: [a, b, crm] } as const;
    const commands = (reason: 'different-customer' | 'claimant-left') =>
      tellings(recorded({ type: 'CaseDismissed', data: { ...data, reason } })).map(({ command }) => command);
    const cleared = { type: 'ClearConflict', caseId, until: revision };
    const direct = { type: 'ClearDirectConflict', caseId, until: revision };
    expect(commands('different-customer')).toEqual([{ ...cleared, toScreen: true }, cleared, direct]);
    expect(commands('claimant-left')).toEqual([cleared, cleared, direct]);
  });
});
