import { domainToASCII, domainToUnicode } from 'node:url';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { parse } from 'tldts';
import { type Address, normaliseAddress } from './address.js';
import type { ClaimRecord } from './claim-record.js';
import { isPlain, toLatin } from './latin.js';
import { type Name, namesOf, skeletonOf } from './name.js';
import { normaliseRegistryIds, type RegistryId } from './registry-id.js';
import { givesHosts, isLargeProvider, isMailForAll, isPlatform } from './shared-domains.js';

/** Of a record that names none: it is then compared without one. */
export const unknownCountry = 'ZZ';

export type Normalised = {
  readonly countryCode: string;
  readonly names: readonly Name[];
  /** The customer's own registrable domain, or `` . */
  readonly domain: string;
  /** The domain's own word, without suffix and hyphens: `acme` of acme.co.uk. */
  readonly domainLabel: string;
  /** E.164, or ``. */
  readonly phone: string;
  readonly address: Address;
  readonly registryIds: readonly RegistryId[];
};

/**
 * The registrable domain of a host, URL or e-mail address, an international one as the net has it (`xn--…`); `` for mail
 * for everybody, platforms and what is no domain.
 */
export const normaliseDomain = (written: string): string => {
  const [first = ''] = written
    .trim()
    .slice(0, 300)
    .toLowerCase()
    .split(/[\s,;|]+/);
  const host = first.replace(/^.*@/, '');
  const { domain, hostname } = parse(host, { allowPrivateDomains: true });
  if (!domain || !hostname) return '';
  const bare = hostname.replace(/^www\d?\./, '');
  if (givesHosts(domain) || givesHosts(bare)) return bare === domain || givesHosts(bare) ? '' : bare;
  const shared = host === first ? isLargeProvider(domain) : isMailForAll(domain);
  return shared || isPlatform(domain) ? '' : isPlain(domain) ? domain : domainToASCII(domain);
};

/** The word a domain is known by, without suffix and hyphens, as names are compared. */
const labelOf = (domain: string): string => {
  const label = domain.split('.')[0] ?? '';
  const readable = label.startsWith('xn--') ? toLatin(domainToUnicode(label), '') : label;
  return skeletonOf(readable.replace(/[^a-z0-9]/g, ''));
};

/** E.164 of a number as dialled in that country; `` if no number can be made of it. */
export const normalisePhone = (written: string, countryCode: string): string => {
  if (written === '') return '';
  // several numbers in one field: the first; an extension is a desk of the company's number
  const first =
    written
      .normalize('NFKC')
      .slice(0, 60)
      .split(
        /[;,|]|\s\/\s|(?<=\d)\s*\(?(?:ext|extn|x|durchwahl|dw|wew|poste|int|anexo|ramal|доб|内線)\b\.?\s*(?=\d)/iu,
      )[0] ?? '';
  // what has no digit would be refused by an exception, dearer than all the rest of a record
  if (!/\d/.test(first) || /^\D*(\d)(\D*\1)*\D*$/.test(first)) return '';
  const number = parsePhoneNumberFromString(first, countryCode as CountryCode, metadata);
  return number?.isPossible() ? number.number : '';
};

const longestText = 300;
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, longestText) : '');
const list = <T>(values: readonly T[] | undefined): readonly T[] => (Array.isArray(values) ? values.slice(0, 20) : []);

// Records come from people and from old events: what is no text counts as missing, what is huge is cut
const bounded = (record: ClaimRecord): Required<ClaimRecord> => ({
  name: text(record.name),
  tradeNames: list(record.tradeNames).map(text),
  domain: text(record.domain),
  email: text(record.email),
  phone: text(record.phone),
  street: text(record.street),
  city: text(record.city),
  postcode: text(record.postcode),
  countryCode: /^[A-Za-z]{2}$/.test(text(record.countryCode)) ? text(record.countryCode).toUpperCase() : unknownCountry,
  registryIds: list(record.registryIds).map((id) => ({ type: text(id?.type), value: text(id?.value) })),
});

const derive = (written: ClaimRecord): Normalised => {
  const record = bounded(written);
  const { countryCode } = record;
  const domain = normaliseDomain(record.domain) || normaliseDomain(record.email);
  return {
    countryCode,
    names: namesOf(record.name, record.tradeNames, countryCode),
    domain,
    domainLabel: labelOf(domain),
    phone: normalisePhone(record.phone, countryCode),
    address: normaliseAddress(record),
    registryIds: normaliseRegistryIds(record.registryIds, countryCode),
  };
};

// one claim is compared with many: its side is worked out once
const known = new WeakMap<ClaimRecord, Normalised>();

/** What is compared of a record. Records are values: one changed in place keeps its first answer. */
export const normalise = (record: ClaimRecord): Normalised => {
  const before = known.get(record);
  if (before) return before;
  const normalised = derive(record);
  known.set(record, normalised);
  return normalised;
};

/** Spares a record the work that was done for it before, by what normalises now (see normaliserVersion). */
export const rememberNormalised = (record: ClaimRecord, normalised: Normalised): void => {
  known.set(record, normalised);
};
