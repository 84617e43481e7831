import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { given } from '../kernel/given.js';
import { customer } from './customer.decider.js';
import type { CustomerEvent, Identity } from './customer.events.js';

const first: Identity = {
  claimId: 'r1',
  name: 'Orion Werke GmbH',
  countryCode: 'DE',
  domain: 'orion.example',
  registryIds: [{ type: 'tax', value: 'DE123' }],
};
const identified: CustomerEvent = { type: 'CustomerIdentified', data: first };
const record = (change: Partial<Identity>) =>
  ({ type: 'RecordIdentity', identity: { ...first, claimId: 'r2', ...change } }) as const;
const added = (change: Partial<Identity>): CustomerEvent => ({
  type: 'CustomerIdentityAdded',
  data: { ...first, claimId: 'r2', ...change },
});

describe('recording who a customer is', () => {
  it('begins with the first claim', () =>
    given(customer).when({ type: 'RecordIdentity', identity: first }).then(identified));
  it('has nothing to say the second time', () =>
    given(customer, identified).when({ type: 'RecordIdentity', identity: first }).then());
  it('has nothing to say where another claim says the same', () => given(customer, identified).when(record({})).then());
  it.each([
    [{ name: 'Orion' }],
    [{ domain: 'orion-werke.example' }],
    [{ city: 'Bonn' }],
    [{ registryIds: [{ type: 'duns', value: 'DE123' }] }],
  ])('adds %j', (change) => {
    given(customer, identified).when(record(change)).then(added(change));
    given(customer, identified, added(change)).when(record(change)).then();
  });
  it('keeps all that was said, each once, in its order', () =>
    expect(
      fold(customer, [
        identified,
        added({ name: 'Orion' }),
        added({
          city: 'Bonn',
          registryIds: [
            { type: 'tax', value: 'DE123' },
            { type: 'lei', value: 'L1' },
          ],
        }),
      ]),
    ).toEqual({
      status: 'identified',
      countryCode: 'DE',
      names: ['Orion Werke GmbH', 'Orion'],
      domains: ['orion.example'],
      cities: ['Bonn'],
      registryIds: [
        { type: 'tax', value: 'DE123' },
        { type: 'lei', value: 'L1' },
      ],
    }));
});
