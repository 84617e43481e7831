import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../kernel/decider.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { view } from '../platform/processors/processor.js';
import { type ClaimStanding, onStandingEvents, standingAfter } from './claim-standing.js';
import type { DealFields, RegistrationEvent, RejectionCode, Screening } from './registration.events.js';
import { toldVerdict } from './registration.whitelist.js';

@Entity('registration_list')
export class RegistrationRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text') id!: string;
  @Column('text', { name: 'partner_id' }) partnerId!: string;
  @Column('text') status!: ClaimStanding['status'];
  @Column('jsonb') standing!: ClaimStanding;
  @Column('text', { name: 'submitted_by' }) submittedBy!: string;
  @Column('boolean', { name: 'on_behalf' }) onBehalf!: boolean;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt!: Instant | null;
  @Column('text', { name: 'legal_name', nullable: true }) legalName!: string | null;
  @Column('text', { nullable: true }) domain!: string | null;
  @Column('text', { name: 'country_code', nullable: true }) countryCode!: string | null;
  @Column('text', { name: 'product_families', array: true }) productFamilies!: readonly string[];
  /** Integer minor units. */
  @Column('bigint', { nullable: true }) amount!: string | null;
  @Column('text', { nullable: true }) currency!: string | null;
  @Column('text', { name: 'expected_close_on', nullable: true }) expectedCloseOn!: string | null;
  @Column('text', { name: 'partner_opportunity_id', nullable: true }) partnerOpportunityId!: string | null;
  @Column('timestamptz', { name: 'protected_to', nullable: true }) protectedTo!: Instant | null;
  @Column('text', { nullable: true }) outcome!: Screening['outcome'] | null;
  @Column('text', { name: 'rejection_code', nullable: true }) rejectionCode!: RejectionCode | null;
  /** Of its first event: the order of the list. */
  @Column('numeric', { name: 'began_at', precision: 20, scale: 0 }) beganAt!: string;
  /** All that one may type to find it, in lower case, a line each. */
  @Column('text') search!: string;
}

type Told = Pick<
  RegistrationRow,
  | 'legalName'
  | 'domain'
  | 'countryCode'
  | 'productFamilies'
  | 'amount'
  | 'currency'
  | 'expectedCloseOn'
  | 'partnerOpportunityId'
  | 'search'
>;

const toldBy = (id: string, fields: Partial<DealFields>): Told => {
  const { customer, productFamilies = [], estimatedValue, expectedCloseOn, partnerOpportunityId } = fields;
  const lines = [id, customer?.legalName, customer?.domain, partnerOpportunityId];
  return {
    legalName: customer?.legalName ?? null,
    domain: customer?.domain ?? null,
    countryCode: customer?.countryCode ?? null,
    productFamilies,
    amount: estimatedValue ? String(estimatedValue.amount) : null,
    currency: estimatedValue?.currency ?? null,
    expectedCloseOn: expectedCloseOn ?? null,
    partnerOpportunityId: partnerOpportunityId ?? null,
    search: lines
      .filter((line) => line !== undefined)
      .join('\n')
      .toLowerCase(),
  };
};

type Row = { readonly [Column in keyof RegistrationRow]: RegistrationRow[Column] };

const follow = (row: Row | undefined, event: Recorded<RegistrationEvent>): Row | undefined => {
  const standing = row && standingAfter(row.standing, event);
  return row && standing && { ...row, standing, status: standing.status };
};

const begun = (
  row: RegistrationRow | undefined,
  event: Recorded<Extract<RegistrationEvent, { type: 'RegistrationDrafted' | 'RegistrationSubmitted' }>>,
  key: string,
): RegistrationRow => {
  const { stream, data, position } = event;
  const standing = standingAfter(row?.standing, event)!;
  return {
    key,
    vendor: stream.vendor,
    id: stream.id,
    partnerId: data.partnerId,
    status: standing.status,
    standing,
    submittedBy: data.submittedBy,
    onBehalf: data.onBehalf ?? false,
    submittedAt: row?.submittedAt ?? ('submittedAt' in data ? data.submittedAt : null),
    protectedTo: row?.protectedTo ?? null,
    outcome: row?.outcome ?? null,
    rejectionCode: null,
    beganAt: row?.beganAt ?? position,
    ...toldBy(stream.id, data.fields),
  };
};

export const registrationList = view<RegistrationEvent, RegistrationRow>({
  name: 'registration-list',
  entity: RegistrationRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    ...onStandingEvents(follow),
    RegistrationDrafted: begun,
    RegistrationSubmitted: begun,
    DraftAmended: (row, { data, stream }) => row && { ...row, ...toldBy(stream.id, data.fields) },
    RegistrationScreened: (row, event) => follow(row && { ...row, outcome: event.data.outcome }, event),
    RegistrationRejected: (row, event) => follow(row && { ...row, rejectionCode: event.data.code }, event),
    ProtectionGranted: (row, { data }) => row && { ...row, protectedTo: data.to },
    ProtectionResumed: (row, { data }) => row && { ...row, protectedTo: data.to },
  },
});

export type RegistrationFilter = {
  readonly status?: string;
  readonly partnerId?: string;
  readonly family?: string;
  readonly countryCode?: string;
  readonly partnerOpportunityId?: string;
  /** Found anywhere in the id, the name, the domain or the partner's own id. */
  readonly q?: string;
};

const conditions: Readonly<Record<Exclude<keyof RegistrationFilter, 'q'>, string>> = {
  status: 'row.status = :status',
  partnerId: 'row.partnerId = :partnerId',
  family: 'row.productFamilies @> ARRAY[:family]::text[]',
  countryCode: 'row.countryCode = :countryCode',
  partnerOpportunityId: 'row.partnerOpportunityId = :partnerOpportunityId',
};

/** A vendor's registrations; a partner's own where `filter.partnerId` is set. */
export const registrationsOf = (database: DataSource, vendor: string, { q, ...filter }: RegistrationFilter) => {
  const rows = database
    .getRepository(RegistrationRow)
    .createQueryBuilder('row')
    .where('row.vendor = :vendor', { vendor });
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) rows.andWhere(conditions[name as keyof typeof conditions], { [name]: value });
  if (q) rows.andWhere('row.search LIKE :like', { like: `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` });
  return rows;
};

/** A row as the list answers it; to a partner, the vendor's staff have no names. */
export const shownRegistration = (row: RegistrationRow, principal: Principal) => ({
  id: row.id,
  status: row.status,
  partnerId: row.partnerId,
  submittedBy: isPartner(principal) && row.onBehalf ? 'vendor' : row.submittedBy,
  submittedAt: row.submittedAt,
  customer: { legalName: row.legalName, domain: row.domain, countryCode: row.countryCode },
  productFamilies: row.productFamilies,
  estimatedValue: row.amount === null ? null : { amount: Number(row.amount), currency: row.currency },
  expectedCloseOn: row.expectedCloseOn,
  partnerOpportunityId: row.partnerOpportunityId,
  dueAt: row.standing.dueAt,
  protectedTo: row.protectedTo,
  outcome: row.outcome && (isPartner(principal) ? toldVerdict[row.outcome] : row.outcome),
  rejectionCode: row.rejectionCode,
});
