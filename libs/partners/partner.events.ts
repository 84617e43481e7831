// Stored for ever: add, never change.
import type { Event } from '../kernel/decider.js';
import type { Tier } from '../policy/policy.events.js';

export type PartnerType = 'reseller' | 'referral' | 'affiliate' | 'distributor' | 'msp' | 'si' | 'isv' | 'agency';
export type Certification = { readonly code: string; readonly holder: string; readonly validTo: string };

export type PartnerProfile = {
  readonly legalName: string;
  readonly domain: string;
  readonly countryCode: string;
  readonly type: PartnerType;
  readonly tier: Tier;
  /** ISO 3166 alpha-2 codes; `*` = all. */
  readonly territories: readonly string[];
  readonly authorisedFamilies: readonly string[];
  readonly channelManager?: string;
  /** Ids of partners. */
  readonly parent?: string;
  readonly distributors?: readonly string[];
  readonly certifications?: readonly Certification[];
};

export type PartnerEvent =
  | Event<'PartnerApplied', PartnerProfile>
  | Event<'PartnerOnboarded', PartnerProfile>
  | Event<'PartnerProfileChanged', PartnerProfile>
  | Event<'PartnerSuspended', { readonly reason: string }>
  | Event<'PartnerReinstated', { readonly reason: string }>
  | Event<'PartnerTerminated', { readonly reason: string }>;
