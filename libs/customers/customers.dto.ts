import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQuery } from '../platform/http/page.js';
import { NotBlank } from '../registrations/field-rules.js';

export class CustomersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of a name, a domain or a registry id', maxLength: 120 })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  q?: string;
}

class ReasonedBody {
  @ApiProperty({ minLength: 1, maxLength: 2000 })
  @IsString()
  @MaxLength(2000)
  @NotBlank()
  reason!: string;
}

export class MergeBody extends ReasonedBody {
  @ApiProperty({ minLength: 1, maxLength: 64, description: 'The customer that it is: the one identified earlier' })
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  into!: string;
}

export class SplitBody extends ReasonedBody {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 64 },
    minItems: 1,
    maxItems: 50,
    description: 'Live claims that are another customer, the same for all of them',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  claimIds!: string[];
}
