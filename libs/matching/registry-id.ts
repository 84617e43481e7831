import type { ClaimRecord } from './claim-record.js';
import { registryKindsOf } from './registry-kinds.js';

/** What forms and systems call the general ones; the countries' own names stand with their kinds. */
const aliases: Readonly<Record<string, string>> = {
  vatid: 'vat',
  vatno: 'vat',
  vatnumber: 'vat',
  vatin: 'vat',
  ustid: 'vat',
  ustidnr: 'vat',
  tvaintracommunautaire: 'vat',
  taxid: 'tax',
  taxnumber: 'tax',
  tin: 'tax',
  dunsnumber: 'duns',
  leicode: 'lei',
  nationalid: 'national',
  companynumber: 'national',
  companyid: 'national',
  registrationnumber: 'national',
  registernumber: 'national',
};

/** Codes before a VAT number that aren't its country's. */
const prefixes: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' };

const mod97 = (value: string): number => {
  let rest = 0;
  for (const sign of value) {
    const n = Number.parseInt(sign, 36);
    rest = (rest * (n > 9 ? 100 : 10) + n) % 97;
  }
  return rest;
};

/** Numbers that people type to get past a form. */
const isPlaceholder = (value: string): boolean => {
  const digits = value.replace(/\D/g, '');
  if (digits.length < 4 || /^(\d)\1*$/.test(digits)) return true;
  return digits.length > 5 && ('01234567890123456789'.includes(digits) || '9876543210'.includes(digits));
};

export type RegistryId = {
  readonly type: string;
  /** Where the number is unique: a country, or `` for LEI and D-U-N-S. */
  readonly scope: string;
  /** The part that is the company's: the SIREN of a SIRET or of a French VAT number, the root of a CNPJ. */
  readonly value: string;
};

const inCountry = (named: string, bare: string, countryCode: string): RegistryId | undefined => {
  const kinds = registryKindsOf(countryCode);
  const local = named === 'vat' || named === 'tax' ? bare.replace(new RegExp(`^${countryCode}`), '') : bare;
  const meant = kinds.filter(({ type, names }) => type === named || names.includes(named));
  for (const kind of meant) {
    const value = kind.read(local);
    if (value !== undefined) return { type: kind.type, scope: countryCode, value };
  }
  // known rules that it breaks, or none: then its length is all there is to hold on to
  return meant.length === 0 && local.length >= (named === 'vat' ? 6 : 4) && /\d{4}/.test(local)
    ? { type: named, scope: countryCode, value: local }
    : undefined;
};

const normaliseOne = (type: string, value: string, countryCode: string): RegistryId | undefined => {
  const kind = type
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 24);
  const bare = value
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  const named = aliases[kind] ?? kind;
  if (named === '' || bare.length > 40 || isPlaceholder(bare)) return undefined;
  if (named === 'lei')
    return /^[A-Z0-9]{18}\d{2}$/.test(bare) && mod97(bare) === 1 ? { type: named, scope: '', value: bare } : undefined;
  if (named === 'duns') return /^\d{9}$/.test(bare) ? { type: named, scope: '', value: bare } : undefined;
  if (named !== 'vat') return inCountry(named, bare, countryCode);
  const letters = /^[A-Z]{2}(?=[A-Z0-9]{2}\d)/.exec(bare)?.[0] ?? '';
  const written = prefixes[letters] ?? letters;
  // its own prefix says more than the record's country;
  if (written !== '' && registryKindsOf(written).length > 0) {
    const abroad = inCountry('vat', written + bare.slice(2), written);
    if (abroad || written === countryCode) return abroad;
  }
  return inCountry('vat', bare, countryCode);
};

/**
 * The valid ids of a record, at most four, each in one spelling. What fails its country's check, is cut short or a
 * placeholder is no id: an equal one would make any two records certain.
 */
export const normaliseRegistryIds = (ids: ClaimRecord['registryIds'], countryCode: string): readonly RegistryId[] => {
  const found = new Map<string, RegistryId>();
  for (const { type, value } of (ids ?? []).slice(0, 20)) {
    const id = normaliseOne(type, value, countryCode);
    if (id) found.set(`${id.type}:${id.scope}${id.value}`, id);
  }
  return [...found.values()].toSorted((a, b) => (a.type + a.value < b.type + b.value ? -1 : 1)).slice(0, 4);
};
