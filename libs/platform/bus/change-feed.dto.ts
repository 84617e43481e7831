import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { FeedPage, Told } from './change-feed.js';

const position = /^\d{1,18}$/;

export class ChangeFeedQuery {
  @ApiPropertyOptional({
    description: 'Only what lies behind this log position; left out: from the beginning',
    example: '48213',
  })
  @IsOptional()
  @Matches(position, { message: 'after must be a log position' })
  after?: string;

  @ApiPropertyOptional({ description: 'nextCursor of the page before; goes before `after`' })
  @IsOptional()
  @Matches(position, { message: 'cursor must be a nextCursor of this feed' })
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

class ToldDto implements Told {
  @ApiProperty({ description: 'Log position', example: '48213' })
  readonly position!: string;

  @ApiProperty({ description: 'The same on every reading: what comes twice is dropped by it', format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly time!: string;

  @ApiProperty({ description: 'See docs/asyncapi.json', example: 'registration.submitted.v1' })
  readonly type!: string;

  @ApiProperty({ description: 'The id of the thing' })
  readonly subject!: string;

  @ApiProperty({ description: 'By the JSON Schema of the type', type: 'object', additionalProperties: true })
  readonly data!: Record<string, unknown>;
}

export class ChangeFeedPage implements FeedPage {
  @ApiProperty({ type: [ToldDto] })
  readonly items!: readonly ToldDto[];

  @ApiProperty({ description: '`after` of the next request, also where nothing matched' })
  readonly after!: string;

  @ApiProperty({ description: 'The same while the log may hold more; null at its end', type: 'string', nullable: true })
  readonly nextCursor!: string | null;
}
