import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { view } from '../platform/processors/processor.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';

@Entity('customer_claims')
export class CustomerClaimRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'claim_id' }) claimId!: string;
  @Column('text') kind!: 'registration' | 'direct';
  /** Null = the vendor's own sales. */
  @Column('text', { name: 'partner_id', nullable: true }) partnerId!: string | null;
  /** Null until screening has said. */
  @Column('text', { name: 'customer_key', nullable: true }) customerKey!: string | null;
  /** Those it still contends for. */
  @Column('text', { name: 'product_families', array: true }) productFamilies!: readonly string[];
  @Column('text') status!: string;
  @Column('boolean') live!: boolean;
  @Column('text', { name: 'open_cases', array: true }) openCases!: readonly string[];
  @Column('text', { name: 'cleared_cases', array: true }) clearedCases!: readonly string[];
}

type Row = CustomerClaimRow;
const liveStatuses = ['submitted', 'under-review', 'returned', 'in-conflict', 'approved', 'open'];
const become = (row: Row | undefined, status: string): Row | undefined =>
  row && { ...row, status, live: liveStatuses.includes(status) };
const without = (all: readonly string[], gone: string) => all.filter((each) => each !== gone);

const blank = (key: string, vendor: string, claimId: string, kind: Row['kind'], partnerId: string | null): Row => ({
  key,
  vendor,
  claimId,
  kind,
  partnerId,
  customerKey: null,
  productFamilies: [],
  status: '',
  live: false,
  openCases: [],
  clearedCases: [],
});

const inReview = (row: Row): Row => ({
  ...row,
  status: row.openCases.length > 0 ? 'in-conflict' : 'under-review',
  live: true,
});

/** A claim row a registration or direct claim, for the page of its customer. */
export const customerClaims = view<RegistrationEvent | DirectClaimEvent, CustomerClaimRow>({
  name: 'customer-claims',
  entity: CustomerClaimRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    RegistrationDrafted: (_, { data, stream }, key) =>
      become(blank(key, stream.vendor, stream.id, 'registration', data.partnerId), 'draft'),
    RegistrationSubmitted: (known, { data, stream }, key) => {
      const row = known ?? blank(key, stream.vendor, stream.id, 'registration', data.partnerId);
      const next = { ...row, productFamilies: data.fields.productFamilies };
      return data.toScreen ? become(next, 'submitted') : inReview(next);
    },
    CustomerResolved: (row, { data }) => row && { ...row, customerKey: data.customerKey },
    RegistrationScreened: (row, { data }) => {
      if (!row) return row;
      const found = data.cases.map(({ caseId }) => caseId).filter((each) => !row.clearedCases.includes(each));
      const next = { ...row, openCases: [...new Set([...row.openCases, ...found])] };
      return row.status === 'submitted' || row.status === 'under-review' ? inReview(next) : next;
    },
    ConflictRaised: (row, { data }) => {
      if (!row) return row;
      const next = { ...row, openCases: [...without(row.openCases, data.caseId), data.caseId] };
      return row.status === 'under-review' ? inReview(next) : next;
    },
    ConflictCleared: (row, { data }) => {
      if (!row) return row;
      const clearedCases = [...without(row.clearedCases, data.caseId), data.caseId];
      const next = { ...row, openCases: without(row.openCases, data.caseId), clearedCases };
      return row.status === 'in-conflict' ? inReview(next) : next;
    },
    FamilyLost: (row, { data }) => row && { ...row, productFamilies: without(row.productFamilies, data.family) },
    RegistrationReturned: (row) => become(row, 'returned'),
    RegistrationApproved: (row) => become(row, 'approved'),
    RegistrationRejected: (row) => become(row, 'rejected'),
    RegistrationWithdrawn: (row) => become(row, 'withdrawn'),
    ProtectionExpired: (row) => become(row, 'expired'),
    ProtectionRevoked: (row) => become(row, 'revoked'),
    DealWon: (row) => become(row, 'won'),
    DealLost: (row) => become(row, 'lost'),

    DirectClaimOpened: (_, { data, stream }, key) => {
      const row = blank(key, stream.vendor, stream.id, 'direct', null);
      return become({ ...row, productFamilies: data.productFamilies }, 'open');
    },
    DirectClaimChanged: (row, { data }) => {
      const productFamilies = data.productFamilies.filter((family) => !data.lostFamilies.includes(family));
      return row && become({ ...row, productFamilies }, productFamilies.length > 0 ? 'open' : 'lost');
    },
    DirectClaimScreened: (row, { data }) => row && { ...row, customerKey: data.customerKey },
    DirectClaimLost: (row, { data }) => {
      if (!row) return row;
      const productFamilies = without(row.productFamilies, data.family);
      return become({ ...row, productFamilies }, productFamilies.length > 0 ? row.status : 'lost');
    },
    DirectClaimClosed: (row) => become(row, 'closed'),
  },
});

/** Most claims that the page of a customer shows: live ones first. */
const mostShown = 500;

/** The claims on a customer, live ones first; never a partner's draft. */
export const claimsOn = async (database: DataSource, vendor: string, customerKey: string) => {
  const rows = await database.getRepository(CustomerClaimRow).find({
    where: { vendor, customerKey },
    order: { live: 'DESC', claimId: 'ASC' },
    take: mostShown,
  });
  return rows.map(({ claimId, kind, partnerId, productFamilies, status, live }) => ({
    claimId,
    kind,
    partnerId,
    productFamilies,
    status,
    live,
  }));
};
