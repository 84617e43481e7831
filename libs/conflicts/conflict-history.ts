import type { Recorded } from '../platform/event-store/event-store.js';
import { conflictCase } from './conflict.decider.js';
import type { ConflictCase } from './conflict.state.js';
import type { ConflictEvent } from './conflict.events.js';
import { type KnownCase, partnersCase, type Side, sideOf } from './conflict-detail.js';

type Entry = Pick<Recorded<ConflictEvent>, 'position' | 'revision' | 'type' | 'at'> & {
  readonly actor: string | null;
  readonly data: unknown;
  readonly state: unknown;
};

const walk = (
  events: readonly Recorded<ConflictEvent>[],
  entry: (event: Recorded<ConflictEvent>, state: KnownCase) => Entry | null,
): readonly Entry[] => {
  let state: ConflictCase = conflictCase.initial;
  return events.flatMap((event) => {
    state = conflictCase.evolve(state, event);
    return (state.status === 'unknown' ? null : entry(event, state)) ?? [];
  });
};

/** Each event with the state after it, for the vendor. */
export const managersHistory = (events: readonly Recorded<ConflictEvent>[]): readonly Entry[] =>
  walk(events, (event, state) => {
    const { position, revision, type, at, actor, data } = event;
    return { position, revision, type, at, actor, data, state };
  });

/** The fields of an event that a partner may see; null hides the event itself. A rival's steps are a rival's. */
const told = ({ type, data }: ConflictEvent, own: readonly string[]): object | null => {
  switch (type) {
    case 'ConflictDetected':
      return { type: data.type, family: data.family, dueAt: data.dueAt };
    case 'ClaimantJoined':
      return own.includes(data.claimant.claimId) ? { type: data.type } : null;
    case 'ClaimantLeft':
      return own.includes(data.claimant.claimId) ? { claimId: data.claimant.claimId } : null;
    case 'EvidenceRequested':
      return { dueAt: data.dueAt, question: data.question };
    case 'EvidenceSubmitted': {
      const { claimId, kind, sha256, occurredAt } = data;
      return own.includes(claimId) ? { claimId, kind, sha256, occurredAt } : null;
    }
    case 'EvidenceDeadlinePassed':
      return { dueAt: data.dueAt };
    case 'CaseAssigned':
    case 'PolicyEvaluated':
      return {};
    case 'CaseDecided':
      return {
        outcome: own.includes(data.winner.claimId) ? 'won' : 'lost',
        rule: data.rule,
        explanation: data.explanation,
      };
    case 'CaseDismissed':
      return { reason: data.reason };
  }
};

const notYetIn: Side = { claims: [], left: false };

/**
 * The same for a partner: a whitelist, up to where the last of its claims left. Who acted stays out, since an actor's
 * name is a partner's too.
 */
export const partnersHistory = (
  caseId: string,
  events: readonly Recorded<ConflictEvent>[],
  partnerId: string,
): readonly Entry[] => {
  let before = notYetIn;
  return walk(events, (event, state) => {
    const side = sideOf(state, partnerId) ?? notYetIn;
    // by the event itself a claim may have left
    const own = [...side.claims, ...before.claims];
    const data = side.left && before.left ? null : told(event, own);
    before = side;
    const { position, revision, type, at } = event;
    return data && { position, revision, type, at, actor: null, data, state: partnersCase(caseId, state, side) };
  });
};
