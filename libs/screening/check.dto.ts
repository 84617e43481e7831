import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsObject, Matches, ValidateNested } from 'class-validator';
import { CustomerDto } from '../registrations/registrations.dto.js';

export class CheckBody {
  @ApiProperty({ type: CustomerDto })
  @IsObject()
  @ValidateNested()
  @Type(() => CustomerDto)
  customer!: CustomerDto;

  @ApiProperty({ type: [String], minItems: 1, maxItems: 20 })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @Matches(/^[a-z0-9][a-z0-9-]{0,59}$/, { each: true })
  productFamilies!: string[];
}

export class CheckAnswer {
  @ApiProperty({ enum: ['free', 'possible', 'claimed'] })
  verdict!: 'free' | 'possible' | 'claimed';
}
