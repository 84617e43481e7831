import { type Decider, refuse } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import type { PartnerEvent, PartnerProfile } from './partner.events.js';

export type PartnerCommand =
  | { readonly type: 'RegisterApplicant'; readonly profile: PartnerProfile }
  | { readonly type: 'SavePartner'; readonly profile: PartnerProfile }
  | { readonly type: 'SuspendPartner'; readonly reason: string }
  | { readonly type: 'ReinstatePartner'; readonly reason: string }
  | { readonly type: 'TerminatePartner'; readonly reason: string };

export type PartnerStatus = 'applicant' | 'active' | 'suspended' | 'terminated';
export type Partner =
  { readonly status: 'unknown' } | { readonly status: PartnerStatus; readonly profile: PartnerProfile };

const become = (state: Partner, status: PartnerStatus): Partner =>
  state.status === 'unknown' ? state : { ...state, status };

export const partner: Decider<PartnerCommand, PartnerEvent, Partner> = {
  initial: { status: 'unknown' },

  evolve: (state, { type, data }) => {
    switch (type) {
      case 'PartnerApplied':
        return { status: 'applicant', profile: data };
      case 'PartnerOnboarded':
        return { status: 'active', profile: data };
      case 'PartnerProfileChanged':
        return state.status === 'unknown' ? state : { ...state, profile: data };
      case 'PartnerSuspended':
        return become(state, 'suspended');
      case 'PartnerReinstated':
        return become(state, 'active');
      case 'PartnerTerminated':
        return become(state, 'terminated');
    }
  },

  decide: (command, state) => {
    if (command.type === 'RegisterApplicant')
      return state.status === 'unknown' ? [{ type: 'PartnerApplied', data: command.profile }] : [];
    if (command.type === 'SavePartner') {
      const { profile } = command;
      if (state.status === 'unknown' || state.status === 'applicant')
        return [{ type: 'PartnerOnboarded', data: profile }];
      if (canonicalJson(state.profile) === canonicalJson(profile)) return [];
      if (state.status === 'terminated') return refuse('partner.terminated');
      return [{ type: 'PartnerProfileChanged', data: profile }];
    }
    const { reason } = command;
    if (state.status === 'unknown') return refuse('partner.unknown', {}, 'unknown');
    if (command.type === 'TerminatePartner')
      return state.status === 'terminated' ? [] : [{ type: 'PartnerTerminated', data: { reason } }];
    if (state.status === 'terminated') return refuse('partner.terminated');
    if (state.status === 'applicant') return refuse('partner.not-onboarded');
    if (command.type === 'SuspendPartner')
      return state.status === 'suspended' ? [] : [{ type: 'PartnerSuspended', data: { reason } }];
    return state.status === 'active' ? [] : [{ type: 'PartnerReinstated', data: { reason } }];
  },
};
