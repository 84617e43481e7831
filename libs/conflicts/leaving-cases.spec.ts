import { describe, expect, it } from '@jest/globals';
import { absent, type ClaimEvent, concerned, type Presence, step } from './leaving-cases.js';

const claimant = { claimId: 'a', kind: 'registration', partnerId: 'p1', place: 1 };
const event = (stream: string, type: string, data: object): ClaimEvent => {
  const dash = stream.indexOf('-');
  const [category, id] = [stream.slice(0, dash), stream.slice(dash + 1)];
  return { type, data, stream: { category, vendor: 'demo', id } } as unknown as ClaimEvent;
};
const detected = (caseId: string, family: string) =>
  event(`conflict-${caseId}`, 'ConflictDetected', { family, claimants: [claimant] });
const after = (...events: ClaimEvent[]): Presence =>
  events.reduce((presence, each) => step(presence, each).presence, absent);

const inTwo = after(detected('acme.backup.1', 'backup'), detected('acme.erp.2', 'erp'));

describe('a claim that is in two cases', () => {
  it.each<[string, ClaimEvent, string[]]>([
    ['all when it is withdrawn', event('registration-a', 'RegistrationWithdrawn', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when it is rejected', event('registration-a', 'RegistrationRejected', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when it runs out', event('registration-a', 'ProtectionExpired', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when it is revoked', event('registration-a', 'ProtectionRevoked', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when it is won', event('registration-a', 'DealWon', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when it is lost', event('registration-a', 'DealLost', {}), ['acme.backup.1', 'acme.erp.2']],
    ['all when the vendor closes its own', event('direct-a', 'DirectClaimClosed', {}), ['acme.backup.1', 'acme.erp.2']],
    ['the one whose family it lost', event('registration-a', 'FamilyLost', { family: 'erp' }), ['acme.erp.2']],
    ['the one whose family the vendor lost', event('direct-a', 'DirectClaimLost', { family: 'erp' }), ['acme.erp.2']],
  ])('leaves %s', (_, what, left) => {
    expect(concerned(what)).toEqual(['a']);
    expect(step(inTwo, what).leaves).toEqual(left);
  });

  it.each([
    event('registration-a', 'RegistrationSubmitted', { fields: { productFamilies: ['erp'] } }),
    event('registration-a', 'CustomerResolved', { customerKey: 'acme-2', previousKey: 'acme' }),
    event('direct-a', 'DirectClaimChanged', { productFamilies: ['erp'] }),
    event('direct-a', 'DirectClaimScreened', { customerKey: 'acme-2', previousKey: 'acme' }),
  ])('stays for all that $type says: screening knows what it gave up, and in which order', (what) =>
    expect(concerned(what)).toEqual([]),
  );

  it.each([
    ['decided', event('conflict-acme.erp.2', 'CaseDecided', { winner: claimant, losers: [] })],
    ['dismissed', event('conflict-acme.erp.2', 'CaseDismissed', { claimants: [claimant] })],
    ['left', event('conflict-acme.erp.2', 'ClaimantLeft', { claimant })],
  ])('is no longer in the one that is %s', (_, what) => {
    expect(concerned(what)).toEqual(['a']);
    expect(step(inTwo, what)).toEqual({ presence: after(detected('acme.backup.1', 'backup')), leaves: [] });
  });
});

describe('a case opened for a claim that', () => {
  it('had ended meanwhile is left at once', () => {
    const ended = after(event('registration-a', 'RegistrationWithdrawn', {}));
    expect(step(ended, detected('acme.backup.1', 'backup')).leaves).toEqual(['acme.backup.1']);
  });
  it('had lost that family meanwhile is left at once, another is not', () => {
    const lost = after(event('registration-a', 'FamilyLost', { family: 'erp' }));
    expect(step(lost, detected('acme.erp.2', 'erp')).leaves).toEqual(['acme.erp.2']);
    expect(step(lost, detected('acme.backup.1', 'backup')).leaves).toEqual([]);
  });
});
