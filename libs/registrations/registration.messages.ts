import type { Messages, PublicMessage } from '../platform/bus/messages.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import type { RegistrationEvent, Told } from './registration.events.js';
import { toldVerdict } from './registration.whitelist.js';

const about = (
  { stream, data }: Recorded & { readonly data: Told },
  type: string,
  told: PublicMessage['data'],
): PublicMessage => ({
  type,
  subject: stream.id,
  partnerIds: data.partnerId === undefined ? [] : [data.partnerId],
  data: told,
});

/**
 * To the vendor and to the registration's own partner alike: nothing of a rival, no person, no free text of either side.
 * `partnerId` of the first message says whose all the others are.
 */
export const registrationMessages: Messages<RegistrationEvent> = {
  slice: 'registrations',
  of: {
    RegistrationSubmitted: (event) => {
      const { partnerId, tier, fields, receipt, submittedAt } = event.data;
      const { customer, productFamilies, estimatedValue, expectedCloseOn, opportunityType, origin } = fields;
      return about(event, 'registration.submitted.v1', {
        partnerId,
        tier,
        customer: { legalName: customer.legalName, countryCode: customer.countryCode, domain: customer.domain ?? null },
        productFamilies,
        estimatedValue,
        expectedCloseOn,
        opportunityType,
        origin,
        partnerOpportunityId: fields.partnerOpportunityId ?? null,
        receipt,
        submittedAt,
      });
    },
    RegistrationScreened: (event) =>
      about(event, 'registration.screened.v1', {
        place: event.data.place,
        verdict: toldVerdict[event.data.outcome],
        cases: event.data.cases.map(({ caseId, family }) => ({ caseId, family })),
      }),
    RegistrationReturned: (event) =>
      about(event, 'registration.returned.v1', { fields: event.data.fields, returnedAt: event.data.returnedAt }),
    ConflictRaised: (event) => {
      const { caseId, family, raisedAt } = event.data;
      return about(event, 'registration.conflict-raised.v1', { caseId, family, raisedAt });
    },
    ConflictCleared: (event) =>
      about(event, 'registration.conflict-cleared.v1', { caseId: event.data.caseId, clearedAt: event.data.clearedAt }),
    FamilyLost: (event) =>
      about(event, 'registration.family-lost.v1', { family: event.data.family, caseId: event.data.caseId }),
    RegistrationApproved: (event) =>
      about(event, 'registration.approved.v1', { productFamilies: event.data.grants.map(({ family }) => family) }),
    ProtectionGranted: (event) =>
      about(event, 'registration.protected.v1', { from: event.data.from, to: event.data.to }),
    ProtectionResumed: (event) => about(event, 'registration.protection-resumed.v1', { to: event.data.to }),
    RegistrationRejected: (event) => about(event, 'registration.rejected.v1', { code: event.data.code }),
    RegistrationWithdrawn: (event) => about(event, 'registration.withdrawn.v1', {}),
    ExpiryReminderSent: (event) =>
      about(event, 'registration.expiry-reminded.v1', { daysBefore: event.data.daysBefore }),
    ProtectionExpired: (event) => about(event, 'registration.expired.v1', { expiredAt: event.data.expiredAt }),
    ProtectionRevoked: (event) =>
      about(event, 'registration.revoked.v1', { ground: event.data.ground, caseId: event.data.caseId }),
    DealWon: (event) => {
      const { amount, currency, closedOn } = event.data;
      return about(event, 'registration.won.v1', { amount, currency, closedOn });
    },
    DealLost: (event) => about(event, 'registration.lost.v1', {}),
  },
};
