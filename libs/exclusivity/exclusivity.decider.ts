import { type Decider, type Instant, refuse } from '../kernel/decider.js';
import type { ExclusivityEvent } from './exclusivity.events.js';

export type ExclusivityCommand =
  | {
      readonly type: 'TakeExclusivity';
      readonly grantId: string;
      readonly registrationId: string;
      readonly partnerId: string;
      readonly customerKey: string;
      readonly family: string;
      readonly from: Instant;
      readonly to: Instant;
    }
  | { readonly type: 'ReleaseExclusivity'; readonly grantId: string };

/** Who has the one grant of a customer × family. */
export type Exclusivity =
  | { readonly status: 'free' }
  | {
      readonly status: 'held';
      readonly grantId: string;
      readonly registrationId: string;
      readonly partnerId: string;
      readonly customerKey: string;
      readonly family: string;
      readonly from: Instant;
      readonly to: Instant;
    };

export const exclusivity: Decider<ExclusivityCommand, ExclusivityEvent, Exclusivity> = {
  initial: { status: 'free' },

  evolve: (_, { type, data }) => (type === 'ExclusivityTaken' ? { ...data, status: 'held' } : { status: 'free' }),

  decide: (command, state) => {
    if (command.type === 'TakeExclusivity') {
      const { type: _, ...grant } = command;
      if (state.status === 'free') return [{ type: 'ExclusivityTaken', data: grant }];
      // the holder's name stays out: the refusal may reach a rival
      return state.grantId === grant.grantId ? [] : refuse('exclusivity.held', { family: grant.family });
    }
    if (state.status === 'free' || state.grantId !== command.grantId) return [];
    const { grantId, registrationId, customerKey, family } = state;
    return [{ type: 'ExclusivityReleased', data: { grantId, registrationId, customerKey, family } }];
  },
};
