import { ApiProperty } from '@nestjs/swagger';
import { Families, Nested } from '../platform/http/field-rules.js';
import { CustomerDto } from '../registrations/registrations.dto.js';

export class CheckBody {
  @Nested(() => CustomerDto)
  customer!: CustomerDto;

  @Families({ least: 1 })
  productFamilies!: string[];
}

export class CheckAnswer {
  @ApiProperty({ enum: ['free', 'possible', 'claimed'] })
  verdict!: 'free' | 'possible' | 'claimed';
}
