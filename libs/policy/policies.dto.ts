import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';
import { Nested } from '../platform/http/field-rules.js';
import { PolicyRulesBody } from './policy-rules.dto.js';

const versionForm = /^[a-z0-9][a-z0-9._-]{0,59}$/;

export class PolicyDraftBody {
  @ApiProperty({ description: 'Its name; no two policies have the same', pattern: versionForm.source })
  // `drafts` is a path of its own beside the versions
  @Matches(/^(?!drafts$)[a-z0-9][a-z0-9._-]{0,59}$/, {
    message: 'version must be 1-60 lower-case letters, digits, dots, dashes or underscores, and not "drafts"',
  })
  version!: string;

  @Nested(() => PolicyRulesBody)
  rules!: PolicyRulesBody;
}

export class PublishBody {
  @ApiPropertyOptional({ format: 'date-time', description: 'In force from then on; at once where it is left out' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}T[\d:.]{5,16}(Z|[+-]\d{2}:\d{2})$/, {
    message: 'effectiveFrom must say its offset from UTC',
  })
  @IsISO8601({ strict: true })
  effectiveFrom?: string;
}
