import type { Role } from './principal.js';

/** Who anyone may be in the quick start. `partnerId` null: not a partner. */
export type Persona = {
  readonly name: string;
  readonly role: Role;
  readonly vendor: string;
  readonly partnerId: string | null;
};

const partners = Array.from({ length: 40 }, (_, index) => `partner-${String(index + 1).padStart(2, '0')}`);
const staff = (name: string, role: Role, vendor = 'demo'): Persona => ({ name, role, vendor, partnerId: null });

export const personas: readonly Persona[] = [
  ...partners.map((name): Persona => ({ name, role: 'partner-admin', vendor: 'demo', partnerId: name })),
  staff('manager-1', 'channel-manager'),
  staff('manager-2', 'channel-manager'),
  staff('auditor', 'auditor'),
  staff('admin', 'admin'),
  { name: 'other-partner', role: 'partner-admin', vendor: 'other', partnerId: 'other-partner' },
  staff('other-manager', 'channel-manager', 'other'),
];
