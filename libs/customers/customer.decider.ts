import type { Decider } from '../kernel/decider.js';
import type { RegistryId } from '../registrations/registration.events.js';
import type { CustomerEvent, Identity } from './customer.events.js';

export type CustomerCommand = { readonly type: 'RecordIdentity'; readonly identity: Identity };

/** Everything that claims have called this customer, in the order in which it was first said. */
export type Customer =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'identified';
      readonly countryCode: string;
      readonly names: readonly string[];
      readonly domains: readonly string[];
      readonly cities: readonly string[];
      readonly registryIds: readonly RegistryId[];
    };

const sameId = (a: RegistryId) => (b: RegistryId) => a.type === b.type && a.value === b.value;
const added = (known: readonly string[], value: string | undefined): readonly string[] =>
  value === undefined || known.includes(value) ? known : [...known, value];

/** What is known of a customer once `identity` has been said too. */
export const withIdentity = (state: Customer, identity: Identity): Extract<Customer, { status: 'identified' }> => {
  const { name, domain, city, countryCode, registryIds = [] } = identity;
  const known =
    state.status === 'unknown' ? { countryCode, names: [], domains: [], cities: [], registryIds: [] } : state;
  const newIds = registryIds.filter(
    (id, index) => !known.registryIds.some(sameId(id)) && registryIds.findIndex(sameId(id)) === index,
  );
  return {
    status: 'identified',
    countryCode: known.countryCode,
    names: added(known.names, name),
    domains: added(known.domains, domain),
    cities: added(known.cities, city),
    registryIds: newIds.length > 0 ? [...known.registryIds, ...newIds] : known.registryIds,
  };
};

const saysMore = (state: Extract<Customer, { status: 'identified' }>, identity: Identity): boolean => {
  const next = withIdentity(state, identity);
  return (['names', 'domains', 'cities', 'registryIds'] as const).some((part) => next[part] !== state[part]);
};

export const customer: Decider<CustomerCommand, CustomerEvent, Customer> = {
  initial: { status: 'unknown' },

  evolve: (state, { data }) => withIdentity(state, data),

  decide: ({ identity }, state) => {
    if (state.status === 'unknown') return [{ type: 'CustomerIdentified', data: identity }];
    return saysMore(state, identity) ? [{ type: 'CustomerIdentityAdded', data: identity }] : [];
  },
};
