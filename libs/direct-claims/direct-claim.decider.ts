import { type Decider, type Instant, refuse } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import { isNewEnd, isUncleared, type Memberships, withEnd } from '../registrations/claim-cases.js';
import type { Screening } from '../registrations/registration.events.js';
import type { DirectClaimEvent, DirectClaimFields } from './direct-claim.events.js';

/** `closedOn` where the CRM has closed it already. */
export type SaveDirectClaim = {
  readonly type: 'SaveDirectClaim';
  readonly fields: DirectClaimFields;
  readonly closedOn?: string;
};
/** What is decided on. A save bears the policy in force when it came: screening has to have one to go by. */
export type DirectClaimCommand =
  | (SaveDirectClaim & { readonly policyVersion: string })
  | {
      readonly type: 'RecordDirectScreening';
      readonly screening: Screening;
      /** As it was compared: the claim's own may have changed since. */
      readonly account: DirectClaimFields['account'];
      readonly previousKey: string | null;
    }
  /** `since`, `until`: revisions of the case's events that made it a claimant and let it go. */
  | { readonly type: 'RaiseDirectConflict'; readonly caseId: string; readonly family: string; readonly since: number }
  | { readonly type: 'ClearDirectConflict'; readonly caseId: string; readonly until: number }
  | { readonly type: 'LoseFamily'; readonly family: string; readonly caseId: string }
  | { readonly type: 'CloseDirectClaim'; readonly closedOn: string };

export type OpenCase = { readonly caseId: string; readonly family: string };
/** `lost`: every family of it. Only an open one is live. */
export type DirectClaim =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'open' | 'lost' | 'closed';
      readonly fields: DirectClaimFields;
      readonly openedAt: Instant;
      readonly screening: Screening | null;
      readonly cases: readonly OpenCase[];
      /** The cases that have let it go. */
      readonly cleared: Memberships;
      readonly lostFamilies: readonly string[];
      readonly closedOn: string | null;
    };
type Known = Exclude<DirectClaim, { status: 'unknown' }>;

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
const setOf = (families: readonly string[]) => [...new Set(families)].toSorted();

const settled = (claim: Known): Known => {
  if (claim.status === 'closed') return claim;
  const live = claim.fields.productFamilies.some((family) => !claim.lostFamilies.includes(family));
  return { ...claim, status: live ? 'open' : 'lost' };
};

/** The families that it still contends for. */
export const liveFamilies = (claim: DirectClaim): readonly string[] =>
  claim.status === 'open' ? claim.fields.productFamilies.filter((family) => !claim.lostFamilies.includes(family)) : [];

const saved = (
  fields: DirectClaimFields,
  policyVersion: string,
  state: DirectClaim,
  now: Instant,
): readonly DirectClaimEvent[] => {
  if (state.status === 'unknown')
    return [{ type: 'DirectClaimOpened', data: { ...fields, openedAt: now, policyVersion } }];
  if (same(fields, state.fields)) return [];
  if (state.status === 'closed') return refuse('direct-claim.closed');
  const toScreen =
    !same(fields.account, state.fields.account) ||
    !same(setOf(fields.productFamilies), setOf(state.fields.productFamilies));
  return [
    { type: 'DirectClaimChanged', data: { ...fields, toScreen, lostFamilies: state.lostFamilies, policyVersion } },
  ];
};

const closed = (closedOn: string, state: DirectClaim): readonly DirectClaimEvent[] =>
  state.status === 'closed' ? [] : [{ type: 'DirectClaimClosed', data: { closedOn } }];

export const directClaim: Decider<DirectClaimCommand, DirectClaimEvent, DirectClaim> = {
  initial: { status: 'unknown' },

  evolve: (state, event) => {
    if (event.type === 'DirectClaimOpened') {
      const { openedAt, policyVersion: _, ...fields } = event.data;
      const none = { screening: null, cases: [], cleared: {}, lostFamilies: [], closedOn: null };
      return { status: 'open', fields, openedAt, ...none };
    }
    if (state.status === 'unknown') return state;
    switch (event.type) {
      case 'DirectClaimChanged': {
        const { toScreen: _, lostFamilies: __, policyVersion: ___, ...fields } = event.data;
        return settled({ ...state, fields });
      }
      case 'DirectClaimScreened': {
        const { account: _, previousKey: __, ...screening } = event.data;
        return { ...state, screening };
      }
      case 'DirectConflictRaised':
        return { ...state, cases: [...state.cases, event.data] };
      case 'DirectConflictCleared':
        return {
          ...state,
          cases: state.cases.filter(({ caseId }) => caseId !== event.data.caseId),
          cleared: withEnd(state.cleared, event.data.caseId, event.data.until),
        };
      case 'DirectClaimLost': {
        const cases = state.cases.filter(({ caseId }) => caseId !== event.data.caseId);
        return settled({ ...state, cases, lostFamilies: [...state.lostFamilies, event.data.family] });
      }
      case 'DirectClaimClosed':
        return { ...state, status: 'closed', cases: [], closedOn: event.data.closedOn };
    }
  },

  decide: (command, state, now) => {
    if (command.type === 'SaveDirectClaim') {
      const { fields, closedOn, policyVersion } = command;
      return [...saved(fields, policyVersion, state, now), ...(closedOn === undefined ? [] : closed(closedOn, state))];
    }
    if (command.type === 'CloseDirectClaim')
      return state.status === 'unknown'
        ? refuse('direct-claim.unknown', {}, 'unknown')
        : closed(command.closedOn, state);
    // what follows is sent by reactors: a claim that has moved on since is no fault
    if (state.status === 'unknown' || state.status === 'closed') return [];
    switch (command.type) {
      case 'RecordDirectScreening': {
        const { screening, account, previousKey } = command;
        // the same outcome again is news too, and that of one that has lost all: screening takes silence for a claim that has ended
        return [{ type: 'DirectClaimScreened', data: { ...screening, account, previousKey } }];
      }
      case 'RaiseDirectConflict': {
        const { caseId, family, since } = command;
        if (state.cases.some((each) => each.caseId === caseId) || !liveFamilies(state).includes(family)) return [];
        // told late, or again by a worker that begins anew: that membership is over
        if (!isUncleared(state.cleared, caseId, since)) return [];
        return [{ type: 'DirectConflictRaised', data: { caseId, family } }];
      }
      case 'ClearDirectConflict':
        // also of one that has lost all it claimed: the CRM may open it for more
        return isNewEnd(state.cleared, command.caseId, command.until)
          ? [{ type: 'DirectConflictCleared', data: { caseId: command.caseId, until: command.until } }]
          : [];
      case 'LoseFamily': {
        const { family, caseId } = command;
        if (state.lostFamilies.includes(family)) return [];
        return [{ type: 'DirectClaimLost', data: { caseId, family } }];
      }
    }
  },
};
