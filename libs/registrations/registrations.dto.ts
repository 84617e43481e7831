import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, isISO8601, ValidateBy } from 'class-validator';
import { PageQuery } from '../platform/http/page.js';
import type { EvidenceKind } from '../policy/policy.events.js';
import { dealFieldNames, DealFieldsDto } from './deal-fields.dto.js';
import {
  countryForm,
  currencyForm,
  familyForm,
  Flag,
  LocalDate,
  Moment,
  OneOf,
  Pattern,
  Search,
  SomeOf,
  Text,
  Texts,
  Whole,
} from '../platform/http/field-rules.js';
import type { DealFields, RejectionCode } from './registration.events.js';
import type { ClaimStatus } from './registration.state.js';

export { CustomerDto, DealPatchDto } from './deal-fields.dto.js';

const may = { optional: true } as const;
const statuses: readonly ('draft' | ClaimStatus)[] = [
  'draft',
  'submitted',
  'under-review',
  'returned',
  'in-conflict',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'revoked',
  'won',
  'lost',
];
const kinds: readonly EvidenceKind[] = [
  'customer-choice',
  'poc',
  'demo',
  'meeting',
  'proposal',
  'quote',
  'incumbency',
  'other',
];
const rejectionCodes: readonly RejectionCode[] = [
  'duplicate',
  'existing-customer',
  'direct-engagement',
  'incumbent-partner',
  'public-tender',
  'below-threshold',
  'incomplete',
  'not-authorised',
  'out-of-territory',
  'over-cap',
  'no-evidence',
  'false-information',
  'lost-conflict',
  'other',
];

export class RegisterBody extends DealFieldsDto {
  @Flag({ description: 'False keeps it as a draft' })
  submit!: boolean;
  @Text(1, 64, { ...may, description: 'On behalf of: by a channel manager only, who must say whose it is' })
  partnerId?: string;
}

export class RegistrationsQuery extends PageQuery {
  @OneOf(statuses, may)
  status?: 'draft' | ClaimStatus;
  @Text(1, 64, may)
  partnerId?: string;
  @Pattern(familyForm, may)
  family?: string;
  @Pattern(countryForm, may)
  countryCode?: string;
  @Text(1, 120, may)
  partnerOpportunityId?: string;
  @Search("Part of the id, the customer's name or domain, or the partner's own id")
  q?: string;
}

export class ReviewsQuery extends PageQuery {
  @Text(1, 120, may)
  assignee?: string;
  @Moment(may)
  dueBefore?: string;
}

const pastForm = /^(\d{1,20}|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?)$/;
const isPast = (value: unknown): boolean =>
  typeof value === 'string' && pastForm.test(value) && (/^\d+$/.test(value) || isISO8601(value, { strict: true }));

export class AsOfQuery {
  @ApiPropertyOptional({ description: 'As it was: a moment (ISO 8601, with its offset), a date or a log position' })
  @IsOptional()
  @ValidateBy({
    name: 'isPast',
    validator: { validate: isPast, defaultMessage: () => 'must be a moment with its offset, a date or a log position' },
  })
  asOf?: string;
}

export class MayGiveReasonBody {
  @Text(1, 500, may)
  reason?: string;
}

export class LostBody {
  @Text(1, 500)
  reason!: string;
}

export class MatchBody {
  @Text(1, 128, { description: 'The claim of the possible match' })
  claimId!: string;
  @Text(1, 500, may)
  reason?: string;
}

export class ReturnBody {
  @Texts(20, 500, { description: 'What the partner is asked for; at least one' })
  reasons!: string[];
  @SomeOf(dealFieldNames, { description: 'The fields that may be edited then; at least one' })
  fields!: (keyof DealFields)[];
}

export class RejectBody {
  @OneOf(rejectionCodes)
  code!: RejectionCode;
  @Text(1, 1000, may)
  explanation?: string;
}

export class AssigneeBody {
  @Text(1, 120)
  assignee!: string;
}

export class ProofBody {
  @OneOf(kinds)
  kind!: EvidenceKind;
  @Pattern(/^[0-9a-f]{64}$/, { description: 'SHA-256 of the file, which stays outside' })
  sha256!: string;
  @Moment()
  occurredAt!: string;
}

export class WonBody {
  @Whole(1, 1e15)
  amount!: number;
  @Pattern(currencyForm)
  currency!: string;
  @LocalDate()
  closedOn!: string;
}
