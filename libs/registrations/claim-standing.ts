import type { Instant } from '../kernel/decider.js';
import type { RegistrationEvent } from './registration.events.js';
import type { ClaimStatus } from './registration.state.js';

/** As much of a registration's state as its views follow from event to event; a row keeps it as it is. */
export type ClaimStanding = {
  readonly status: 'draft' | ClaimStatus;
  readonly openCases: readonly string[];
  readonly clearedCases: readonly string[];
  readonly reviewStarted: boolean;
  /** Of the screening, then of the review; null while that clock stands still or is over. */
  readonly dueAt: Instant | null;
  readonly escalated: boolean;
};

const begin = (status: 'draft' | 'submitted', dueAt: Instant | null): ClaimStanding => ({
  status,
  openCases: [],
  clearedCases: [],
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
  'ReviewHeld',
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
    const free = before.openCases.length > 0 ? 'in-conflict' : 'under-review';
    return { ...before, status: data.toScreen ? 'submitted' : free, dueAt };
  }
  if (!before) return undefined;
  switch (type) {
    case 'RegistrationScreened':
      return withCases(
        before,
        data.cases.map(({ caseId }) => caseId),
        true,
      );
    case 'ConflictRaised':
      return withCases(before, [data.caseId], false);
    case 'ConflictCleared':
      return withoutCase(before, data.caseId, data.dueAt);
    case 'ReviewStarted':
      return { ...before, reviewStarted: true, dueAt: data.dueAt, escalated: false };
    case 'ReviewHeld':
      return { ...before, dueAt: data.until, escalated: false };
    case 'ReviewEscalated':
      return { ...before, escalated: true };
    case 'RegistrationReturned':
      return { ...before, status: 'returned', dueAt: null };
    default:
      return type in ends ? { ...before, status: ends[type as keyof typeof ends], dueAt: null } : before;
  }
};

const withCases = (before: ClaimStanding, found: readonly string[], isScreened: boolean): ClaimStanding => {
  const known = [...before.openCases, ...before.clearedCases];
  const openCases = [...before.openCases, ...found.filter((caseId) => !known.includes(caseId))];
  const decided = isScreened && before.status === 'submitted' ? 'under-review' : before.status;
  const status = decided === 'under-review' && openCases.length > 0 ? 'in-conflict' : decided;
  const stops = status === 'in-conflict' || (openCases.length > 0 && before.reviewStarted);
  return { ...before, status, openCases, dueAt: stops ? null : before.dueAt };
};

const withoutCase = (before: ClaimStanding, caseId: string, dueAt: Instant | undefined): ClaimStanding => {
  const openCases = before.openCases.filter((each) => each !== caseId);
  const next = { ...before, openCases, clearedCases: [...before.clearedCases, caseId] };
  if (openCases.length > 0 || before.openCases.length === 0) return next;
  const status = before.status === 'in-conflict' ? 'under-review' : before.status;
  return { ...next, status, dueAt: dueAt ?? before.dueAt };
};
