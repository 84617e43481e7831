import type { RegistrationEvent } from './registration.events.js';
import type { Claim } from './registration.state.js';

/** Case ids, each with the revision of the case's event that a membership began or ended with. */
export type Memberships = Readonly<Record<string, number>>;

/** Whether a membership since `since` is one that the claim was not cleared of: it may join a case again that it has left. */
export const isUncleared = (cleared: Memberships, caseId: string, since = 0): boolean =>
  since >= (cleared[caseId] ?? 0);

/** Whether the claim has not heard of this end, nor of a later one. */
export const isNewEnd = (cleared: Memberships, caseId: string, until: number): boolean =>
  until > (cleared[caseId] ?? -1);

/** `open` with a membership in it since `since`, or since later if it is known so. */
export const withBegin = (open: Memberships, caseId: string, since = 0): Memberships => ({
  ...open,
  [caseId]: Math.max(since, open[caseId] ?? 0),
});

/** `cleared` with an end in it; one without a revision ended all that began with the case. */
export const withEnd = (cleared: Memberships, caseId: string, until = 1): Memberships => ({
  ...cleared,
  [caseId]: until,
});

/** What the screening says of the cases. */
export const screened = (
  claim: Claim,
  { partnerId: _partnerId, cause, ...screening }: Extract<RegistrationEvent, { type: 'RegistrationScreened' }>['data'],
): Claim => {
  const found = screening.cases.filter(({ caseId, since }) => isUncleared(claim.cleared, caseId, since));
  const cases = found.reduce<Claim['cases']>((known, { caseId, family, since = 0 }) => {
    const before = known.find((each) => each.caseId === caseId);
    const others = known.filter((each) => each !== before);
    return [...others, { caseId, family, raised: before?.raised ?? false, since: Math.max(since, before?.since ?? 0) }];
  }, claim.cases);
  const moves = claim.status === 'submitted' || claim.status === 'under-review';
  const status = moves ? (cases.length > 0 ? 'in-conflict' : 'under-review') : claim.status;
  const screenedFor = cause === undefined ? claim.screenedFor : [...claim.screenedFor, cause];
  return { ...claim, status, screening, screenedFor, toScreen: false, cases };
};

export const raised = (
  claim: Claim,
  { caseId, family, raisedAt, since = 0 }: Extract<RegistrationEvent, { type: 'ConflictRaised' }>['data'],
): Claim => {
  const { review, protection } = claim;
  const before = claim.cases.find((each) => each.caseId === caseId);
  const others = claim.cases.filter((each) => each !== before);
  const runs = claim.status !== 'approved' && review.started;
  return {
    ...claim,
    status: claim.status === 'under-review' ? 'in-conflict' : claim.status,
    cases: [...others, { caseId, family, raised: true, since: Math.max(since, before?.since ?? 0) }],
    review: runs ? { ...review, pausedAt: review.pausedAt ?? raisedAt } : review,
    protection: protection && { ...protection, pausedAt: protection.pausedAt ?? raisedAt },
  };
};

export const cleared = (
  claim: Claim,
  { caseId, until, dueAt, toScreen = false }: Extract<RegistrationEvent, { type: 'ConflictCleared' }>['data'],
): Claim => {
  const cases = claim.cases.filter((each) => each.caseId !== caseId);
  const next = {
    ...claim,
    cases,
    cleared: withEnd(claim.cleared, caseId, until),
    toScreen: claim.toScreen || toScreen,
  };
  if (cases.length > 0 || claim.cases.length === 0) return next;
  return {
    ...next,
    status: claim.status === 'in-conflict' ? 'under-review' : claim.status,
    // a returned claim's clock goes on when it comes back
    review:
      claim.status === 'returned'
        ? claim.review
        : { ...claim.review, pausedAt: null, dueAt: dueAt ?? claim.review.dueAt },
  };
};
