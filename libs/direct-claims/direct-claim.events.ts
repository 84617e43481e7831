// Stored for ever: add, never change.
import type { Event, Instant } from '../kernel/decider.js';
import type { RegistryId, Screening } from '../registrations/registration.events.js';

/** The vendor's own opportunity or named account, as its CRM has it. Dates are local, YYYY-MM-DD. */
export type DirectClaimFields = {
  readonly account: {
    readonly name: string;
    readonly countryCode: string;
    readonly domain?: string;
    readonly city?: string;
    readonly registryIds?: readonly RegistryId[];
  };
  readonly productFamilies: readonly string[];
  readonly stage: string;
  readonly owner?: string;
  readonly openedOn: string;
};

/** In force at the save, and what screening goes by. */
type ByPolicy = { readonly policyVersion: string };

export type DirectClaimEvent =
  | Event<'DirectClaimOpened', DirectClaimFields & ByPolicy & { readonly openedAt: Instant }>
  /** `toScreen`: the account or the families changed. `lostFamilies`: those that a case took before, whatever the CRM says. */
  | Event<
      'DirectClaimChanged',
      DirectClaimFields & ByPolicy & { readonly toScreen: boolean; readonly lostFamilies: readonly string[] }
    >
  | Event<
      'DirectClaimScreened',
      Screening & { readonly account: DirectClaimFields['account']; readonly previousKey: string | null }
    >
  | Event<'DirectConflictRaised', { readonly caseId: string; readonly family: string }>
  /** `until`: revision of the case's event that let it go; what made it a claimant after that is no longer over. */
  | Event<'DirectConflictCleared', { readonly caseId: string; readonly until?: number }>
  | Event<'DirectClaimLost', { readonly caseId: string; readonly family: string }>
  | Event<'DirectClaimClosed', { readonly closedOn: string }>;
