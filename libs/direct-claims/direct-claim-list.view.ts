import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { view } from '../platform/processors/processor.js';
import type { DirectClaimEvent, DirectClaimFields } from './direct-claim.events.js';

@Entity('direct_claim_list')
export class DirectClaimRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'crm_id' }) crmId!: string;
  @Column('text') status!: 'open' | 'lost' | 'closed';
  @Column('text', { name: 'account_name' }) accountName!: string;
  @Column('text', { name: 'country_code' }) countryCode!: string;
  @Column('text', { nullable: true }) domain!: string | null;
  @Column('text', { name: 'product_families', array: true }) productFamilies!: readonly string[];
  @Column('text', { name: 'lost_families', array: true }) lostFamilies!: readonly string[];
  @Column('text') stage!: string;
  @Column('text', { nullable: true }) owner!: string | null;
  @Column('text', { name: 'opened_on' }) openedOn!: string;
  /** Null until screening has said. */
  @Column('text', { name: 'customer_key', nullable: true }) customerKey!: string | null;
  /** Ids of its open conflict cases. */
  @Column('text', { array: true }) cases!: readonly string[];
  /** All that one may type to find it, in lower case, a line each. */
  @Column('text') search!: string;
}

const columns = (crmId: string, { account, productFamilies, stage, owner, openedOn }: DirectClaimFields) => ({
  accountName: account.name,
  countryCode: account.countryCode,
  domain: account.domain ?? null,
  productFamilies,
  stage,
  owner: owner ?? null,
  openedOn,
  search: [crmId, account.name, account.domain ?? ''].join('\n').toLowerCase(),
});

/** Open while it contends for one of its families at least; what is closed stays so. */
const settled = (row: DirectClaimRow): DirectClaimRow => {
  if (row.status === 'closed') return row;
  const live = row.productFamilies.some((family) => !row.lostFamilies.includes(family));
  return { ...row, status: live ? 'open' : 'lost' };
};

const without = (all: readonly string[], gone: string) => all.filter((each) => each !== gone);

export const directClaimList = view<DirectClaimEvent, DirectClaimRow>({
  name: 'direct-claim-list',
  entity: DirectClaimRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    DirectClaimOpened: (_, { data, stream: { vendor, id } }, key) => ({
      ...columns(id, data),
      key,
      vendor,
      crmId: id,
      status: 'open',
      lostFamilies: [],
      customerKey: null,
      cases: [],
    }),
    DirectClaimChanged: (row, { data, stream }) => row && settled({ ...row, ...columns(stream.id, data) }),
    DirectClaimScreened: (row, { data }) => row && { ...row, customerKey: data.customerKey },
    DirectConflictRaised: (row, { data }) =>
      row && { ...row, cases: [...without(row.cases, data.caseId), data.caseId] },
    DirectConflictCleared: (row, { data }) => row && { ...row, cases: without(row.cases, data.caseId) },
    DirectClaimLost: (row, { data }) =>
      row &&
      settled({
        ...row,
        cases: without(row.cases, data.caseId),
        lostFamilies: [...without(row.lostFamilies, data.family), data.family],
      }),
    DirectClaimClosed: (row) => row && { ...row, status: 'closed', cases: [] },
  },
});

export type DirectClaimFilter = {
  readonly status?: DirectClaimRow['status'];
  readonly family?: string;
  readonly countryCode?: string;
  /** Found anywhere in the id, the name or the domain. */
  readonly q?: string;
};

export const directClaimsOf = (
  database: DataSource,
  vendor: string,
  { status, family, countryCode, q }: DirectClaimFilter,
) => {
  const rows = database
    .getRepository(DirectClaimRow)
    .createQueryBuilder('claim')
    .where('claim.vendor = :vendor', { vendor });
  if (status) rows.andWhere('claim.status = :status', { status });
  if (family) rows.andWhere(':family = ANY(claim.productFamilies)', { family });
  if (countryCode) rows.andWhere('claim.countryCode = :countryCode', { countryCode });
  if (q) rows.andWhere('claim.search LIKE :like', { like: `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` });
  return rows;
};

/** A row as the list answers it. */
export const shownDirectClaim = (row: DirectClaimRow) => ({
  crmId: row.crmId,
  status: row.status,
  account: { name: row.accountName, countryCode: row.countryCode, domain: row.domain },
  productFamilies: row.productFamilies,
  lostFamilies: row.lostFamilies,
  stage: row.stage,
  owner: row.owner,
  openedOn: row.openedOn,
  customerKey: row.customerKey,
  cases: row.cases,
});
