import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

type Option = { readonly optional?: boolean; readonly description?: string };

const field = (shape: object, { optional, ...doc }: Option, ...rules: PropertyDecorator[]): PropertyDecorator =>
  applyDecorators(
    optional ? IsOptional() : IsDefined(),
    optional ? ApiPropertyOptional({ ...shape, ...doc }) : ApiProperty({ ...shape, ...doc }),
    ...rules,
  );

/** A text of `min` to `max` characters. */
export const Text = (min: number, max: number, option: Option = {}): PropertyDecorator =>
  field({ type: String, minLength: min, maxLength: max }, option, IsString(), Length(min, max), NotBlank());

/** Something to read: no text of blanks, or of characters that nobody sees. */
export const NotBlank = (): PropertyDecorator =>
  Matches(/[^\p{Z}\p{C}\p{M}]/u, { message: '$property must not be blank' });

export const Texts = (most: number, length: number, option: Option = {}): PropertyDecorator =>
  field(
    { type: [String], maxItems: most },
    option,
    IsArray(),
    ArrayMaxSize(most),
    IsString({ each: true }),
    Length(1, length, { each: true }),
  );

export const Pattern = (form: RegExp, option: Option = {}): PropertyDecorator =>
  field({ type: String, pattern: form.source }, option, Matches(form));

/** A local date, YYYY-MM-DD; whether there is such a day is for the decider. */
export const LocalDate = (option: Option = {}): PropertyDecorator =>
  field({ type: String, format: 'date', example: '2026-12-31' }, option, Matches(/^\d{4}-\d{2}-\d{2}$/));

/** A moment with its offset from UTC: a local time, a week or a day of the year would name none, or no certain one. */
export const Moment = (option: Option = {}): PropertyDecorator =>
  field(
    { type: String, format: 'date-time', example: '2026-12-31T12:00:00Z' },
    option,
    Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/),
    IsISO8601({ strict: true }),
  );

export const Whole = (min: number, max: number, option: Option = {}): PropertyDecorator =>
  field({ type: 'integer', minimum: min, maximum: max }, option, IsInt(), Min(min), Max(max));

export const Flag = (option: Option = {}): PropertyDecorator => field({ type: Boolean }, option, IsBoolean());

export const OneOf = (values: readonly string[], option: Option = {}): PropertyDecorator =>
  field({ enum: values }, option, IsIn(values));

export const SomeOf = (values: readonly string[], option: Option = {}): PropertyDecorator =>
  field(
    { enum: values, isArray: true },
    option,
    IsArray(),
    ArrayMaxSize(values.length),
    ArrayUnique(),
    IsIn(values, { each: true }),
  );

export const Families = (option: Option = {}): PropertyDecorator =>
  field(
    { type: [String], maxItems: 20, uniqueItems: true },
    option,
    IsArray(),
    ArrayMaxSize(20),
    ArrayUnique(),
    Matches(familyForm, { each: true }),
  );

export const Nested = (type: () => new () => object, option: Option = {}): PropertyDecorator =>
  // Swagger takes a function for a lazy type by its name alone, which a property gives it
  field({ type: () => type() }, option, IsObject(), ValidateNested(), Type(type));

export const NestedList = (type: () => new () => object, most: number, option: Option = {}): PropertyDecorator =>
  field(
    { type: () => [type()], maxItems: most },
    option,
    IsArray(),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  );

export const familyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;
export const countryForm = /^[A-Z]{2}$/;
export const currencyForm = /^[A-Z]{3}$/;
export const emailForm = /^(?=.{3,80}$)[^\s@]+@[^\s@]+$/;
export const idForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
