import type { Messages, PublicMessage } from '../platform/bus/messages.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { DirectClaimEvent, DirectClaimFields } from './direct-claim.events.js';

const fields = ({ account, productFamilies, stage, openedOn }: DirectClaimFields) => ({
  countryCode: account.countryCode,
  productFamilies,
  stage,
  openedOn,
});

// what the vendor's own sales do is no partner's business
const about = ({ stream }: Recorded, type: string, data: PublicMessage['data']): PublicMessage => ({
  type,
  subject: stream.id,
  partnerIds: [],
  data,
});

export const directClaimMessages: Messages<DirectClaimEvent> = {
  slice: 'direct-claims',
  of: {
    DirectClaimOpened: (event) => about(event, 'direct-claim.opened.v1', fields(event.data)),
    DirectClaimChanged: (event) => about(event, 'direct-claim.changed.v1', fields(event.data)),
    DirectClaimScreened: (event) => {
      const { outcome, customerKey, place } = event.data;
      return about(event, 'direct-claim.screened.v1', { outcome, customerKey, place });
    },
    DirectConflictRaised: (event) => about(event, 'direct-claim.conflict-raised.v1', event.data),
    DirectConflictCleared: (event) => about(event, 'direct-claim.conflict-cleared.v1', { caseId: event.data.caseId }),
    DirectClaimLost: (event) => about(event, 'direct-claim.family-lost.v1', event.data),
    DirectClaimClosed: (event) => about(event, 'direct-claim.closed.v1', event.data),
  },
};
