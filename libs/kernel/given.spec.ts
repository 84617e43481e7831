import { describe, it } from '@jest/globals';
import { type Decider, type Event, refuse } from './decider.js';
import { given } from './given.js';

type Counted = Event<'Counted', { by: number }>;
const counter: Decider<number, Counted, number> = {
  initial: 0,
  evolve: (sum, { data }) => sum + data.by,
  decide: (by, sum) =>
    by === 0 ? [] : sum + by < 0 ? refuse('counter.negative') : [{ type: 'Counted', data: { by } }],
};

describe('counting', () => {
  it('records a step', () =>
    given(counter)
      .when(2)
      .then({ type: 'Counted', data: { by: 2 } }));
  it('has nothing to say to zero', () => given(counter).when(0).then());
  it('refuses to go below nothing', () =>
    given(counter, { type: 'Counted', data: { by: 1 } })
      .when(-2)
      .refused('counter.negative'));
});
