// Stored for ever: add, never change.
import type { Event } from '../kernel/decider.js';
import type { RegistryId } from '../registrations/registration.events.js';

/** What one claim says about who the customer is. */
export type Identity = {
  readonly claimId: string;
  readonly name: string;
  readonly countryCode: string;
  readonly domain?: string;
  readonly city?: string;
  readonly registryIds?: readonly RegistryId[];
};

export type CustomerEvent =
  | Event<'CustomerIdentified', Identity>
  /** Another spelling, domain or id of the same customer. */
  | Event<'CustomerIdentityAdded', Identity>;
