import { type Decider, refuse } from '../kernel/decider.js';
import type { RegistryId } from '../registrations/registration.events.js';
import type { CustomerEvent, Identity, Known } from './customer.events.js';

export type CustomerCommand =
  | { readonly type: 'RecordIdentity'; readonly identity: Identity }
  | {
      readonly type: 'MergeCustomer';
      readonly into: string;
      readonly target: Customer;
      /** Identified before this one: so no two merges can ever point at each other. */
      readonly targetIsEarlier: boolean;
      readonly reason: string;
    }
  /** `past`: of what was merged into this one. */
  | { readonly type: 'AbsorbCustomer'; readonly customerKey: string; readonly past: Customer }
  | {
      readonly type: 'SplitCustomer';
      readonly claimIds: readonly string[];
      /** Those of them that are live claims on this customer. */
      readonly own: readonly string[];
      readonly newKey: string;
      readonly reason: string;
    };

export type Customer =
  | { readonly status: 'unknown' }
  | (Known & {
      readonly status: 'identified' | 'merged';
      /** The customer that it is now. */
      readonly into: string | null;
      /** Those that were merged into it. */
      readonly absorbed: readonly string[];
      readonly countryCode: string;
    });

type Identified = Exclude<Customer, { status: 'unknown' }>;
const blank = (countryCode: string): Identified => ({
  status: 'identified',
  into: null,
  absorbed: [],
  countryCode,
  names: [],
  domains: [],
  cities: [],
  registryIds: [],
});

const sameId = (a: RegistryId) => (b: RegistryId) => a.type === b.type && a.value === b.value;
const joined = (known: readonly string[], said: readonly string[]): readonly string[] => {
  const more = [...new Set(said)].filter((value) => !known.includes(value));
  return more.length > 0 ? [...known, ...more] : known;
};
const joinedIds = (known: readonly RegistryId[], said: readonly RegistryId[]): readonly RegistryId[] => {
  const more = said.filter((id, index) => !known.some(sameId(id)) && said.findIndex(sameId(id)) === index);
  return more.length > 0 ? [...known, ...more] : known;
};

const withKnown = (state: Identified, { names, domains, cities, registryIds }: Known): Identified => ({
  ...state,
  names: joined(state.names, names),
  domains: joined(state.domains, domains),
  cities: joined(state.cities, cities),
  registryIds: joinedIds(state.registryIds, registryIds),
});

/** What is known of a customer once `identity` has been said too. */
export const withIdentity = (
  state: Customer,
  { name, domain, city, countryCode, registryIds = [] }: Identity,
): Identified =>
  withKnown(state.status === 'unknown' ? blank(countryCode) : state, {
    names: [name],
    domains: domain === undefined ? [] : [domain],
    cities: city === undefined ? [] : [city],
    registryIds,
  });

const saysMore = (state: Identified, identity: Identity): boolean => {
  const next = withIdentity(state, identity);
  return (['names', 'domains', 'cities', 'registryIds'] as const).some((part) => next[part] !== state[part]);
};

type Merge = Extract<CustomerCommand, { type: 'MergeCustomer' }>;

const merged = ({ into, target, targetIsEarlier, reason }: Merge, state: Identified): readonly CustomerEvent[] => {
  if (state.status === 'merged')
    return state.into === into ? [] : refuse('customer.merged', { into: state.into ?? '' });
  if (target.status === 'unknown') return refuse('customer.target-unknown', { into }, 'meaning');
  if (target.status === 'merged') return refuse('customer.target-merged', { into: target.into ?? '' });
  if (target.countryCode !== state.countryCode) refuse('customer.other-country', {}, 'meaning');
  if (!targetIsEarlier) refuse('customer.earlier-survives', { into }, 'meaning');
  return [{ type: 'CustomerMerged', data: { into, reason } }];
};

const absorbed = (
  { customerKey, past }: Extract<CustomerCommand, { type: 'AbsorbCustomer' }>,
  state: Identified,
): readonly CustomerEvent[] => {
  if (past.status === 'unknown' || state.absorbed.includes(customerKey)) return [];
  const { names, domains, cities, registryIds } = past;
  const customerKeys = [customerKey, ...past.absorbed];
  return [{ type: 'CustomerAbsorbed', data: { customerKeys, names, domains, cities, registryIds } }];
};

type Split = Extract<CustomerCommand, { type: 'SplitCustomer' }>;

const split = ({ claimIds, own, newKey, reason }: Split, state: Identified): readonly CustomerEvent[] => {
  if (state.status === 'merged') refuse('customer.merged', { into: state.into ?? '' });
  const foreign = claimIds.find((claimId) => !own.includes(claimId));
  if (foreign !== undefined) refuse('customer.claim-not-its', { claimId: foreign }, 'meaning');
  return [{ type: 'CustomerSplit', data: { claimIds, newKey, reason } }];
};

export const customer: Decider<CustomerCommand, CustomerEvent, Customer> = {
  initial: { status: 'unknown' },

  evolve: (state, { type, data }) => {
    switch (type) {
      case 'CustomerIdentified':
      case 'CustomerIdentityAdded':
        return withIdentity(state, data);
      case 'CustomerMerged':
        return state.status === 'unknown' ? state : { ...state, status: 'merged', into: data.into };
      case 'CustomerAbsorbed':
        return state.status === 'unknown'
          ? state
          : { ...withKnown(state, data), absorbed: joined(state.absorbed, data.customerKeys) };
      case 'CustomerSplit':
        return state;
    }
  },

  decide: (command, state) => {
    if (command.type === 'RecordIdentity') {
      const { identity } = command;
      if (state.status === 'unknown') return [{ type: 'CustomerIdentified', data: identity }];
      return saysMore(state, identity) ? [{ type: 'CustomerIdentityAdded', data: identity }] : [];
    }
    if (state.status === 'unknown') return refuse('customer.unknown', {}, 'unknown');
    switch (command.type) {
      case 'MergeCustomer':
        return merged(command, state);
      case 'AbsorbCustomer':
        return absorbed(command, state);
      case 'SplitCustomer':
        return split(command, state);
    }
  },
};
