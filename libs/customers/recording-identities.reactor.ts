import type { CommandBus } from '@nestjs/cqrs';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { Processor } from '../platform/processors/processor.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import type { Identity } from './customer.events.js';
import { ExecuteCustomer } from './customer.handler.js';

const name = 'recording-identities';

export type Said = { readonly customerKey: string; readonly identity: Identity; readonly isNew: boolean };

/** The events that say who a customer is, whatever they hold. */
const saying: readonly string[] = ['CustomerResolved', 'DirectClaimScreened'];

/** What an event says about who a customer is; undefined where it says nothing. Throws at one that is malformed. */
export const saidBy = (event: Recorded): Said | undefined => {
  const { type, data, stream } = event as Recorded<RegistrationEvent> | Recorded<DirectClaimEvent>;
  if (type === 'CustomerResolved') {
    const { legalName, countryCode, domain, city, registryIds } = data.customer;
    const identity = { claimId: stream.id, name: legalName, countryCode, ...present({ domain, city, registryIds }) };
    return { customerKey: data.customerKey, identity, isNew: data.basis === 'new' };
  }
  if (type === 'DirectClaimScreened') {
    const { account, customerKey } = data;
    const { domain, city, registryIds } = account;
    const identity = {
      claimId: stream.id,
      name: account.name,
      countryCode: account.countryCode,
      ...present({ domain, city, registryIds }),
    };
    return { customerKey, identity, isNew: false };
  }
  return undefined;
};

type Optional = Pick<Identity, 'domain' | 'city' | 'registryIds'>;
const present = (fields: { readonly [K in keyof Optional]: Optional[K] | undefined }): Optional =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Writes down every name, domain and id under which claims know a customer. Customers side by side, each in order. */
export const recordingIdentities = (bus: CommandBus, clock: Clock): Processor => ({
  name,
  role: 'reactors',
  batchLimit: 200,
  // asked outside the commit: an event that can't be read is for `handle` to stumble over
  concerns: ({ type }) => saying.includes(type),
  handle: async (batch) => {
    const byCustomer = new Map<string, { event: Recorded; said: Said }[]>();
    for (const event of batch) {
      const said = saidBy(event);
      if (!said) continue;
      const key = `${event.stream.vendor}.${said.customerKey}`;
      byCustomer.set(key, [...(byCustomer.get(key) ?? []), { event, said }]);
    }
    await Promise.all(
      [...byCustomer.values()].map(async (saidOfOne) => {
        for (const { event, said } of saidOfOne) {
          const command = { type: 'RecordIdentity', identity: said.identity } as const;
          const caller = causedBy(event, name, `${said.customerKey} identity`, clock.now());
          await bus.execute(new ExecuteCustomer(said.customerKey, command, caller, said.isNew));
        }
      }),
    );
  },
});
