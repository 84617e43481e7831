import { conflictMessages } from '../libs/conflicts/conflict.messages.js';
import { directClaimMessages } from '../libs/direct-claims/direct-claim.messages.js';
import { partnerMessages } from '../libs/partners/partner.messages.js';
import type { Messages } from '../libs/platform/bus/messages.js';
import { registrationMessages } from '../libs/registrations/registration.messages.js';

/** What the outside may know, slice by slice: the topics and the change feed. */
export const publicMessages: readonly Messages[] = [
  registrationMessages,
  conflictMessages,
  directClaimMessages,
  partnerMessages,
];
