import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../platform/http/page.js';
import type { Tier } from '../policy/policy.events.js';
import type { PartnerStatus } from './partner.decider.js';
import type { PartnerProfile, PartnerType } from './partner.events.js';

const types: PartnerType[] = ['reseller', 'referral', 'affiliate', 'distributor', 'msp', 'si', 'isv', 'agency'];
const tiers: Tier[] = ['registered', 'silver', 'gold', 'platinum'];
const statuses: PartnerStatus[] = ['applicant', 'active', 'suspended', 'terminated'];
const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const familyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;

export class PartnerPath {
  @ApiProperty({ pattern: idForm.source })
  @Matches(idForm, { message: 'id must be 1-64 letters, digits, dots, dashes or underscores' })
  id!: string;
}

export class CertificationBody {
  @ApiProperty({ maxLength: 60 })
  @IsString()
  @Length(1, 60)
  code!: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @Length(1, 120)
  holder!: string;

  @ApiProperty({ format: 'date' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  validTo!: string;
}

export class PartnerBody {
  @ApiProperty({ minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  legalName!: string;

  @ApiProperty({ minLength: 4, maxLength: 255 })
  @IsString()
  @Length(4, 255)
  domain!: string;

  @ApiProperty({ description: 'ISO 3166 alpha-2', pattern: '^[A-Z]{2}$' })
  @Matches(/^[A-Z]{2}$/)
  countryCode!: string;

  @ApiProperty({ enum: types })
  @IsIn(types)
  type!: PartnerType;

  @ApiProperty({ enum: tiers })
  @IsIn(tiers)
  tier!: Tier;

  @ApiProperty({ description: 'ISO 3166 alpha-2 codes; `*` = all', type: [String], maxItems: 250 })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(250)
  @ArrayUnique()
  @Matches(/^([A-Z]{2}|\*)$/, { each: true })
  territories!: string[];

  @ApiProperty({ type: [String], maxItems: 100 })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(familyForm, { each: true })
  authorisedFamilies!: string[];

  @ApiPropertyOptional({ maxLength: 120 })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  channelManager?: string;

  @ApiPropertyOptional({ description: 'Id of a partner', pattern: idForm.source })
  @IsOptional()
  @Matches(idForm)
  parent?: string;

  @ApiPropertyOptional({ description: 'Ids of partners', type: [String], maxItems: 50 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(idForm, { each: true })
  distributors?: string[];

  @ApiPropertyOptional({ type: [CertificationBody], maxItems: 200 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CertificationBody)
  certifications?: CertificationBody[];
}

/** Null is how some clients say "none": it is left out, so that it isn't another profile. */
export const profileOf = (body: PartnerBody): PartnerProfile =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as unknown as PartnerProfile;

export class ReasonBody {
  @ApiProperty({ minLength: 1, maxLength: 500 })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class PartnersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: PartnerStatus;

  @ApiPropertyOptional({ enum: tiers })
  @IsOptional()
  @IsIn(tiers)
  tier?: Tier;

  @ApiPropertyOptional({ pattern: '^[A-Z]{2}$' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/)
  countryCode?: string;

  @ApiPropertyOptional({ description: 'Part of the id, the name or the domain', maxLength: 120 })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  q?: string;
}
