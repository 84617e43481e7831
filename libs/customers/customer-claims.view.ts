import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { view } from '../platform/processors/processor.js';
import { type ClaimStanding, onStandingEvents, standingAfter } from '../registrations/claim-standing.js';
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
  /** Lost to a decided case: no later form brings them back. */
  @Column('text', { name: 'lost_families', array: true }) lostFamilies!: readonly string[];
  /** Of a registration. */
  @Column('jsonb', { nullable: true }) standing!: ClaimStanding | null;
}

type Row = { readonly [Column in keyof CustomerClaimRow]: CustomerClaimRow[Column] };
const liveStatuses = ['submitted', 'under-review', 'returned', 'in-conflict', 'approved', 'open'];
const become = (row: Row, status: string): Row => ({ ...row, status, live: liveStatuses.includes(status) });

const blank = ({ vendor, id }: Recorded['stream'], key: string, kind: Row['kind'], partnerId: string | null): Row => ({
  key,
  vendor,
  claimId: id,
  kind,
  partnerId,
  customerKey: null,
  productFamilies: [],
  status: '',
  live: false,
  lostFamilies: [],
  standing: null,
});

const contending = (row: Row, families: readonly string[], lostFamilies: readonly string[]): Row => ({
  ...row,
  lostFamilies,
  productFamilies: families.filter((family) => !lostFamilies.includes(family)),
});
const loseFamily = (row: Row, family: string): Row =>
  contending(row, row.productFamilies, [...new Set([...row.lostFamilies, family])]);

const follow = (row: Row | undefined, event: Recorded<RegistrationEvent>): Row | undefined => {
  const standing = row && standingAfter(row.standing ?? undefined, event);
  return row && standing && become({ ...row, standing }, standing.status);
};
/** Open while it contends for one of its families at least; what is closed stays so. */
const settled = (row: Row): Row =>
  row.status === 'closed' ? row : become(row, row.productFamilies.length > 0 ? 'open' : 'lost');

/** A row a registration or direct claim, for the page of its customer. */
export const customerClaims = view<RegistrationEvent | DirectClaimEvent, CustomerClaimRow>({
  name: 'customer-claims',
  entity: CustomerClaimRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    ...onStandingEvents(follow),
    RegistrationDrafted: (_, event, key) =>
      follow(blank(event.stream, key, 'registration', event.data.partnerId), event),
    RegistrationSubmitted: (known, event, key) => {
      const row = known ?? blank(event.stream, key, 'registration', event.data.partnerId);
      return follow(contending(row, event.data.fields.productFamilies, row.lostFamilies), event);
    },
    CustomerResolved: (row, { data }) => row && { ...row, customerKey: data.customerKey },
    FamilyLost: (row, { data }) => row && loseFamily(row, data.family),

    DirectClaimOpened: (_, { data, stream }, key) =>
      settled(contending(blank(stream, key, 'direct', null), data.productFamilies, [])),
    DirectClaimChanged: (row, { data }) => row && settled(contending(row, data.productFamilies, data.lostFamilies)),
    DirectClaimScreened: (row, { data }) => row && { ...row, customerKey: data.customerKey },
    DirectClaimLost: (row, { data }) => row && settled(loseFamily(row, data.family)),
    DirectClaimClosed: (row) => row && become(row, 'closed'),
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
