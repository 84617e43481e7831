import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  isISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
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
const NotBlank = (each = false): PropertyDecorator =>
  Matches(/[^\p{Z}\p{C}\p{M}]/u, { each, message: '$property must not be blank' });

/** What somebody is called. */
export const Name = (option: Option = {}): PropertyDecorator =>
  applyDecorators(
    Text(1, 120, option),
    Matches(/[\p{L}\p{N}]/u, { message: '$property must have a letter or a digit' }),
  );

/** A text that may be empty, and means the same then as where it is left out; blanks alone are a mistake. */
export const Remark = (max: number, description?: string): PropertyDecorator =>
  field(
    { type: String, maxLength: max },
    { optional: true, ...(description !== undefined && { description }) },
    IsString(),
    MaxLength(max),
    Matches(/^$|[^\p{Z}\p{C}\p{M}]/u, { message: '$property must not be blank' }),
  );

/** What a list is searched for; an empty search box narrows nothing. */
export const Search = (description: string): PropertyDecorator =>
  field(
    { type: String, maxLength: 120 },
    { optional: true, description },
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    IsString(),
    MaxLength(120),
  );

export const Texts = (most: number, length: number, option: Option = {}): PropertyDecorator =>
  field(
    { type: [String], maxItems: most },
    option,
    IsArray(),
    ArrayMaxSize(most),
    IsString({ each: true }),
    Length(1, length, { each: true }),
    NotBlank(true),
  );

export const Pattern = (form: RegExp, option: Option = {}): PropertyDecorator =>
  field({ type: String, pattern: form.source }, option, Matches(form));

/** A local date, YYYY-MM-DD; whether there is such a day is for the decider. */
export const LocalDate = (option: Option = {}): PropertyDecorator =>
  field({ type: String, format: 'date', example: '2026-12-31' }, option, Matches(/^\d{4}-\d{2}-\d{2}$/));

/** A local date that there is. */
export const Day = (option: Option = {}): PropertyDecorator =>
  applyDecorators(LocalDate(option), IsISO8601({ strict: true }));

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

type HowMany = { readonly least?: number; readonly most?: number };
export const Families = ({ least = 0, most = 20, ...option }: Option & HowMany = {}): PropertyDecorator =>
  field(
    { type: [String], ...(least > 0 && { minItems: least }), maxItems: most, uniqueItems: true },
    option,
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
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

/** Kosovo is in no list of ISO yet, and writes itself so. */
export const isCountry = (code: unknown): boolean =>
  typeof code === 'string' && countryForm.test(code) && (isISO31661Alpha2(code) || code === 'XK');

export const Country = (option: Option = {}): PropertyDecorator =>
  field({ type: String, pattern: countryForm.source }, { description: 'ISO 3166 alpha-2', ...option }, IsCountry());

/** For what comes in; a filter is content with the form, since the log may hold codes that are in no list. */
export const IsCountry = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCountry',
    validator: { validate: isCountry, defaultMessage: () => '$property must be an ISO 3166 alpha-2 code' },
  });

export const familyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;
export const countryForm = /^[A-Z]{2}$/;
export const currencyForm = /^[A-Z]{3}$/;
export const emailForm = /^(?=.{3,80}$)[^\s@]+@[^\s@]+$/;
export const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const claimIdForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
