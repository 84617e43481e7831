import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import type { ConflictEvent } from './conflict.events.js';

export type ClaimEvent = Recorded<ConflictEvent> | Recorded<RegistrationEvent> | Recorded<DirectClaimEvent>;

type Membership = { readonly caseId: string; readonly family: string };

/**
 * What has to be known of a claim to take it out of its cases for what is final. Another customer or fewer families are
 * not: taking it out for them here could come after it had joined anew, so screening sees to it in its own order.
 */
export type Presence = {
  /** The open ones that it is in. */
  readonly cases: readonly Membership[];
  readonly ended: boolean;
  readonly lostFamilies: readonly string[];
};

export const absent: Presence = { cases: [], ended: false, lostFamilies: [] };

/** The claims that `event` says something about. */
export const concerned = (event: ClaimEvent): readonly string[] => {
  switch (event.type) {
    case 'ConflictDetected':
      return event.data.claimants.map(({ claimId }) => claimId);
    case 'ClaimantJoined':
    case 'ClaimantLeft':
      return [event.data.claimant.claimId];
    case 'CaseDecided':
      return [event.data.winner, ...event.data.losers].map(({ claimId }) => claimId);
    case 'CaseDismissed':
      return event.data.claimants.map(({ claimId }) => claimId);
    case 'FamilyLost':
    case 'RegistrationRejected':
    case 'RegistrationWithdrawn':
    case 'ProtectionExpired':
    case 'ProtectionRevoked':
    case 'DealWon':
    case 'DealLost':
    case 'DirectClaimLost':
    case 'DirectClaimClosed':
      return [event.stream.id];
    default:
      return [];
  }
};

type Step = { readonly presence: Presence; readonly leaves: readonly string[] };

const leaving = (presence: Presence, which: (membership: Membership) => boolean): Step => ({
  presence,
  leaves: presence.cases.filter(which).map(({ caseId }) => caseId),
});

/** A case that was opened on an older sight of a claim finds it gone already, and is left at once. */
const entered = (presence: Presence, entry: Membership): Step => {
  const cases = [...presence.cases.filter(({ caseId }) => caseId !== entry.caseId), entry];
  const gone = presence.ended || presence.lostFamilies.includes(entry.family);
  return { presence: { ...presence, cases }, leaves: gone ? [entry.caseId] : [] };
};

const lost = (presence: Presence, family: string): Step =>
  leaving({ ...presence, lostFamilies: [...presence.lostFamilies, family] }, (each) => each.family === family);

/** What `event` makes of a claim's presence, and the cases that the claim leaves by it. */
export const step = (presence: Presence, event: ClaimEvent): Step => {
  switch (event.type) {
    case 'ConflictDetected':
    case 'ClaimantJoined':
      return entered(presence, { caseId: event.stream.id, family: event.data.family });
    case 'ClaimantLeft':
    case 'CaseDecided':
    case 'CaseDismissed':
      return {
        presence: { ...presence, cases: presence.cases.filter(({ caseId }) => caseId !== event.stream.id) },
        leaves: [],
      };
    case 'FamilyLost':
    case 'DirectClaimLost':
      return lost(presence, event.data.family);
    default:
      return leaving({ ...presence, ended: true }, () => true);
  }
};
