import type { Messages, PublicMessage } from '../platform/bus/messages.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { ConflictEvent } from './conflict.events.js';

const about = ({ stream }: Recorded, type: string, data: PublicMessage['data']): PublicMessage => ({
  type,
  subject: stream.id,
  partnerIds: [],
  data,
});

/**
 * A case is the vendor's alone: whatever told one claimant's partner of it would tell the rival's too. What a partner has to
 * know reaches it as a message of its own registration. Reasons, questions and notes stay inside.
 */
export const conflictMessages: Messages<ConflictEvent> = {
  slice: 'conflicts',
  of: {
    ConflictDetected: (event) => {
      const { type, customerKey, family, claimants, policyVersion, dueAt } = event.data;
      return about(event, 'conflict.detected.v1', { type, customerKey, family, claimants, policyVersion, dueAt });
    },
    ClaimantJoined: (event) => {
      const { type, family, claimant } = event.data;
      return about(event, 'conflict.claimant-joined.v1', { type, family, claimant });
    },
    ClaimantLeft: (event) => {
      const { type, claimant } = event.data;
      return about(event, 'conflict.claimant-left.v1', { type, claimant });
    },
    PolicyEvaluated: (event) => {
      const { policyVersion, inputsHash, recommendation } = event.data;
      const { winner, rule } = recommendation;
      return about(event, 'conflict.evaluated.v1', { policyVersion, inputsHash, winner, rule });
    },
    CaseDecided: (event) => {
      const { family, winner, losers, rule, explanation } = event.data;
      return about(event, 'conflict.decided.v1', { family, winner, losers, rule, explanation });
    },
    CaseDismissed: (event) => about(event, 'conflict.dismissed.v1', { reason: event.data.reason }),
  },
};
