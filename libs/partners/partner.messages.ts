import type { Recorded } from '../platform/event-store/event-store.js';
import type { Messages, PublicMessage } from '../platform/bus/messages.js';
import type { PartnerEvent, PartnerProfile } from './partner.events.js';

const profile = ({ legalName, countryCode, type, tier, territories, authorisedFamilies }: PartnerProfile) => ({
  legalName,
  countryCode,
  type,
  tier,
  territories,
  productFamilies: authorisedFamilies,
});

const about = ({ stream }: Recorded, type: string, data: PublicMessage['data'] = {}): PublicMessage => ({
  type,
  subject: stream.id,
  partnerIds: [stream.id],
  data,
});

/** The reasons given stay inside: they are the vendor's words about the partner. */
export const partnerMessages: Messages<PartnerEvent> = {
  slice: 'partners',
  of: {
    PartnerOnboarded: (event) => about(event, 'partner.onboarded.v1', profile(event.data)),
    PartnerProfileChanged: (event) => about(event, 'partner.profile-changed.v1', profile(event.data)),
    PartnerSuspended: (event) => about(event, 'partner.suspended.v1'),
    PartnerReinstated: (event) => about(event, 'partner.reinstated.v1'),
    PartnerTerminated: (event) => about(event, 'partner.terminated.v1'),
  },
};
