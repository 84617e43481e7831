import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { escapedKey, isStorable } from './json-body.js';
import { type Fault, HttpProblem, invalid } from './problem.js';
import { surelyValid } from './surely-valid.js';

const plain = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);
const roots = { body: '', query: '/query', param: '/path', custom: '' } as const;
const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true };

/**
 * The one pipe: a DTO of class-validator is checked, unknown fields are refused, nothing is converted that its DTO doesn't
 * convert itself. All faults at once, each with its pointer. Our own, since Nest's lets arrays pass for objects.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    const root = roots[type];
    if (plain.has(metatype)) return typeof value === 'string' ? storable(value, `${root}/${data ?? ''}`) : value;
    const input = value ?? {};
    if (typeof input !== 'object' || Array.isArray(input)) throw invalid(root, 'body.object', 'must be an object');
    const valid = surelyValid(metatype as Type<object>, input);
    if (valid) return valid;
    const dto: object = plainToInstance(metatype as Type<object>, input);
    const errors = validateSync(dto, rules);
    if (errors.length > 0)
      throw new HttpProblem(400, 'request.invalid', { errors: faultsOf(errors, root).slice(0, 50) });
    return dto;
  }
}

const storable = (text: string, pointer: string): string => {
  if (isStorable(text)) return text;
  throw invalid(pointer, 'text.characters', 'has a NUL character');
};

/** Validation errors as faults; `root` is the pointer of the whole. */
export const faultsOf = (errors: readonly ValidationError[], root: string): Fault[] =>
  errors.flatMap(({ property, constraints = {}, children = [], value }) => {
    const pointer = property === undefined ? root : `${root}/${escapedKey(property)}`;
    const own = Object.entries(constraints).map(([rule, detail]) => ({ pointer, code: codeOf(rule, value), detail }));
    return [...own, ...faultsOf(children, pointer)];
  });

const codeOf = (rule: string, value: unknown): string => {
  if (rule === 'whitelistValidation') return 'field.unknown';
  if (value === undefined) return 'field.required';
  return `field.${rule
    .replace(/^is(?=[A-Z])/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()}`;
};
