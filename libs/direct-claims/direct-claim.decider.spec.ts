import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { given } from '../kernel/given.js';
import type { Screening } from '../registrations/registration.events.js';
import { directClaim, liveFamilies } from './direct-claim.decider.js';
import type { DirectClaimEvent, DirectClaimFields } from './direct-claim.events.js';

const policyVersion = 'standard-v1';
const now = '2026-01-15T09:00:00.000Z';
const account = { name: 'Orion Werke GmbH', countryCode: 'DE', domain: 'orion.example' };
const fields: DirectClaimFields = {
  account,
  productFamilies: ['backup', 'erp'],
  stage: 'proposal',
  openedOn: '2026-01-10',
};
const screening: Screening = {
  place: 7,
  outcome: 'clear',
  customerKey: 'c1',
  otherCustomerKeys: [],
  candidates: [],
  weightsVersion: 'w1',
  cases: [],
  contentionEndsAt: '2026-01-16T09:00:00.000Z',
};
const opened: DirectClaimEvent = { type: 'DirectClaimOpened', data: { ...fields, openedAt: now, policyVersion } };
const screened: DirectClaimEvent = { type: 'DirectClaimScreened', data: { ...screening, account, previousKey: null } };
const raised: DirectClaimEvent = { type: 'DirectConflictRaised', data: { caseId: 'k1', family: 'backup' } };
const cleared: DirectClaimEvent = { type: 'DirectConflictCleared', data: { caseId: 'k1', until: 4 } };
const lost = (family: string): DirectClaimEvent => ({ type: 'DirectClaimLost', data: { caseId: 'k1', family } });
const closed: DirectClaimEvent = { type: 'DirectClaimClosed', data: { closedOn: '2026-01-14' } };
const save = (change: Partial<DirectClaimFields> = {}) =>
  ({ type: 'SaveDirectClaim', fields: { ...fields, ...change }, policyVersion }) as const;
const changed = (
  change: Partial<DirectClaimFields>,
  toScreen: boolean,
  lostFamilies: string[] = [],
): DirectClaimEvent => ({
  type: 'DirectClaimChanged',
  data: { ...fields, ...change, toScreen, lostFamilies, policyVersion },
});

describe('saving a direct claim', () => {
  it('opens it', () => given(directClaim).when(save(), now).then(opened));
  it('has nothing to say the second time', () => given(directClaim, opened).when(save()).then());
  it('has nothing to say under another policy', () =>
    given(directClaim, opened)
      .when({ ...save(), policyVersion: 'v2' })
      .then());
  it('takes note of a new stage without another screening', () =>
    given(directClaim, opened)
      .when(save({ stage: 'negotiation' }))
      .then(changed({ stage: 'negotiation' }, false)));
  it('has another account screened', () =>
    given(directClaim, opened)
      .when(save({ account: { ...account, city: 'Bonn' } }))
      .then(changed({ account: { ...account, city: 'Bonn' } }, true)));
  it('has other families screened', () =>
    given(directClaim, opened)
      .when(save({ productFamilies: ['erp'] }))
      .then(changed({ productFamilies: ['erp'] }, true)));
  it('has no screening for families in another order', () =>
    given(directClaim, opened)
      .when(save({ productFamilies: ['erp', 'backup'] }))
      .then(changed({ productFamilies: ['erp', 'backup'] }, false)));
  it('does not revive what a case took', () => {
    given(directClaim, opened, lost('backup'), lost('erp'))
      .when(save({ stage: 'negotiation' }))
      .then(changed({ stage: 'negotiation' }, false, ['backup', 'erp']));
    expect(fold(directClaim, [opened, lost('backup'), lost('erp'), changed({ stage: 'x' }, false)]).status).toBe(
      'lost',
    );
  });
  it('contends again for a family that is new', () =>
    expect(
      liveFamilies(
        fold(directClaim, [
          opened,
          lost('backup'),
          lost('erp'),
          changed({ productFamilies: ['backup', 'erp', 'endpoint'] }, true),
        ]),
      ),
    ).toEqual(['endpoint']));
  it('opens and closes what the CRM has closed already', () =>
    given(directClaim)
      .when({ ...save(), closedOn: '2026-01-14' }, now)
      .then(opened, closed));
  it('has nothing to say to a closed one the second time', () =>
    given(directClaim, opened, closed)
      .when({ ...save(), closedOn: '2026-01-14' })
      .then());
  it('refuses to change a closed one', () =>
    given(directClaim, opened, closed)
      .when(save({ stage: 'negotiation' }))
      .refused('direct-claim.closed'));
});

describe('recording the screening of a direct claim', () => {
  const record = { type: 'RecordDirectScreening', screening, account, previousKey: null } as const;
  it('keeps it', () => given(directClaim, opened).when(record).then(screened));
  it('keeps the same outcome of another screening too', () =>
    given(directClaim, opened, screened).when(record).then(screened));
  it('keeps it of one that has lost all it claimed: it may come back for more', () =>
    given(directClaim, opened, lost('backup'), lost('erp')).when(record).then(screened));
  it.each([[[]], [[opened, closed]]])('has nothing to say to one that is unknown or closed', (past) =>
    given(directClaim, ...past)
      .when(record)
      .then(),
  );
});

describe('raising and clearing a conflict', () => {
  const raise = { type: 'RaiseDirectConflict', caseId: 'k1', family: 'backup', since: 0 } as const;
  const clear = { type: 'ClearDirectConflict', caseId: 'k1', until: 4 } as const;
  it('tells the claim of the case', () => given(directClaim, opened).when(raise).then(raised));
  it('has nothing to say the second time', () => given(directClaim, opened, raised).when(raise).then());
  it('has nothing to say of a family that was lost', () =>
    given(directClaim, opened, lost('backup')).when(raise).then());
  it('has nothing to say to a closed one', () => given(directClaim, opened, closed).when(raise).then());
  it('clears it', () => given(directClaim, opened, raised).when(clear).then(cleared));
  it('has nothing to clear the second time', () => given(directClaim, opened, raised, cleared).when(clear).then());
  it('clears a case that it was never told of, so that it is not told of it later', () => {
    given(directClaim, opened).when(clear).then(cleared);
    given(directClaim, opened, cleared).when(raise).then();
  });
  it('tells of the case again where it has joined that anew', () =>
    given(directClaim, opened, raised, cleared)
      .when({ ...raise, since: 6 })
      .then(raised));
  it('has nothing to clear on a closed one', () => given(directClaim, opened, raised, closed).when(clear).then());
});

describe('losing a family', () => {
  const lose = { type: 'LoseFamily', family: 'backup', caseId: 'k1' } as const;
  it('takes it and its case', () => {
    given(directClaim, opened, raised).when(lose).then(lost('backup'));
    expect(fold(directClaim, [opened, raised, lost('backup')])).toMatchObject({
      status: 'open',
      cases: [],
      lostFamilies: ['backup'],
    });
  });
  it('has nothing to say the second time', () => given(directClaim, opened, lost('backup')).when(lose).then());
  it('ends the claim with its last one', () =>
    expect(fold(directClaim, [opened, lost('backup'), lost('erp')]).status).toBe('lost'));
  it.each([[[]], [[opened, closed]]])('has nothing to say to one that is gone', (past) =>
    given(directClaim, ...past)
      .when(lose)
      .then(),
  );
});

describe('closing a direct claim', () => {
  const close = { type: 'CloseDirectClaim', closedOn: '2026-01-14' } as const;
  it('ends it', () => given(directClaim, opened).when(close).then(closed));
  it('ends one that was lost', () => given(directClaim, opened, lost('backup'), lost('erp')).when(close).then(closed));
  it('has nothing to say the second time', () => given(directClaim, opened, closed).when(close).then());
  it('refuses one nobody knows', () => given(directClaim).when(close).refused('direct-claim.unknown'));
});
