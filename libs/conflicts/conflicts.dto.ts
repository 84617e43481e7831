import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  Length,
  ValidateBy,
} from 'class-validator';
import { familyForm, Moment, OneOf, Pattern, Remark, Text } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/page.js';
import type { EvidenceKind } from '../policy/policy.events.js';
import type { CaseStatus } from './conflict-list.view.js';
import type { ConflictCommand } from './conflict.decider.js';
import type { Pair } from './conflict.events.js';

const may = { optional: true } as const;
const statuses: CaseStatus[] = ['detected', 'open', 'evidence-requested', 'under-adjudication', 'decided', 'dismissed'];
const kinds: EvidenceKind[] = ['customer-choice', 'poc', 'demo', 'meeting', 'proposal', 'quote', 'incumbency', 'other'];
type Dismissal = Extract<ConflictCommand, { type: 'DismissCase' }>['reason'];
const dismissals: Dismissal[] = ['different-customer', 'other'];

export class ConflictsQuery extends PageQuery {
  @OneOf(statuses, may)
  status?: CaseStatus;

  @Pattern(familyForm, may)
  family?: string;

  @Text(1, 120, { ...may, description: 'Of no effect for a partner' })
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

  @Pattern(familyForm)
  family!: string;

  @Text(1, 2000)
  reason!: string;
}

export class AssignBody {
  @Text(1, 120)
  assignee!: string;
}

export class RequestEvidenceBody {
  @Text(1, 2000, { description: 'Put to every claimant alike' })
  question!: string;
}

export class EvidenceBody {
  @Text(1, 64, { ...may, description: 'Whose; a partner’s earliest claim where it is left out' })
  claimId?: string;

  @OneOf(kinds)
  kind!: EvidenceKind;

  @Pattern(/^[0-9a-f]{64}$/, { description: 'Of the file, lower-case hex; the file itself stays outside' })
  sha256!: string;

  @Moment()
  occurredAt!: string;
}

export class DecideBody {
  @Text(1, 64, { description: 'A claimId' })
  winner!: string;

  @Remark(2000, 'The vendor’s only. Needed where the rules left it to a person')
  reason?: string;
}

const isClaimId = (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= 64;
const isPair = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(isClaimId);

export class DismissBody {
  @OneOf(dismissals)
  reason!: Dismissal;

  @Remark(2000, 'The vendor’s only')
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
