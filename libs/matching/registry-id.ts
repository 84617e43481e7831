import type { ClaimRecord } from './claim-record.js';

const aliases: Readonly<Record<string, string>> = {
  vatid: 'vat',
  vatno: 'vat',
  vatnumber: 'vat',
  ustid: 'vat',
  ustidnr: 'vat',
  tva: 'vat',
  nip: 'vat',
  partitaiva: 'vat',
  taxid: 'tax',
  taxnumber: 'tax',
  tin: 'tax',
  ein: 'tax',
  dunsnumber: 'duns',
  leicode: 'lei',
  nationalid: 'national',
  companynumber: 'national',
  registrationnumber: 'national',
};

/** Shapes of EU and neighbours' VAT numbers without their country prefix. */
const vatShapes: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E?\d{9}(MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z0-9]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  NO: /^\d{9}(MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};

const mod97 = (value: string): number => {
  let rest = 0;
  for (const sign of value) {
    const n = Number.parseInt(sign, 36);
    rest = (rest * (n > 9 ? 100 : 10) + n) % 97;
  }
  return rest;
};

const nipHolds = (nip: string): boolean => {
  const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, at) => total + weight * Number(nip[at]), 0);
  return sum % 11 === Number(nip[9]);
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
  readonly value: string;
};

const normaliseOne = (type: string, value: string, countryCode: string): RegistryId | undefined => {
  const kind = type
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 20);
  const bare = value.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const named = aliases[kind] ?? kind;
  if (named === '' || bare.length > 30 || isPlaceholder(bare)) return undefined;
  if (named === 'lei')
    return /^[A-Z0-9]{18}\d{2}$/.test(bare) && mod97(bare) === 1 ? { type: named, scope: '', value: bare } : undefined;
  if (named === 'duns') return /^\d{9}$/.test(bare) ? { type: named, scope: '', value: bare } : undefined;
  const prefix = countryCode === 'GR' ? /^(EL|GR)/ : new RegExp(`^${countryCode}`);
  const local = bare.replace(prefix, '');
  if (named === 'vat') {
    const shape = vatShapes[countryCode];
    if (shape ? !shape.test(local) : local.length < 6) return undefined;
    if (countryCode === 'PL' && !nipHolds(local)) return undefined;
    return { type: named, scope: countryCode, value: local };
  }
  return local.length >= 4 ? { type: named, scope: countryCode, value: local } : undefined;
};

/** The valid ids of a record, at most four, each in one spelling; what is broken or a placeholder is left out. */
export const normaliseRegistryIds = (ids: ClaimRecord['registryIds'], countryCode: string): readonly RegistryId[] => {
  const found = new Map<string, RegistryId>();
  for (const { type, value } of (ids ?? []).slice(0, 20)) {
    const id = normaliseOne(type, value, countryCode);
    if (id) found.set(`${id.type}:${id.value}`, id);
  }
  return [...found.values()].toSorted((a, b) => (a.type + a.value < b.type + b.value ? -1 : 1)).slice(0, 4);
};
