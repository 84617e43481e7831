import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { Tier } from '../policy/policy.events.js';
import { view } from '../platform/processors/processor.js';
import type { PartnerStatus } from './partner.decider.js';
import type { PartnerEvent, PartnerProfile, PartnerType } from './partner.events.js';

@Entity('partner_list')
export class PartnerRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column('text', { name: 'partner_id' }) partnerId!: string;
  @Column('text') status!: PartnerStatus;
  @Column('text', { name: 'legal_name' }) legalName!: string;
  @Column('text') domain!: string;
  @Column('text', { name: 'country_code' }) countryCode!: string;
  @Column('text') type!: PartnerType;
  @Column('text') tier!: Tier;
  @Column('text', { array: true }) territories!: readonly string[];
  @Column('text', { name: 'authorised_families', array: true }) authorisedFamilies!: readonly string[];
  @Column('text', { name: 'channel_manager', nullable: true }) channelManager!: string | null;
  /** All that one may type to find it, in lower case, a line each. */
  @Column('text') search!: string;
}

const columns = (partnerId: string, profile: PartnerProfile) => ({
  legalName: profile.legalName,
  domain: profile.domain,
  countryCode: profile.countryCode,
  type: profile.type,
  tier: profile.tier,
  territories: profile.territories,
  authorisedFamilies: profile.authorisedFamilies,
  channelManager: profile.channelManager ?? null,
  search: [partnerId, profile.legalName, profile.domain].join('\n').toLowerCase(),
});

export const partnerList = view<PartnerEvent, PartnerRow>({
  name: 'partner-list',
  entity: PartnerRow,
  keys: ({ stream }) => [`${stream.vendor}.${stream.id}`],
  fold: {
    PartnerApplied: (_, { data, stream: { vendor, id } }, key) => ({
      ...columns(id, data),
      key,
      vendor,
      partnerId: id,
      status: 'applicant',
    }),
    PartnerOnboarded: (_, { data, stream: { vendor, id } }, key) => ({
      ...columns(id, data),
      key,
      vendor,
      partnerId: id,
      status: 'active',
    }),
    PartnerProfileChanged: (row, { data, stream }) => row && { ...row, ...columns(stream.id, data) },
    PartnerSuspended: (row) => row && { ...row, status: 'suspended' },
    PartnerReinstated: (row) => row && { ...row, status: 'active' },
    PartnerTerminated: (row) => row && { ...row, status: 'terminated' },
  },
});

export type PartnerFilter = {
  readonly status?: PartnerStatus;
  readonly tier?: Tier;
  readonly countryCode?: string;
  /** Found anywhere in the id, the name or the domain. */
  readonly q?: string;
};

export const partnersOf = (database: DataSource, vendor: string, { status, tier, countryCode, q }: PartnerFilter) => {
  const rows = database
    .getRepository(PartnerRow)
    .createQueryBuilder('partner')
    .where('partner.vendor = :vendor', { vendor });
  if (status) rows.andWhere('partner.status = :status', { status });
  if (tier) rows.andWhere('partner.tier = :tier', { tier });
  if (countryCode) rows.andWhere('partner.countryCode = :countryCode', { countryCode });
  if (q) rows.andWhere('partner.search LIKE :like', { like: `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` });
  return rows;
};

/** A row as the list answers it. */
export const shownPartner = (row: PartnerRow) => ({
  id: row.partnerId,
  status: row.status,
  legalName: row.legalName,
  domain: row.domain,
  countryCode: row.countryCode,
  type: row.type,
  tier: row.tier,
  territories: row.territories,
  authorisedFamilies: row.authorisedFamilies,
  channelManager: row.channelManager,
});
