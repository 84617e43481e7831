import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { AmountTable } from './policy.events.js';

const Figure =
  (description?: string): PropertyDecorator =>
  (target, property) => {
    ApiProperty({ type: 'number', minimum: 0, ...(description && { description }) })(target, property);
    IsNumber({ allowNaN: false, allowInfinity: false })(target, property);
    Min(0)(target, property);
    Max(Number.MAX_SAFE_INTEGER)(target, property);
  };
const Part =
  (type: () => new () => object): PropertyDecorator =>
  (target, property) => {
    // swagger resolves a function late only where it is called `type`
    ApiProperty({ type: () => type() })(target, property);
    IsDefined()(target, property);
    ValidateNested()(target, property);
    Type(type)(target, property);
  };

const amountFields = ['minimumValue', 'runRateBelow', 'enterpriseFrom', 'secondStepFrom', 'personFrom'];
const isAmountTable = (table: unknown): table is AmountTable =>
  typeof table === 'object' &&
  table !== null &&
  Object.keys(table).length === amountFields.length &&
  amountFields.every((field) => typeof (table as Record<string, unknown>)[field] === 'number');

class ProtectionDaysBody {
  @Figure() runRate!: number;
  @Figure() standard!: number;
  @Figure() enterprise!: number;
}

class ReviewBody {
  @Figure() slaBusinessDays!: number;
  @Figure() holdBusinessDays!: number;
}

class TenderBody {
  @ApiProperty({ description: 'A proof of concept before its publication makes a tender acceptable' })
  @IsBoolean()
  pocExempts!: boolean;
}

class ByTierBody {
  @Figure() registered!: number;
  @Figure() silver!: number;
  @Figure() gold!: number;
  @Figure() platinum!: number;
}

class EffortPointsBody {
  @Figure() poc!: number;
  @Figure() demo!: number;
  @Figure() meeting!: number;
  @Figure() proposal!: number;
  @Figure() quote!: number;
}

class MatchingBody {
  @Figure('From this score on two claims are certainly the same customer') certain!: number;
  @Figure('From this score on a person looks') possible!: number;
}

class CalendarBody {
  @ApiProperty({ description: 'IANA name', example: 'Europe/Warsaw', maxLength: 60 })
  @IsString()
  @Length(1, 60)
  timeZone!: string;

  @ApiProperty({ description: 'Local dates, YYYY-MM-DD', type: [String], maxItems: 1000 })
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(10, { each: true })
  holidays!: string[];
}

/** The shape alone; what the figures mean together is checked by `validate`. */
export class PolicyRulesBody {
  @ApiProperty({
    description: 'Thresholds in minor units, by ISO 4217 currency; nothing is converted',
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: amountFields,
      properties: Object.fromEntries(amountFields.map((field) => [field, { type: 'integer', minimum: 0 }])),
    },
  })
  @IsObject()
  @ValidateBy(
    {
      name: 'amountTables',
      validator: {
        validate: (tables: unknown) =>
          typeof tables === 'object' &&
          tables !== null &&
          Object.keys(tables).length <= 200 &&
          Object.values(tables).every(isAmountTable),
      },
    },
    { message: `amounts must hold tables of ${amountFields.join(', ')}` },
  )
  amounts!: Record<string, AmountTable>;

  @Part(() => ProtectionDaysBody) protectionDays!: ProtectionDaysBody;
  @Part(() => ReviewBody) review!: ReviewBody;

  @ApiProperty({ description: 'Days before the end of protection', type: [Number], maxItems: 20 })
  @IsArray()
  @ArrayMaxSize(20)
  @IsNumber({}, { each: true })
  reminderDays!: number[];

  @Figure() leadTimeHours!: number;
  @Figure() shortNoticeBusinessDays!: number;
  @Figure() lookBackDays!: number;
  @Part(() => TenderBody) tender!: TenderBody;
  @Part(() => ByTierBody) openRegistrations!: ByTierBody;
  @Figure() contentionHours!: number;
  @Figure() returnedKeepsPlaceBusinessDays!: number;
  @Figure() resubmissions!: number;
  @Figure() evidenceBusinessDays!: number;
  @Figure() caseBusinessDays!: number;
  @Part(() => EffortPointsBody) effortPoints!: EffortPointsBody;
  @Figure('Both showed effort and differ by at most this: a person decides') effortCloseCall!: number;
  @Part(() => ByTierBody) tierUpliftPoints!: ByTierBody;
  @Part(() => MatchingBody) matching!: MatchingBody;
  @Part(() => CalendarBody) calendar!: CalendarBody;
}
