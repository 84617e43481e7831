import type { Json } from '../../libs/kernel/json.js';
import type { Cells } from './csv-file.js';
import { RowFault } from './failures.js';

export type SheetName = 'partners' | 'direct' | 'registrations';

/** A row as the request that it stands for. `as`: a partner's id, or `manager`. */
export type Submission = {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly as: string;
  readonly body: Readonly<Record<string, Json>>;
};

export type Sheet = { readonly required: readonly string[]; readonly submission: (cells: Cells) => Submission };

type Part = Json | undefined;

const text = (cells: Cells, column: string): string | undefined => cells[column] || undefined;

const list = (cells: Cells, column: string): string[] | undefined => {
  const items = (cells[column] ?? '').split(';').flatMap((item) => item.trim() || []);
  return items.length > 0 ? items : undefined;
};

const needed = (cells: Cells, column: string): string => {
  const value = text(cells, column);
  if (value === undefined) throw new RowFault('import.value', `${column} is empty`);
  return value;
};

const yesOrNo = (cells: Cells, column: string): boolean | undefined => {
  const value = text(cells, column)?.toLowerCase();
  if (value === undefined || value === 'true' || value === 'false') return value && value === 'true';
  throw new RowFault('import.value', `${column} is neither true nor false`);
};

const wholeNumber = (cells: Cells, column: string): number | undefined => {
  const value = text(cells, column);
  if (value === undefined || /^\d{1,9}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw new RowFault('import.value', `${column} is no whole number`);
};

const digitsOf = new Map<string, number>();

/** How many digits the minor units of a currency have; two where nobody knows it. */
const minorDigits = (currency: string): number => {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  digitsOf.set(currency, format.maximumFractionDigits ?? 2);
  return minorDigits(currency);
};

/** `19036` or `19036.5` of a currency in minor units. */
const money = (cells: Cells, column: string): Part => {
  const value = text(cells, column);
  const currency = text(cells, 'currency');
  if (value === undefined) return undefined;
  const [, units, decimals = ''] = /^(\d{1,12})(?:\.(\d+))?$/.exec(value) ?? [];
  const digits = minorDigits(currency ?? '');
  if (units === undefined || decimals.length > digits)
    throw new RowFault('import.value', `${column} is no amount of ${currency ?? 'any currency'}: ${value}`);
  return filled({ amount: Number(units + decimals.padEnd(digits, '0')), currency });
};

/** `tax:PL5260001246;lei:…` */
const registryIds = (cells: Cells): Part =>
  list(cells, 'registryIds')?.map((item) => {
    const [type = '', ...value] = item.split(':');
    if (!type.trim() || !value.join('').trim())
      throw new RowFault('import.value', `registryIds is no list of type:value: ${item}`);
    return { type: type.trim(), value: value.join(':').trim() };
  });

/** Without what was left out; nothing at all where everything was. */
const filled = (parts: Readonly<Record<string, Part>>): Readonly<Record<string, Json>> | undefined => {
  const said = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return said.length > 0 ? Object.fromEntries(said) : undefined;
};

const texts = (cells: Cells, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, text(cells, column)]));

const partners: Sheet = {
  required: ['partner', 'legalName', 'countryCode', 'domain', 'type', 'tier', 'territories', 'productFamilies'],
  submission: (cells) => ({
    method: 'PUT',
    path: `/v1/partners/${encodeURIComponent(needed(cells, 'partner'))}`,
    as: 'manager',
    body:
      filled({
        ...texts(cells, ['legalName', 'domain', 'countryCode', 'type', 'tier', 'channelManager', 'parent']),
        territories: list(cells, 'territories'),
        // a partner without any family is one that may register nothing yet
        authorisedFamilies: list(cells, 'productFamilies') ?? [],
        distributors: list(cells, 'distributors'),
      }) ?? {},
  }),
};

const direct: Sheet = {
  required: ['crmId', 'accountName', 'countryCode', 'productFamilies', 'stage', 'openedOn'],
  submission: (cells) => ({
    method: 'PUT',
    path: `/v1/direct-claims/${encodeURIComponent(needed(cells, 'crmId'))}`,
    as: 'manager',
    body:
      filled({
        account: filled({
          name: text(cells, 'accountName'),
          ...texts(cells, ['countryCode', 'domain', 'city']),
          registryIds: registryIds(cells),
        }),
        productFamilies: list(cells, 'productFamilies'),
        ...texts(cells, ['stage', 'owner', 'openedOn', 'closedOn']),
      }) ?? {},
  }),
};

const registrations: Sheet = {
  required: [
    'partner',
    'customerName',
    'countryCode',
    'contactName',
    'contactEmail',
    'contactTitle',
    'productFamilies',
    'estimatedValue',
    'currency',
    'expectedCloseOn',
    'opportunityType',
    'origin',
    'consent',
  ],
  submission: (cells) => ({
    method: 'POST',
    path: '/v1/registrations',
    as: needed(cells, 'partner'),
    body: {
      ...filled({
        customer: filled({
          legalName: text(cells, 'customerName'),
          ...texts(cells, ['countryCode', 'domain', 'city', 'street', 'postcode', 'phone']),
          registryIds: registryIds(cells),
        }),
        contact: filled({
          name: text(cells, 'contactName'),
          email: text(cells, 'contactEmail'),
          title: text(cells, 'contactTitle'),
        }),
        productFamilies: list(cells, 'productFamilies'),
        estimatedValue: money(cells, 'estimatedValue'),
        consent: yesOrNo(cells, 'consent'),
        ...texts(cells, ['expectedCloseOn', 'opportunityType', 'origin', 'site', 'useCase', 'businessProblem']),
        ...texts(cells, ['incumbent', 'partnerOpportunityId', 'nextSteps', 'procurementVehicle', 'campaign', 'notes']),
        salesActivities: list(cells, 'salesActivities'),
        competitors: list(cells, 'competitors'),
        contractMonths: wholeNumber(cells, 'contractMonths'),
      }),
      submit: true,
    },
  }),
};

/** In the order in which they are imported. */
export const sheets: Readonly<Record<SheetName, Sheet>> = { partners, direct, registrations };
