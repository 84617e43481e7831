import { submittedEvent } from './deals.mjs';

/** The life of the n-th registration as the product writes it, from its submission to its protection: seven events. */
export const registrationStream = (n) => {
  const submitted = submittedEvent(n);
  const { id, metadata, data } = submitted;
  const day = 86_400_000;
  const later = (days) => new Date(Date.parse(data.submittedAt) + days * day).toISOString();
  const told = { partnerId: data.partnerId };
  const customerKey = `customer-${n}`;
  const grants = data.fields.productFamilies.map((family) => ({ family, grantId: `${id}.1`, customerKey }));
  const events = [
    {
      type: 'RegistrationScreened',
      data: {
        ...told,
        place: n,
        outcome: 'clear',
        customerKey,
        otherCustomerKeys: [],
        candidates: [],
        weightsVersion: 'bench',
        cases: [],
        contentionEndsAt: later(5),
      },
    },
    { type: 'ReviewStarted', data: { dueAt: later(2) } },
    { type: 'ApprovalStepDecided', data: { step: 1, of: 2, approver: 'manager-1' } },
    { type: 'ApprovalStepDecided', data: { step: 2, of: 2, approver: 'manager-2' } },
    { type: 'RegistrationApproved', data: { ...told, grants } },
    { type: 'ProtectionGranted', data: { ...told, from: later(1), to: later(181), reminderDays: [30, 7] } },
  ];
  const rest = events.map((event) => {
    const own = crypto.randomUUID();
    return { ...event, id: own, metadata: { ...metadata, $causationId: id, commandId: own, actor: 'system:bench' } };
  });
  return { stream: `registration-bench.${id}`, events: [submitted, ...rest] };
};
