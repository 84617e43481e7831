import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { ExclusivityEvent } from '../exclusivity/exclusivity.events.js';
import type { Instant } from '../kernel/decider.js';
import { view } from '../platform/processors/processor.js';
import type { RegistryId } from '../registrations/registration.events.js';
import type { CustomerEvent, Identity, Known } from './customer.events.js';

export type Holder = { readonly registrationId: string; readonly partnerId: string; readonly to: Instant };

@Entity('customer_list')
export class CustomerRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'customer_key' }) customerKey!: string;
  /** The first that was given; empty for a moment where exclusivity was faster than the name. */
  @Column('text') name!: string;
  @Column('text', { name: 'country_code' }) countryCode!: string;
  @Column('text', { array: true }) names!: readonly string[];
  @Column('text', { array: true }) domains!: readonly string[];
  @Column('jsonb', { name: 'registry_ids' }) registryIds!: readonly RegistryId[];
  /** The customer that it was found to be; null while it is one of its own. */
  @Column('text', { name: 'merged_into', nullable: true }) mergedInto!: string | null;
  /** By product family. */
  @Column('jsonb') holders!: Readonly<Record<string, Holder>>;
  /** All that one may type to find it, in lower case, a line each. */
  @Column('text') search!: string;
}

const blank = (key: string, vendor: string, customerKey: string): CustomerRow => ({
  key,
  vendor,
  customerKey,
  name: '',
  countryCode: '',
  names: [],
  domains: [],
  registryIds: [],
  mergedInto: null,
  holders: {},
  search: '',
});

const identified = (row: CustomerRow, { name, domain, countryCode, registryIds = [] }: Identity): CustomerRow => {
  const known = { names: [name], domains: domain === undefined ? [] : [domain], registryIds };
  return { ...knownAs(row, known), name: row.name || name, countryCode: row.countryCode || countryCode };
};

const knownAs = (row: CustomerRow, known: Pick<Known, 'names' | 'domains' | 'registryIds'>): CustomerRow => {
  const names = [...new Set([...row.names, ...known.names])];
  const domains = [...new Set([...row.domains, ...known.domains])];
  const ids = new Map([...row.registryIds, ...known.registryIds].map((id) => [`${id.type} ${id.value}`, id]));
  const lines = [...names, ...domains, ...[...ids.values()].map(({ value }) => value)];
  return {
    ...row,
    names,
    domains,
    registryIds: [...ids.values()],
    search: lines.join('\n').toLowerCase(),
  };
};

const without = (holders: CustomerRow['holders'], family: string, registrationId: string): CustomerRow['holders'] =>
  Object.fromEntries(
    Object.entries(holders).filter(([of, holder]) => of !== family || holder.registrationId !== registrationId),
  );

export const customerList = view<CustomerEvent | ExclusivityEvent, CustomerRow>({
  name: 'customer-list',
  entity: CustomerRow,
  keys: ({ type, data, stream }) =>
    type === 'ExclusivityTaken' || type === 'ExclusivityReleased'
      ? [`${stream.vendor}.${data.customerKey}`]
      : [`${stream.vendor}.${stream.id}`],
  fold: {
    CustomerIdentified: (row, { data, stream }, key) => identified(row ?? blank(key, stream.vendor, stream.id), data),
    CustomerIdentityAdded: (row, { data, stream }, key) =>
      identified(row ?? blank(key, stream.vendor, stream.id), data),
    CustomerMerged: (row, { data }) => row && { ...row, mergedInto: data.into },
    CustomerAbsorbed: (row, { data }) => row && knownAs(row, data),
    ExclusivityTaken: (row, { data, stream }, key) => {
      const known = row ?? blank(key, stream.vendor, data.customerKey);
      const { registrationId, partnerId, to } = data;
      return { ...known, holders: { ...known.holders, [data.family]: { registrationId, partnerId, to } } };
    },
    ExclusivityReleased: (row, { data }) =>
      row && { ...row, holders: without(row.holders, data.family, data.registrationId) },
  },
});

/** A vendor's customers; `q` is found anywhere in a name, domain or id. */
export const customersOf = (database: DataSource, vendor: string, q?: string) => {
  const rows = database
    .getRepository(CustomerRow)
    .createQueryBuilder('customer')
    .where('customer.vendor = :vendor', { vendor });
  return q
    ? rows.andWhere('customer.search LIKE :like', { like: `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` })
    : rows;
};

/** Who holds which family at a customer. */
export const holdersOf = async (database: DataSource, vendor: string, customerKey: string) =>
  (await database.getRepository(CustomerRow).findOneBy({ key: `${vendor}.${customerKey}` }))?.holders ?? {};

/** A row as the list answers it. */
export const shownCustomer = ({
  customerKey,
  name,
  countryCode,
  names,
  domains,
  registryIds,
  mergedInto,
  holders,
}: CustomerRow) => ({
  customerKey,
  name,
  countryCode,
  names,
  domains,
  registryIds,
  mergedInto,
  holders,
});
