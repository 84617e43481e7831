import { loadCustomer } from '../customers/customer.handler.js';
import type { ExclusivityEvent } from '../exclusivity/exclusivity.events.js';
import { exclusivityStream } from '../exclusivity/exclusivity.handler.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import { load } from '../platform/event-store/transact.js';
import { registrationFold } from '../registrations/registration.decider.js';
import { registrationStream } from '../registrations/registration.handler.js';
import { heldFamilies, isClaim } from '../registrations/registration.state.js';
import type { CaseFacts } from './conflict.state.js';
import type { Sale } from './gates.js';

/** The deals won on a customer, and on those merged into it, and family, in order of their dates: whoever won one held the exclusivity before. */
export const readSales = async (
  store: EventStore,
  vendor: string,
  { customerKey, family }: Pick<CaseFacts, 'customerKey' | 'family'>,
): Promise<readonly Sale[]> => {
  const holders = new Set<string>();
  const { state: known } = await loadCustomer(store, vendor, customerKey);
  for (const key of [customerKey, ...(known.status === 'unknown' ? [] : known.absorbed)])
    for await (const event of store.read(exclusivityStream(vendor, `${key}.${family}`)))
      holders.add((event as unknown as ExclusivityEvent).data.registrationId);
  const sales = await Promise.all(
    [...holders].map(async (id): Promise<readonly Sale[]> => {
      const { state } = await load(store, registrationFold, registrationStream(vendor, id));
      if (!isClaim(state) || !heldFamilies(state).includes(family)) return [];
      const { partnerId, outcome } = state;
      return outcome && 'closedOn' in outcome ? [{ partnerId, closedOn: outcome.closedOn }] : [];
    }),
  );
  return sales.flat().toSorted((a, b) => (a.closedOn < b.closedOn ? -1 : 1));
};
