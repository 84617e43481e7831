import type { DirectClaimCommand } from '../direct-claims/direct-claim.decider.js';
import type { SystemCommand } from '../registrations/registration.commands.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';

type Told = Extract<SystemCommand, { type: 'RaiseConflict' | 'ClearConflict' | 'LoseFamily' }>;
type ToldDirect = Extract<DirectClaimCommand, { type: 'RaiseDirectConflict' | 'ClearDirectConflict' | 'LoseFamily' }>;

/** What a claim has to hear of its case. */
export type Telling =
  | { readonly kind: 'registration'; readonly claimId: string; readonly command: Told }
  | { readonly kind: 'direct'; readonly claimId: string; readonly command: ToldDirect };

const raise = ({ kind, claimId }: Claimant, caseId: string, family: string): Telling =>
  kind === 'direct'
    ? { kind, claimId, command: { type: 'RaiseDirectConflict', caseId, family } }
    : { kind, claimId, command: { type: 'RaiseConflict', caseId, family } };

const clear = ({ kind, claimId }: Claimant, caseId: string): Telling =>
  kind === 'direct'
    ? { kind, claimId, command: { type: 'ClearDirectConflict', caseId } }
    : { kind, claimId, command: { type: 'ClearConflict', caseId } };

const lose = ({ kind, claimId }: Claimant, caseId: string, family: string): Telling => ({
  kind,
  claimId,
  command: { type: 'LoseFamily', family, caseId },
});

/** Who has to hear what of `event` of the case, in this order. */
export const tellings = (caseId: string, { type, data }: ConflictEvent): readonly Telling[] => {
  switch (type) {
    case 'ConflictDetected':
      return data.claimants.map((claimant) => raise(claimant, caseId, data.family));
    case 'ClaimantJoined':
      return [raise(data.claimant, caseId, data.family)];
    case 'ClaimantLeft':
      return [clear(data.claimant, caseId)];
    case 'CaseDecided':
      // a loser that is left with another family goes on only after it has lost this one
      return [
        ...data.losers.flatMap((loser) => [lose(loser, caseId, data.family), clear(loser, caseId)]),
        clear(data.winner, caseId),
      ];
    case 'CaseDismissed':
      return data.claimants.map((claimant) => clear(claimant, caseId));
    default:
      return [];
  }
};
