import { describe, expect, it } from '@jest/globals';
import type { Claimant, ConflictEvent } from './conflict.events.js';
import { tellings } from './telling-claimants.js';

const a: Claimant = { claimId: 'a', kind: 'registration', partnerId: 'p1', place: 1 };
const b: Claimant = { claimId: 'b', kind: 'registration', partnerId: 'p2', place: 2 };
const crm: Claimant = { claimId: 'crm', kind: 'direct', partnerId: null, place: 3 };
const caseId = 'acme.backup.1';
const family = 'backup';

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
    const told = tellings(caseId, event);
    expect(told.map(({ claimId, command }) => `${claimId} ${command.type}`)).toEqual(expected);
    for (const { command } of told) expect(command).toMatchObject({ caseId });
    const named = told.flatMap(({ command }) => ('family' in command ? [command.family] : []));
    expect(named.every((each) => each === family)).toBe(true);
  });
});
