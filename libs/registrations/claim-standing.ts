import type { Instant } from '../kernel/decider.js';
import { isUncleared, type Memberships, withBegin, withEnd } from './claim-cases.js';
import type { RegistrationEvent } from './registration.events.js';
import type { ClaimStatus } from './registration.state.js';

/** As much of a registration's state as its views follow from event to event; a row keeps it as it is. */
export type ClaimStanding = {
  readonly status: 'draft' | ClaimStatus;
  readonly openCases: Memberships;
  readonly clearedCases: Memberships;
  readonly reviewStarted: boolean;
  /** Of the screening, then of the review; null while that clock stands still or is over. */
  readonly dueAt: Instant | null;
  readonly escalated: boolean;
};

const begin = (status: 'draft' | 'submitted', dueAt: Instant | null): ClaimStanding => ({
  status,
  openCases: {},
  clearedCases: {},
  reviewStarted: false,
  dueAt,
  escalated: false,
});

const ends = {
  RegistrationApproved: 'approved',
  RegistrationRejected: 'rejected',
  RegistrationWithdrawn: 'withdrawn',
  ProtectionExpired: 'expired',
  ProtectionRevoked: 'revoked',
  DealWon: 'won',
  DealLost: 'lost',
} as const;

/** The events that change a standing. */
const standingEvents = [
  'RegistrationDrafted',
  'RegistrationSubmitted',
  'RegistrationScreened',
  'ReviewStarted',
  'ReviewEscalated',
  'ConflictRaised',
  'ConflictCleared',
  'RegistrationReturned',
  ...(Object.keys(ends) as (keyof typeof ends)[]),
] as const;

/** `follow` as the fold of each of them. */
export const onStandingEvents = <F>(follow: F): Record<(typeof standingEvents)[number], F> =>
  Object.fromEntries(standingEvents.map((type) => [type, follow])) as Record<(typeof standingEvents)[number], F>;

/** The standing after `event`; undefined before the registration's first. */
export const standingAfter = (
  before: ClaimStanding | undefined,
  { type, data }: RegistrationEvent,
): ClaimStanding | undefined => {
  if (type === 'RegistrationDrafted') return begin('draft', null);
  if (type === 'RegistrationSubmitted') {
    const dueAt = data.dueAt ?? null;
    if (!before || before.status === 'draft') return begin('submitted', dueAt);
    const free = isInCase(before) ? 'in-conflict' : 'under-review';
    return { ...before, status: data.toScreen ? 'submitted' : free, dueAt };
  }
  if (!before) return undefined;
  switch (type) {
    case 'RegistrationScreened':
      return withCases(before, data.cases, true);
    case 'ConflictRaised':
      return withCases(before, [data], false);
    case 'ConflictCleared':
      return withoutCase(before, data);
    case 'ReviewStarted':
      return { ...before, reviewStarted: true, dueAt: data.dueAt, escalated: false };
    case 'ReviewEscalated':
      return { ...before, escalated: true };
    case 'RegistrationReturned':
      return { ...before, status: 'returned', dueAt: null };
    default:
      return type in ends ? { ...before, status: ends[type as keyof typeof ends], dueAt: null } : before;
  }
};

const isInCase = ({ openCases }: ClaimStanding): boolean => Object.keys(openCases).length > 0;

type Found = { readonly caseId: string; readonly since?: number };

const withCases = (before: ClaimStanding, found: readonly Found[], isScreened: boolean): ClaimStanding => {
  const openCases = found
    .filter(({ caseId, since }) => isUncleared(before.clearedCases, caseId, since))
    .reduce((open, { caseId, since }) => withBegin(open, caseId, since), before.openCases);
  const next = { ...before, openCases };
  const decided = isScreened && before.status === 'submitted' ? 'under-review' : before.status;
  const status = decided === 'under-review' && isInCase(next) ? 'in-conflict' : decided;
  const stops = status === 'in-conflict' || (isInCase(next) && before.reviewStarted);
  return { ...next, status, dueAt: stops ? null : before.dueAt };
};

const withoutCase = (
  before: ClaimStanding,
  { caseId, until, dueAt }: Extract<RegistrationEvent, { type: 'ConflictCleared' }>['data'],
): ClaimStanding => {
  const { [caseId]: _left, ...openCases } = before.openCases;
  const next = { ...before, openCases, clearedCases: withEnd(before.clearedCases, caseId, until) };
  if (isInCase(next) || !isInCase(before)) return next;
  const status = before.status === 'in-conflict' ? 'under-review' : before.status;
  return { ...next, status, dueAt: dueAt ?? before.dueAt };
};
