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
import type { DirectClaimRow } from './direct-claim-list.view.js';
import type { SaveDirectClaim } from './direct-claim.decider.js';

const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const familyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;
const dateForm = /^\d{4}-\d{2}-\d{2}$/;
const statuses: DirectClaimRow['status'][] = ['open', 'lost', 'closed'];

export class DirectClaimPath {
  @ApiProperty({ pattern: idForm.source })
  @Matches(idForm, { message: 'crmId must be 1-64 letters, digits, dots, dashes or underscores' })
  crmId!: string;
}

export class AccountRegistryId {
  @ApiProperty({ minLength: 1, maxLength: 40, description: 'tax, duns, lei, national …' })
  @IsString()
  @Length(1, 40)
  type!: string;

  @ApiProperty({ minLength: 1, maxLength: 60 })
  @IsString()
  @Length(1, 60)
  value!: string;
}

export class AccountBody {
  @ApiProperty({ minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  name!: string;

  @ApiProperty({ description: 'ISO 3166 alpha-2', pattern: '^[A-Z]{2}$' })
  @Matches(/^[A-Z]{2}$/)
  countryCode!: string;

  @ApiPropertyOptional({ minLength: 4, maxLength: 255 })
  @IsOptional()
  @IsString()
  @Length(4, 255)
  domain?: string;

  @ApiPropertyOptional({ maxLength: 120 })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  city?: string;

  @ApiPropertyOptional({ type: [AccountRegistryId], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AccountRegistryId)
  registryIds?: AccountRegistryId[];
}

export class DirectClaimBody {
  @ApiProperty({ type: AccountBody })
  @IsObject()
  @ValidateNested()
  @Type(() => AccountBody)
  account!: AccountBody;

  @ApiProperty({ type: [String], minItems: 1, maxItems: 20 })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(familyForm, { each: true })
  productFamilies!: string[];

  @ApiProperty({ minLength: 1, maxLength: 60 })
  @IsString()
  @Length(1, 60)
  stage!: string;

  @ApiPropertyOptional({ maxLength: 120 })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  owner?: string;

  @ApiProperty({ format: 'date' })
  @Matches(dateForm)
  @IsISO8601({ strict: true })
  openedOn!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Where the CRM has closed it already' })
  @IsOptional()
  @Matches(dateForm)
  @IsISO8601({ strict: true })
  closedOn?: string;
}

/** Null is how some CRMs say "none": it is left out, at every depth, so that it isn't another claim. */
export const saveOf = (body: DirectClaimBody): SaveDirectClaim => {
  const said = JSON.parse(JSON.stringify(body), (_, value: unknown) => value ?? undefined) as DirectClaimBody;
  const { closedOn, ...fields } = said;
  return { type: 'SaveDirectClaim', fields, ...(closedOn !== undefined && { closedOn }) };
};

export class CloseBody {
  @ApiPropertyOptional({ format: 'date', description: "Today by the policy's calendar where it is left out" })
  @IsOptional()
  @Matches(dateForm)
  @IsISO8601({ strict: true })
  closedOn?: string;
}

export class DirectClaimsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: DirectClaimRow['status'];

  @ApiPropertyOptional({ pattern: familyForm.source })
  @IsOptional()
  @Matches(familyForm)
  family?: string;

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
