import type { EntityManager } from 'typeorm';
import type { ConflictEvent } from '../conflicts/conflict.events.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { changeClaim, contended, findClaim, rememberPair } from './screening-claim.js';

const ended = { live: false, open: false, keys: [] };

/** Keeps screening's memory true to what happens to claims and is said of them, whether or not it has to screen again. */
export const followClaim = async (
  tx: EntityManager,
  event: Recorded<RegistrationEvent> | Recorded<DirectClaimEvent> | Recorded<ConflictEvent>,
): Promise<void> => {
  const { vendor, id } = event.stream;
  switch (event.type) {
    case 'MatchConfirmed':
      return rememberPair(tx, vendor, id, event.data.claimId, 'same');
    case 'MatchDismissed':
      return rememberPair(tx, vendor, id, event.data.claimId, 'different');
    case 'CaseDismissed':
      for (const [one, other] of event.data.pairs) await rememberPair(tx, vendor, one, other, 'different');
      return;
    case 'RegistrationSubmitted': {
      const { toScreen, receipt } = event.data;
      // one that is screened is written there, its return looked at first
      return toScreen ? undefined : changeClaim(tx, vendor, id, { returnedAt: null, contentHash: receipt.contentHash });
    }
    case 'RegistrationReturned':
      return changeClaim(tx, vendor, id, { returnedAt: new Date(event.data.returnedAt) });
    case 'RegistrationApproved':
      return changeClaim(tx, vendor, id, { open: false });
    case 'FamilyLost':
    case 'DirectClaimLost': {
      const claim = await findClaim(tx, vendor, id);
      if (!claim) return;
      const lostFamilies = [...new Set([...claim.lostFamilies, event.data.family])];
      const productFamilies = contended(claim.productFamilies, { lostFamilies });
      return changeClaim(tx, vendor, id, { productFamilies, lostFamilies, ...(productFamilies.length === 0 && ended) });
    }
    case 'RegistrationRejected':
    case 'RegistrationWithdrawn':
    case 'ProtectionExpired':
    case 'ProtectionRevoked':
    case 'DealWon':
    case 'DealLost':
    case 'DirectClaimClosed':
      return changeClaim(tx, vendor, id, ended);
  }
};
