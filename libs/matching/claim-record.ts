/** What a claim says about its end customer, as typed by whoever made it. Only the name is always there. */
export type ClaimRecord = {
  readonly name: string;
  readonly tradeNames?: readonly string[];
  /** A host or an URL. */
  readonly domain?: string;
  /** The contact's address: its domain stands in where `domain` is missing. */
  readonly email?: string;
  readonly phone?: string;
  readonly street?: string;
  readonly city?: string;
  readonly postcode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode?: string;
  readonly registryIds?: readonly { readonly type: string; readonly value: string }[];
};

/** Of a registration or a direct claim, which always name their country. */
export type LocatedRecord = ClaimRecord & { readonly countryCode: string };
