import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, MaxLength, MinLength } from 'class-validator';
import { Search, Text } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/page.js';

export class CustomersQuery extends PageQuery {
  @Search('Part of a name, a domain or a registry id')
  q?: string;
}

class ReasonedBody {
  @Text(1, 2000)
  reason!: string;
}

export class MergeBody extends ReasonedBody {
  @Text(1, 64, { description: 'The customer that it is: the one identified earlier' })
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
