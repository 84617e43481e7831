import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsOptional, Matches, ValidateBy } from 'class-validator';
import {
  Country,
  countryForm,
  Day,
  Families,
  idForm,
  isCountry,
  Name,
  NestedList,
  OneOf,
  Pattern,
  Remark,
  Search,
  Text,
} from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/page.js';
import type { Tier } from '../policy/policy.events.js';
import type { PartnerStatus } from './partner.decider.js';
import type { PartnerProfile, PartnerType } from './partner.events.js';

const types: PartnerType[] = ['reseller', 'referral', 'affiliate', 'distributor', 'msp', 'si', 'isv', 'agency'];
const tiers: Tier[] = ['registered', 'silver', 'gold', 'platinum'];
const statuses: PartnerStatus[] = ['applicant', 'active', 'suspended', 'terminated'];
const may = { optional: true } as const;
const isTerritory = (code: unknown) => code === '*' || isCountry(code);

export class PartnerPath {
  @ApiProperty({ pattern: idForm.source })
  @Matches(idForm, { message: 'id must be 1-64 letters, digits, dots, dashes or underscores' })
  id!: string;
}

export class CertificationBody {
  @Text(1, 60)
  code!: string;

  @Text(1, 120)
  holder!: string;

  @Day()
  validTo!: string;
}

export class PartnerBody {
  @Name()
  legalName!: string;

  @Text(4, 255)
  domain!: string;

  @Country()
  countryCode!: string;

  @OneOf(types)
  type!: PartnerType;

  @OneOf(tiers)
  tier!: Tier;

  @ApiProperty({ description: 'ISO 3166 alpha-2 codes; `*` = all', type: [String], maxItems: 250 })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(250)
  @ArrayUnique()
  @ValidateBy(
    {
      name: 'isTerritory',
      validator: { validate: isTerritory, defaultMessage: () => 'each of territories must be an ISO 3166 code or *' },
    },
    { each: true },
  )
  territories!: string[];

  @Families({ most: 100 })
  authorisedFamilies!: string[];

  @Remark(120)
  channelManager?: string;

  @Pattern(idForm, { ...may, description: 'Id of a partner' })
  parent?: string;

  @ApiPropertyOptional({ description: 'Ids of partners', type: [String], maxItems: 50 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(idForm, { each: true })
  distributors?: string[];

  @NestedList(() => CertificationBody, 200, may)
  certifications?: CertificationBody[];
}

/** Null is how some clients say "none": it is left out, so that it isn't another profile. */
export const profileOf = (body: PartnerBody): PartnerProfile =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as unknown as PartnerProfile;

export class ReasonBody {
  @Text(1, 500)
  reason!: string;
}

export class PartnersQuery extends PageQuery {
  @OneOf(statuses, may)
  status?: PartnerStatus;

  @OneOf(tiers, may)
  tier?: Tier;

  @Pattern(countryForm, may)
  countryCode?: string;

  @Search('Part of the id, the name or the domain')
  q?: string;
}
