import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateBy,
} from 'class-validator';
import { PageQuery } from '../platform/http/page.js';
import type { EvidenceKind } from '../policy/policy.events.js';
import type { CaseStatus } from './conflict-list.view.js';
import type { ConflictCommand } from './conflict.decider.js';
import type { Pair } from './conflict.events.js';

const statuses: CaseStatus[] = ['detected', 'open', 'evidence-requested', 'under-adjudication', 'decided', 'dismissed'];
const kinds: EvidenceKind[] = ['customer-choice', 'poc', 'demo', 'meeting', 'proposal', 'quote', 'incumbency', 'other'];
type Dismissal = Extract<ConflictCommand, { type: 'DismissCase' }>['reason'];
const dismissals: Dismissal[] = ['different-customer', 'other'];
const familyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;

export class ConflictsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: CaseStatus;

  @ApiPropertyOptional({ pattern: familyForm.source })
  @IsOptional()
  @Matches(familyForm)
  family?: string;

  @ApiPropertyOptional({ maxLength: 120, description: 'Of no effect for a partner' })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  assignee?: string;
}

export class OpenCaseBody {
  @ApiProperty({ type: [String], minItems: 2, maxItems: 20, description: 'Ids of registrations and crmIds' })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  claimIds!: string[];

  @ApiProperty({ pattern: familyForm.source })
  @Matches(familyForm)
  family!: string;

  @ApiProperty({ minLength: 1, maxLength: 2000 })
  @IsString()
  @Length(1, 2000)
  reason!: string;
}

export class AssignBody {
  @ApiProperty({ minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  assignee!: string;
}

export class RequestEvidenceBody {
  @ApiProperty({ minLength: 1, maxLength: 2000, description: 'Put to every claimant alike' })
  @IsString()
  @Length(1, 2000)
  question!: string;
}

export class EvidenceBody {
  @ApiPropertyOptional({ maxLength: 64, description: 'Whose; a partner’s earliest claim where it is left out' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  claimId?: string;

  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  kind!: EvidenceKind;

  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'Of the file, lower-case hex; the file itself stays outside' })
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @ApiProperty({ format: 'date-time' })
  @Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/)
  @IsISO8601({ strict: true })
  occurredAt!: string;
}

export class DecideBody {
  @ApiProperty({ minLength: 1, maxLength: 64, description: 'A claimId' })
  @IsString()
  @Length(1, 64)
  winner!: string;

  @ApiPropertyOptional({
    maxLength: 2000,
    description: 'The vendor’s only. Needed where the rules left it to a person',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string;
}

const isClaimId = (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= 64;
const isPair = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(isClaimId);

export class DismissBody {
  @ApiProperty({ enum: dismissals })
  @IsIn(dismissals)
  reason!: Dismissal;

  @ApiPropertyOptional({ maxLength: 2000, description: 'The vendor’s only' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  note?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 64 }, minItems: 2, maxItems: 2 },
    maxItems: 50,
    description:
      'For `different-customer`: pairs of claimIds that are not the same customer; where it is left out, the only two',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateBy(
    { name: 'isPair', validator: { validate: isPair, defaultMessage: () => 'each of pairs must be two claimIds' } },
    { each: true },
  )
  pairs?: Pair[];
}

export const dismissalOf = ({ reason, note, pairs }: DismissBody): ConflictCommand => ({
  type: 'DismissCase',
  reason,
  note: note ?? '',
  pairs: pairs ?? [],
});

/** As an instant of ours: UTC, with milliseconds. */
export const evidenceOf = ({ kind, sha256, occurredAt }: EvidenceBody) => ({
  kind,
  sha256,
  occurredAt: new Date(occurredAt).toISOString(),
});
