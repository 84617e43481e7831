import type { Screened } from './recording-screening.js';
import type { Book } from './screening-book.js';
import { contended } from './screening-claim.js';

const ended = { live: false, open: false };

/** Keeps screening's memory true to what happens to claims and is said of them, whether or not it has to screen again. */
export const followClaim = (book: Book, event: Screened): void => {
  const { id } = event.stream;
  switch (event.type) {
    case 'MatchConfirmed':
      return book.remember(id, event.data.claimId, 'same');
    case 'MatchDismissed':
      return book.remember(id, event.data.claimId, 'different');
    case 'CaseDismissed':
      for (const [one, other] of event.data.pairs) book.remember(one, other, 'different');
      return;
    case 'RegistrationSubmitted': {
      const { toScreen, receipt } = event.data;
      // one that is screened is written there, its return looked at first
      return toScreen ? undefined : book.change(id, { returnedAt: null, contentHash: receipt.contentHash });
    }
    case 'RegistrationReturned':
      return book.change(id, { returnedAt: event.data.returnedAt });
    case 'RegistrationApproved':
      return book.change(id, { open: false });
    case 'FamilyLost':
    case 'DirectClaimLost': {
      const claim = book.claim(id);
      if (!claim) return;
      const lostFamilies = [...new Set([...claim.lostFamilies, event.data.family])];
      const productFamilies = contended(claim.productFamilies, { lostFamilies });
      return book.change(id, { productFamilies, lostFamilies, ...(productFamilies.length === 0 && ended) });
    }
    case 'RegistrationRejected':
    case 'RegistrationWithdrawn':
    case 'ProtectionExpired':
    case 'ProtectionRevoked':
    case 'DealWon':
    case 'DealLost':
    case 'DirectClaimClosed':
      return book.change(id, ended);
  }
};
