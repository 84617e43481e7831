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

/** All that claims have called a customer, in the order in which it was first said. */
export type Known = {
  readonly names: readonly string[];
  readonly domains: readonly string[];
  readonly cities: readonly string[];
  readonly registryIds: readonly RegistryId[];
};

export type CustomerEvent =
  | Event<'CustomerIdentified', Identity>
  /** Another spelling, domain or id of the same customer. */
  | Event<'CustomerIdentityAdded', Identity>
  /** On the one identified later, which ends with it: its live claims are screened again as `into`'s. */
  | Event<'CustomerMerged', { readonly into: string; readonly reason: string }>
  /** On the one that goes on: what those were, and what they were called, is its past too. */
  | Event<'CustomerAbsorbed', Known & { readonly customerKeys: readonly string[] }>
  /** These claims are another customer's, `newKey`: they are screened again, and not matched with the others any more. */
  | Event<'CustomerSplit', { readonly claimIds: readonly string[]; readonly newKey: string; readonly reason: string }>;
