import { isPartner, type Principal } from '../platform/http/principal.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { RegistrationEvent, Screening } from './registration.events.js';

/** What a partner is told of a screening: the scale of its outcomes in the partner's words. */
export const toldVerdict: Readonly<Record<Screening['outcome'], 'free' | 'possible' | 'claimed'>> = {
  clear: 'free',
  possible: 'possible',
  conflict: 'claimed',
};

type Whitelist = {
  readonly [T in RegistrationEvent['type']]?: (
    data: Extract<RegistrationEvent, { type: T }>['data'],
  ) => Readonly<Record<string, unknown>>;
};

/**
 * The fields of each event that its partner may read; an event that is left out doesn't exist for it. Nothing here may
 * tell who a rival is or when one came: no candidate, no customer key, no end of the contention window, no reason of staff.
 */
export const whitelist: Whitelist = {
  RegistrationDrafted: ({ partnerId, fields }) => ({ partnerId, fields }),
  DraftAmended: ({ fields }) => ({ fields }),
  RegistrationSubmitted: ({ partnerId, tier, fields, receipt, submittedAt }) => ({
    partnerId,
    tier,
    fields,
    receipt,
    submittedAt,
  }),
  RegistrationScreened: ({ place, outcome }) => ({ place, verdict: toldVerdict[outcome] }),
  ReviewStarted: ({ dueAt }) => ({ dueAt }),
  ConflictRaised: ({ caseId, family, raisedAt }) => ({ caseId, family, raisedAt }),
  ConflictCleared: ({ caseId, clearedAt }) => ({ caseId, clearedAt }),
  FamilyLost: ({ family, caseId }) => ({ family, caseId }),
  RegistrationReturned: ({ reasons, fields, returnedAt }) => ({ reasons, fields, returnedAt }),
  FieldsAmended: ({ fields }) => ({ fields }),
  ApprovalStepDecided: ({ step, of }) => ({ step, of }),
  RegistrationApproved: ({ grants }) => ({ productFamilies: grants.map(({ family }) => family) }),
  ProtectionGranted: ({ from, to }) => ({ from, to }),
  ProtectionResumed: ({ to }) => ({ to }),
  RegistrationRejected: ({ code, explanation }) => ({ code, explanation }),
  RegistrationWithdrawn: ({ reason }) => ({ reason }),
  EvidenceAttached: ({ kind, sha256, occurredAt }) => ({ kind, sha256, occurredAt }),
  ExpiryReminderSent: ({ daysBefore }) => ({ daysBefore }),
  ProtectionExpired: ({ expiredAt }) => ({ expiredAt }),
  ProtectionRevoked: ({ ground, caseId }) => ({ ground, caseId }),
  DealWon: ({ amount, currency, closedOn }) => ({ amount, currency, closedOn }),
  DealLost: ({ reason }) => ({ reason }),
};

const ofPartners: readonly RegistrationEvent['type'][] = [
  'RegistrationDrafted',
  'DraftAmended',
  'RegistrationSubmitted',
  'FieldsAmended',
  'RegistrationWithdrawn',
  'EvidenceAttached',
  'DealWon',
  'DealLost',
];

/** Who did it, as `principal` may know: to a partner the vendor's staff have no names. */
const actorFor = (event: Recorded<RegistrationEvent>, principal: Principal): string => {
  if (!isPartner(principal) || event.actor === principal.subject) return event.actor;
  if (event.actor.startsWith('system:')) return 'system';
  const onBehalf = 'onBehalf' in event.data && (event.data.onBehalf ?? false);
  return ofPartners.includes(event.type) && !onBehalf ? event.actor : 'vendor';
};

export type ShownEvent = {
  readonly position: string;
  readonly revision: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly data: unknown;
};

/** The event as `principal` may read it; undefined for one that is not its business. */
export const shownEvent = (event: Recorded<RegistrationEvent>, principal: Principal): ShownEvent | undefined => {
  const { position, revision, type, at } = event;
  const shown = { position, revision, type, at, actor: actorFor(event, principal) };
  if (!isPartner(principal)) return { ...shown, data: event.data };
  const allowed = whitelist[type] as ((data: unknown) => unknown) | undefined;
  return allowed && { ...shown, data: allowed(event.data) };
};
