import type { DirectClaimFields } from '../direct-claims/direct-claim.events.js';
import type { LocatedRecord } from '../matching/claim-record.js';
import type { Customer, DealFields } from '../registrations/registration.events.js';

const written = ({ legalName, ...customer }: Customer): LocatedRecord => ({ ...customer, name: legalName });

/** What the matcher compares of a registration; the contact's address may tell the customer's domain. */
export const registrationRecord = ({
  customer,
  contact,
}: Pick<DealFields, 'customer'> & { readonly contact?: { readonly email: string } }): LocatedRecord => ({
  ...written(customer),
  ...(contact && { email: contact.email }),
});

export const directRecord = ({ account }: Pick<DirectClaimFields, 'account'>): LocatedRecord => ({ ...account });
