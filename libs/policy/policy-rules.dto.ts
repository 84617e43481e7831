import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { countryForm, familyForm, IsCountry, Nested } from '../platform/http/field-rules.js';
import { most } from './policy-bounds.js';
import type { AmountTable } from './policy.events.js';

const Figure =
  (atMost: number, description?: string): PropertyDecorator =>
  (target, property) => {
    ApiProperty({ type: 'number', minimum: 0, maximum: atMost, ...(description && { description }) })(target, property);
    IsNumber({ allowNaN: false, allowInfinity: false })(target, property);
    Min(0)(target, property);
    Max(atMost)(target, property);
  };
const Days = (description?: string) => Figure(most.days, description);
const BusinessDays = (description?: string) => Figure(most.businessDays, description);
const Hours = (description?: string) => Figure(most.hours, description);
const Count = (description?: string) => Figure(most.count, description);
const Score = (description?: string) => Figure(most.score, description);
// null is no way to leave something out of a policy
const MayBeAbsent = () => ValidateIf((_, value: unknown) => value !== undefined);

const amountFields = ['minimumValue', 'runRateBelow', 'enterpriseFrom', 'secondStepFrom', 'personFrom'];
const isAmount = (amount: unknown) => typeof amount === 'number' && Math.abs(amount) <= most.amount;
const isAmountTable = (table: unknown): table is AmountTable =>
  typeof table === 'object' &&
  table !== null &&
  Object.keys(table).length === amountFields.length &&
  amountFields.every((field) => isAmount((table as Record<string, unknown>)[field]));

class ProtectionDaysBody {
  @Days() runRate!: number;
  @Days() standard!: number;
  @Days() enterprise!: number;
}

class ReviewBody {
  @BusinessDays() slaBusinessDays!: number;
  @BusinessDays() holdBusinessDays!: number;
}

class ExtensionBody {
  @Count('How often protection may be extended') count!: number;
  @Days() days!: number;
  @Days('How old the evidence may be that an extension is asked on') evidenceDays!: number;
}

class AppealBody {
  @BusinessDays('After the decision') windowBusinessDays!: number;
  @BusinessDays('After the appeal') answerBusinessDays!: number;
}

/** Of a country, a family or both. */
class MinimumOverrideBody {
  @ApiPropertyOptional({ description: 'ISO 3166 alpha-2', pattern: countryForm.source })
  @MayBeAbsent()
  @IsCountry()
  countryCode?: string;

  @ApiPropertyOptional({ pattern: familyForm.source })
  @MayBeAbsent()
  @Matches(familyForm)
  family?: string;

  @ApiProperty({ description: 'ISO 4217, one of `amounts`', pattern: '^[A-Z]{3}$' })
  @Matches(/^[A-Z]{3}$/)
  currency!: string;

  @Figure(most.amount, 'In minor units') minimumValue!: number;
}

class TenderBody {
  @ApiProperty({ description: 'A proof of concept before its publication makes a tender acceptable' })
  @IsBoolean()
  pocExempts!: boolean;
}

class ByTierBody {
  @Count() registered!: number;
  @Count() silver!: number;
  @Count() gold!: number;
  @Count() platinum!: number;
}

class EffortPointsBody {
  @Count() poc!: number;
  @Count() demo!: number;
  @Count() meeting!: number;
  @Count() proposal!: number;
  @Count() quote!: number;
}

class MatchingBody {
  @Score('From this score on two claims are certainly the same customer') certain!: number;
  @Score('From this score on a person looks') possible!: number;
}

class CalendarBody {
  @ApiProperty({ description: 'IANA name', example: 'Europe/Warsaw', maxLength: 60 })
  @IsString()
  @Length(1, 60)
  timeZone!: string;

  @ApiProperty({ description: 'Local dates, YYYY-MM-DD', type: [String], maxItems: most.holidays })
  @IsArray()
  @ArrayMaxSize(most.holidays)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true })
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
      properties: Object.fromEntries(
        amountFields.map((field) => [field, { type: 'integer', minimum: 0, maximum: most.amount }]),
      ),
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
          Object.keys(tables).length <= most.currencies &&
          Object.values(tables).every(isAmountTable),
      },
    },
    { message: `amounts must hold tables of ${amountFields.join(', ')}, each at most ${most.amount}` },
  )
  amounts!: Record<string, AmountTable>;

  @ApiPropertyOptional({ type: () => [MinimumOverrideBody], maxItems: most.overrides })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(most.overrides)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MinimumOverrideBody)
  minimumValueOverrides?: MinimumOverrideBody[];

  @Nested(() => ProtectionDaysBody) protectionDays!: ProtectionDaysBody;
  @Nested(() => ReviewBody) review!: ReviewBody;

  @ApiProperty({ description: 'Days before the end of protection', type: [Number], maxItems: most.reminders })
  @IsArray()
  @ArrayMaxSize(most.reminders)
  @IsNumber({}, { each: true })
  @Max(most.days, { each: true })
  reminderDays!: number[];

  @Nested(() => ExtensionBody) extension!: ExtensionBody;
  @Days('Of protection: by then it has to have led to something') firstMilestoneDay!: number;
  @Days('Between the notice and the revocation') revocationNoticeDays!: number;
  @Hours() leadTimeHours!: number;
  @BusinessDays() shortNoticeBusinessDays!: number;
  @Days() lookBackDays!: number;
  @Nested(() => TenderBody) tender!: TenderBody;
  @Nested(() => ByTierBody) openRegistrations!: ByTierBody;
  @Hours() contentionHours!: number;
  @BusinessDays() returnedKeepsPlaceBusinessDays!: number;
  @Count() resubmissions!: number;
  @BusinessDays() evidenceBusinessDays!: number;
  @BusinessDays() caseBusinessDays!: number;
  @Nested(() => AppealBody) appeal!: AppealBody;
  @Days('How long a partner may take to accept a lead') leadDays!: number;
  @Nested(() => EffortPointsBody) effortPoints!: EffortPointsBody;
  @Count('Both showed effort and differ by at most this: a person decides') effortCloseCall!: number;
  @Nested(() => ByTierBody) tierUpliftPoints!: ByTierBody;
  @Nested(() => MatchingBody) matching!: MatchingBody;
  @Nested(() => CalendarBody) calendar!: CalendarBody;
}
