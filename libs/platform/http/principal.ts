export type Role = 'partner' | 'partner-admin' | 'channel-manager' | 'auditor' | 'admin';

/** Who is asking, as the token says: vendor and partner come from here, never from a request. */
export type Principal = {
  readonly subject: string;
  readonly vendor: string;
  readonly role: Role;
  /** Set for the partner roles. */
  readonly partnerId?: string;
};

export const isPartner = ({ role }: Principal): boolean => role === 'partner' || role === 'partner-admin';
