import { describe, it } from '@jest/globals';
import { given } from '../kernel/given.js';
import { exclusivity } from './exclusivity.decider.js';
import type { ExclusivityEvent } from './exclusivity.events.js';

const grant = {
  grantId: 'r1.1',
  registrationId: 'r1',
  partnerId: 'p1',
  customerKey: 'c1',
  family: 'backup',
  from: '2026-01-15T09:00:00.000Z',
  to: '2026-04-15T09:00:00.000Z',
};
const rival = { ...grant, grantId: 'r2.1', registrationId: 'r2', partnerId: 'p2' };
const taken: ExclusivityEvent = { type: 'ExclusivityTaken', data: grant };
const released: ExclusivityEvent = {
  type: 'ExclusivityReleased',
  data: { grantId: 'r1.1', registrationId: 'r1', customerKey: 'c1', family: 'backup' },
};

describe('taking exclusivity', () => {
  it('grants what is free', () =>
    given(exclusivity)
      .when({ type: 'TakeExclusivity', ...grant })
      .then(taken));
  it('has nothing to say to the same grant', () =>
    given(exclusivity, taken)
      .when({ type: 'TakeExclusivity', ...grant })
      .then());
  it('refuses another while it is held', () =>
    given(exclusivity, taken)
      .when({ type: 'TakeExclusivity', ...rival })
      .refused('exclusivity.held'));
  it('refuses another attempt of the holder itself', () =>
    given(exclusivity, taken)
      .when({ type: 'TakeExclusivity', ...grant, grantId: 'r1.2' })
      .refused('exclusivity.held'));
  it('grants what was released', () =>
    given(exclusivity, taken, released)
      .when({ type: 'TakeExclusivity', ...rival })
      .then({ type: 'ExclusivityTaken', data: rival }));
});

describe('releasing exclusivity', () => {
  it('frees what the grant holds', () =>
    given(exclusivity, taken).when({ type: 'ReleaseExclusivity', grantId: 'r1.1' }).then(released));
  it('has nothing to say the second time', () =>
    given(exclusivity, taken, released).when({ type: 'ReleaseExclusivity', grantId: 'r1.1' }).then());
  it("has nothing to say to a grant that isn't the holder's", () =>
    given(exclusivity, taken).when({ type: 'ReleaseExclusivity', grantId: 'r2.1' }).then());
  it('has nothing to say where nothing was taken', () =>
    given(exclusivity).when({ type: 'ReleaseExclusivity', grantId: 'r1.1' }).then());
});
