import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../platform/http/page.js';

export class CustomersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of a name, a domain or a registry id', maxLength: 120 })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  q?: string;
}
