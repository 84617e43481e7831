import type { DirectClaimCommand } from '../direct-claims/direct-claim.decider.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { SystemCommand } from '../registrations/registration.commands.js';
import type { Claimant, ConflictEvent } from './conflict.events.js';

type Told = Extract<SystemCommand, { type: 'RaiseConflict' | 'ClearConflict' | 'LoseFamily' }>;
type ToldDirect = Extract<DirectClaimCommand, { type: 'RaiseDirectConflict' | 'ClearDirectConflict' | 'LoseFamily' }>;

/** What a claim has to hear of its case. */
export type Telling =
  | { readonly kind: 'registration'; readonly claimId: string; readonly command: Told }
  | { readonly kind: 'direct'; readonly claimId: string; readonly command: ToldDirect };

type Case = { readonly caseId: string; readonly family: string };

const raise = ({ kind, claimId }: Claimant, { caseId, family }: Case, since: number): Telling =>
  kind === 'direct'
    ? { kind, claimId, command: { type: 'RaiseDirectConflict', caseId, family, since } }
    : { kind, claimId, command: { type: 'RaiseConflict', caseId, family, since } };

/** `separated`: it is no longer held to be the customer of another claimant, so who it is has to be found anew. */
const clear = ({ kind, claimId }: Claimant, caseId: string, until: number, separated = false): Telling =>
  kind === 'direct'
    ? { kind, claimId, command: { type: 'ClearDirectConflict', caseId, until } }
    : { kind, claimId, command: { type: 'ClearConflict', caseId, until, ...(separated && { toScreen: true }) } };

const lose = ({ kind, claimId }: Claimant, { caseId, family }: Case): Telling => ({
  kind,
  claimId,
  command: { type: 'LoseFamily', family, caseId },
});

/**
 * Who has to hear what of `event`, in this order. Its revision tells a claim which of two tidings of one case is
 * the later, in whatever order they reach it.
 */
export const tellings = ({ type, data, stream, revision }: Recorded<ConflictEvent>): readonly Telling[] => {
  const caseId = stream.id;
  switch (type) {
    case 'ConflictDetected':
      return data.claimants.map((claimant) => raise(claimant, { caseId, family: data.family }, revision));
    case 'ClaimantJoined':
      return [raise(data.claimant, { caseId, family: data.family }, revision)];
    case 'ClaimantLeft':
      return [clear(data.claimant, caseId, revision)];
    case 'CaseDecided':
      // a loser that is left with another family goes on only after it has lost this one
      return [
        ...data.losers.flatMap((loser) => [
          lose(loser, { caseId, family: data.family }),
          clear(loser, caseId, revision),
        ]),
        clear(data.winner, caseId, revision),
      ];
    case 'CaseDismissed': {
      const separated = data.reason === 'different-customer' ? data.pairs.flat() : [];
      return data.claimants.map((claimant) => clear(claimant, caseId, revision, separated.includes(claimant.claimId)));
    }
    default:
      return [];
  }
};
