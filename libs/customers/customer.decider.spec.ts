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
      into: null,
      absorbed: [],
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

describe('merging customers', () => {
  const other = fold(customer, [{ type: 'CustomerIdentified', data: { ...first, name: 'Nova' } }]);
  const merge = (change: object = {}) =>
    ({
      type: 'MergeCustomer',
      into: 'c0',
      target: other,
      targetIsEarlier: true,
      reason: 'renamed',
      ...change,
    }) as const;
  const merged: CustomerEvent = { type: 'CustomerMerged', data: { into: 'c0', reason: 'renamed' } };

  it('ends the later one', () => given(customer, identified).when(merge()).then(merged));
  it('has nothing to say the second time', () => given(customer, identified, merged).when(merge()).then());
  it('keeps what it is merged into', () => {
    given(customer, identified, merged)
      .when(merge({ into: 'c9' }))
      .refused('customer.merged');
    expect(fold(customer, [identified, merged])).toMatchObject({ status: 'merged', into: 'c0' });
  });
  it('is refused where there is none', () => given(customer).when(merge()).refused('customer.unknown'));
  it.each([
    ['customer.target-unknown', { target: customer.initial }],
    ['customer.target-merged', { target: fold(customer, [identified, merged]) }],
    ['customer.other-country', { target: { ...other, countryCode: 'AT' } }],
    ['customer.earlier-survives', { targetIsEarlier: false }],
  ] as const)('is refused: %s', (code, change) => given(customer, identified).when(merge(change)).refused(code));

  it('hands on what was known, and what had been merged before', () => {
    const past = fold(customer, [
      { type: 'CustomerIdentified', data: { ...first, name: 'Nova' } },
      {
        type: 'CustomerAbsorbed',
        data: { customerKeys: ['c7'], names: ['Stella'], domains: [], cities: [], registryIds: [] },
      },
      merged,
    ]);
    const absorb = { type: 'AbsorbCustomer', customerKey: 'c8', past } as const;
    const absorbed: CustomerEvent = {
      type: 'CustomerAbsorbed',
      data: {
        customerKeys: ['c8', 'c7'],
        names: ['Nova', 'Stella'],
        domains: ['orion.example'],
        cities: [],
        registryIds: [{ type: 'tax', value: 'DE123' }],
      },
    };
    given(customer, identified).when(absorb).then(absorbed);
    given(customer, identified, absorbed).when(absorb).then();
    expect(fold(customer, [identified, absorbed])).toMatchObject({
      status: 'identified',
      absorbed: ['c8', 'c7'],
      names: ['Orion Werke GmbH', 'Nova', 'Stella'],
    });
  });
});

const split = (own: readonly string[]) =>
  ({ type: 'SplitCustomer', claimIds: ['r1', 'r2'], own, newKey: 'c5', reason: 'two firms' }) as const;

describe('splitting a customer', () => {
  it('names the claims and the customer that they are', () =>
    given(customer, identified)
      .when(split(['r1', 'r2']))
      .then({ type: 'CustomerSplit', data: { claimIds: ['r1', 'r2'], newKey: 'c5', reason: 'two firms' } }));
  it('is refused where a claim is none of its', () =>
    given(customer, identified)
      .when(split(['r1']))
      .refused('customer.claim-not-its'));
  it('is refused where it is another by now', () =>
    given(customer, identified, { type: 'CustomerMerged', data: { into: 'c0', reason: '' } })
      .when(split(['r1', 'r2']))
      .refused('customer.merged'));
  it('is refused where there is none', () => given(customer).when(split([])).refused('customer.unknown'));
});
