import { describe, it } from '@jest/globals';
import { given } from '../kernel/given.js';
import { partner } from './partner.decider.js';
import type { PartnerEvent, PartnerProfile } from './partner.events.js';

const profile: PartnerProfile = {
  legalName: 'North GmbH',
  domain: 'north.example',
  countryCode: 'DE',
  type: 'reseller',
  tier: 'silver',
  territories: ['DE'],
  authorisedFamilies: ['backup'],
};
const gold: PartnerProfile = { ...profile, tier: 'gold' };
const applied: PartnerEvent = { type: 'PartnerApplied', data: profile };
const onboarded: PartnerEvent = { type: 'PartnerOnboarded', data: profile };
const suspended: PartnerEvent = { type: 'PartnerSuspended', data: { reason: 'audit' } };
const reinstated: PartnerEvent = { type: 'PartnerReinstated', data: { reason: 'clean' } };
const terminated: PartnerEvent = { type: 'PartnerTerminated', data: { reason: 'contract ended' } };

describe('registering an applicant', () => {
  it('keeps its application', () => given(partner).when({ type: 'RegisterApplicant', profile }).then(applied));
  it('has nothing to say the second time', () =>
    given(partner, applied).when({ type: 'RegisterApplicant', profile }).then());
  it('has nothing to say to a partner', () =>
    given(partner, onboarded).when({ type: 'RegisterApplicant', profile: gold }).then());
});

describe('saving a partner', () => {
  it('onboards one nobody knew', () => given(partner).when({ type: 'SavePartner', profile }).then(onboarded));
  it('onboards an applicant', () => given(partner, applied).when({ type: 'SavePartner', profile }).then(onboarded));
  it('changes its profile', () =>
    given(partner, onboarded)
      .when({ type: 'SavePartner', profile: gold })
      .then({ type: 'PartnerProfileChanged', data: gold }));
  it('has nothing to say to the same profile, however its fields are ordered', () =>
    given(partner, onboarded)
      .when({
        type: 'SavePartner',
        profile: Object.fromEntries(Object.entries(profile).toReversed()) as unknown as PartnerProfile,
      })
      .then());
  it('leaves a suspended one suspended', () =>
    given(partner, onboarded, suspended, { type: 'PartnerProfileChanged', data: gold })
      .when({ type: 'SuspendPartner', reason: 'audit' })
      .then());
  it('refuses to change one that was terminated', () =>
    given(partner, onboarded, terminated).when({ type: 'SavePartner', profile: gold }).refused('partner.terminated'));
  it('has nothing to say to the same profile of one that was terminated', () =>
    given(partner, onboarded, terminated).when({ type: 'SavePartner', profile }).then());
});

describe('suspending a partner', () => {
  it('suspends an active one', () =>
    given(partner, onboarded).when({ type: 'SuspendPartner', reason: 'audit' }).then(suspended));
  it('has nothing to say the second time', () =>
    given(partner, onboarded, suspended).when({ type: 'SuspendPartner', reason: 'audit' }).then());
  it('refuses one nobody knows', () =>
    given(partner).when({ type: 'SuspendPartner', reason: 'audit' }).refused('partner.unknown'));
  it('refuses an applicant', () =>
    given(partner, applied).when({ type: 'SuspendPartner', reason: 'audit' }).refused('partner.not-onboarded'));
  it('refuses one that was terminated', () =>
    given(partner, onboarded, terminated).when({ type: 'SuspendPartner', reason: 'x' }).refused('partner.terminated'));
});

describe('reinstating a partner', () => {
  it('makes a suspended one active', () =>
    given(partner, onboarded, suspended).when({ type: 'ReinstatePartner', reason: 'clean' }).then(reinstated));
  it('has nothing to say the second time', () =>
    given(partner, onboarded, suspended, reinstated).when({ type: 'ReinstatePartner', reason: 'clean' }).then());
  it('refuses one nobody knows', () =>
    given(partner).when({ type: 'ReinstatePartner', reason: 'clean' }).refused('partner.unknown'));
  it('refuses one that was terminated', () =>
    given(partner, onboarded, terminated)
      .when({ type: 'ReinstatePartner', reason: 'clean' })
      .refused('partner.terminated'));
});

describe('terminating a partner', () => {
  it.each([[[applied]], [[onboarded]], [[onboarded, suspended]]])('ends it whatever it was', (past) =>
    given(partner, ...past)
      .when({ type: 'TerminatePartner', reason: 'contract ended' })
      .then(terminated),
  );
  it('has nothing to say the second time', () =>
    given(partner, onboarded, terminated).when({ type: 'TerminatePartner', reason: 'contract ended' }).then());
  it('refuses one nobody knows', () =>
    given(partner).when({ type: 'TerminatePartner', reason: 'contract ended' }).refused('partner.unknown'));
});
