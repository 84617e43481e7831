import type { ClaimRecord } from '../../libs/matching/claim-record.js';

/** A record of a row's cells, or what is wrong with them. */
export type RecordOf = (cells: readonly string[]) => ClaimRecord | string;

const written = {
  name: ['name', 'names', 'company', 'companyname', 'legalname'],
  tradeNames: ['tradenames', 'tradename', 'aliases'],
  domain: ['domain', 'domains', 'website', 'websites', 'url', 'web'],
  email: ['email', 'emails'],
  phone: ['phone', 'phones', 'telephone', 'tel'],
  street: ['street', 'address', 'addresses', 'streetaddress'],
  city: ['city', 'town', 'locality'],
  postcode: ['postcode', 'postalcode', 'zip', 'zipcode'],
  countryCode: ['countrycode', 'country'],
  registryIds: ['registryids', 'registryid'],
} as const satisfies Record<keyof ClaimRecord, readonly string[]>;

type Field = keyof typeof written;

const fold = (column: string) => column.toLowerCase().replace(/[\s_.-]/g, '');

/** The first column that is called one of these, however it is cased and hyphenated; -1 for none. */
export const columnOf = (columns: readonly string[], names: readonly string[]): number => {
  const wanted = names.map(fold);
  return columns.findIndex((column) => wanted.includes(fold(column)));
};

/** Reads records of columns called as in a claim, or much like it; `undefined` where there is no name. */
export const recordOf = (columns: readonly string[], [start, end]: Around = ['', '']): RecordOf | undefined => {
  const at = {} as Record<Field, number>;
  for (const field of Object.keys(written) as Field[])
    at[field] = columnOf(
      columns,
      written[field].map((name) => `${start}${name}${end}`),
    );
  return at.name < 0 ? undefined : (cells) => read((field) => (at[field] < 0 ? '' : (cells[at[field]] ?? '')));
};

type Around = readonly [before: string, after: string];
const before = (side: string): Around => [side, ''];
const after = (side: string): Around => ['', side];

const sidings = [
  ['', 'base'],
  ['left', 'right'],
  ['l', 'r'],
  ['a', 'b'],
  ['1', '2'],
  ['source', 'target'],
] as const;

/** The two records of a pair, told apart by what stands before or after each column: `name` and `base_name`, `name1` and `name2`. */
export const sidesOf = (columns: readonly string[]): { left: RecordOf; right: RecordOf } | undefined => {
  for (const [one, other] of sidings)
    for (const around of [before, after]) {
      const [left, right] = [recordOf(columns, around(one)), recordOf(columns, around(other))];
      if (left && right) return { left, right };
    }
  return undefined;
};

const read = (cell: (field: Field) => string): ClaimRecord | string => {
  const ids = registryIdsOf(cell('registryIds'));
  if (typeof ids === 'string') return ids;
  // places come as a list of objects that hold the whole address
  const place = asObject(first(parsed(cell('street'))));
  const street = place ? textOf(place['freeform'] ?? place['street']) : textOf(parsed(cell('street')));
  const optional = {
    tradeNames: listOf(cell('tradeNames')),
    domain: textOf(parsed(cell('domain'))),
    email: textOf(parsed(cell('email'))),
    phone: textOf(parsed(cell('phone'))),
    street,
    city: cell('city') || textOf(place?.['locality'] ?? place?.['city']),
    postcode: cell('postcode') || textOf(place?.['postcode']),
    countryCode: cell('countryCode') || textOf(place?.['country']),
    registryIds: ids,
  };
  const names = parsed(cell('name'));
  return {
    name: textOf(asObject(names)?.['primary'] ?? names),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value.length > 0)),
  };
};

const parsed = (cell: string): unknown => {
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
};

const asObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const first = (value: unknown): unknown =>
  Array.isArray(value) ? value.find((each) => each !== null && each !== '') : value;

/** The text, or the first one of a list. */
const textOf = (value: unknown): string => {
  const one = first(value);
  return typeof one === 'string' || typeof one === 'number' ? String(one).trim() : '';
};

const listOf = (cell: string): string[] => {
  const value = parsed(cell);
  const list = Array.isArray(value) ? value.map(textOf) : cell.split(/[;|]/);
  return list.map((each) => each.trim()).filter((each) => each !== '');
};

type RegistryIds = NonNullable<ClaimRecord['registryIds']>;

/** `type:value;type:value`, `[{"type": …, "value": …}]` or `{"type": "value"}`; what has no type is a national number. */
const registryIdsOf = (cell: string): RegistryIds | string => {
  const value = parsed(cell);
  const object = asObject(value);
  if (object) return Object.entries(object).map(([type, id]) => ({ type, value: textOf(id) }));
  if (Array.isArray(value)) {
    const ids = value.map((each) => ({
      type: textOf(asObject(each)?.['type']),
      value: textOf(asObject(each)?.['value']),
    }));
    return ids.every(({ type }) => type !== '') ? ids : 'registryIds must be a list of {"type", "value"}';
  }
  return listOf(cell).map((each) => {
    const [, type = 'national', id = each] = /^([^:]+):(.*)$/s.exec(each) ?? [];
    return { type: type.trim(), value: id.trim() };
  });
};
