import { createRequire } from 'node:module';
import { TransformationType } from 'class-transformer';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

export type Kind = new () => object;

type Condition = (object: object, value: unknown) => unknown;
type Check = {
  readonly each: boolean;
  readonly constraints: unknown[];
  readonly onlyIf: Condition | undefined;
  readonly validate: (value: unknown, about: ValidationArguments) => unknown;
};
type Field = {
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly checks: readonly Check[];
  readonly nested: boolean;
  /** What its objects become; scalars stay what they are. */
  readonly kind: Kind | undefined;
};
type Plan = { readonly kind: Kind; readonly fields: ReadonlyMap<string, Field> };
type Bag = Record<string, unknown>;

type TypeMetadata = {
  readonly typeFunction?: () => unknown;
  readonly reflectedType: unknown;
  readonly options: { readonly discriminator?: unknown };
};
type Conversions = {
  findTypeMetadata(kind: Kind, name: string): TypeMetadata | undefined;
  findTransformMetadatas(kind: Kind, name: string, type: TransformationType): readonly unknown[];
  getExposedMetadatas(kind: Kind): readonly unknown[];
  getExcludedMetadatas(kind: Kind): readonly unknown[];
};
// class-transformer has no other way to what its decorators have said
const { defaultMetadataStorage: conversions } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  readonly defaultMetadataStorage: Conversions;
};

/** What JSON and Fastify's queries are made of. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * What class-transformer makes of `input`, where class-validator is sure to find no fault in it; undefined where it may
 * find one, or where the class says anything that isn't followed here: then those two have to be asked. They take a fifth of
 * a submission to gather what the decorators have said, which stays the same; here it is gathered once a class, and the
 * rules that are run are their own.
 */
export const surelyValid = (kind: Kind, input: object): object | undefined => {
  const made = build(kind, input);
  return made && isValid(kind, made) ? made : undefined;
};

const plans = new Map<Kind, Plan | undefined>();
const planOf = (kind: Kind): Plan | undefined => {
  if (!plans.has(kind)) plans.set(kind, plan(kind));
  return plans.get(kind);
};

const build = (kind: Kind, input: object): object | undefined => {
  const known = planOf(kind);
  if (!known || !isPlain(input)) return undefined;
  const made = new kind() as Bag;
  for (const name of Object.keys(input)) {
    const field = known.fields.get(name);
    const value = (input as Bag)[name];
    if (!field) return undefined;
    const converted = Array.isArray(value) ? listOf(field, value) : convert(field, value);
    if (converted === undefined) return undefined;
    made[name] = converted;
  }
  return made;
};

const listOf = (field: Field, values: readonly unknown[]): unknown[] | undefined => {
  const converted = values.map((value) => convert(field, value));
  return converted.includes(undefined) ? undefined : converted;
};

const convert = ({ kind }: Field, value: unknown): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return typeof value === 'object' && !Array.isArray(value) && kind ? build(kind, value) : undefined;
};

const isValid = (kind: Kind, made: object): boolean => {
  for (const field of planOf(kind)!.fields.values()) {
    const value = (made as Bag)[field.name];
    if (!field.conditions.every((holds) => holds(made, value))) continue;
    if (!field.checks.every((check) => passes(check, field.name, made, value))) return false;
    if (!field.nested || value === undefined) continue;
    const { kind: inner } = field;
    if (!(Array.isArray(value) ? value : [value]).every((each) => each instanceof Object && isValid(inner!, each)))
      return false;
  }
  return true;
};

const passes = ({ each, constraints, onlyIf, validate }: Check, property: string, object: object, value: unknown) => {
  if (onlyIf && !onlyIf(object, value)) return true;
  const about = { targetName: object.constructor.name, property, object, value, constraints };
  if (!each || !Array.isArray(value)) return validate(value, about) === true;
  return value.every((one) => validate(one, about) === true);
};

/** Undefined where the class has no rules, or says what isn't followed here. */
const plan = (kind: Kind): Plan | undefined => {
  const storage = getMetadataStorage();
  const byName = storage.groupByPropertyName(rulesOf(kind));
  if (Object.keys(byName).length === 0) return undefined;
  if (conversions.getExposedMetadatas(kind).length > 0 || conversions.getExcludedMetadatas(kind).length > 0)
    return undefined;
  const fields = new Map<string, Field>();
  for (const [name, rules] of Object.entries(byName)) {
    const type = conversions.findTypeMetadata(kind, name);
    if (type && !isFollowed(type)) return undefined;
    if (name in kind.prototype) return undefined;
    if (conversions.findTransformMetadatas(kind, name, TransformationType.PLAIN_TO_CLASS).length > 0) return undefined;
    const checks: Check[] = [];
    for (const { type: what, each, constraints, validateIf, constraintCls } of rules) {
      if (!followed.has(what)) return undefined;
      if (what !== ValidationTypes.CUSTOM_VALIDATION && what !== ValidationTypes.IS_DEFINED) continue;
      for (const { async, instance } of storage.getTargetValidatorConstraints(constraintCls)) {
        if (async) return undefined;
        const validate = instance.validate.bind(instance);
        checks.push({ each, constraints, onlyIf: validateIf, validate });
      }
    }
    const conditions = rules
      .filter(({ type: what }) => what === ValidationTypes.CONDITIONAL_VALIDATION)
      .map(({ constraints: [condition] }) => condition as Condition);
    const nested = rules.some(({ type: what }) => what === ValidationTypes.NESTED_VALIDATION);
    fields.set(name, { name, conditions, checks, nested, kind: type?.typeFunction!() as Kind | undefined });
  }
  // what a new one has of itself would have to be allowed too
  return Object.keys(new kind()).every((name) => fields.has(name)) ? { kind, fields } : undefined;
};

const rulesOf = (kind: Kind) => getMetadataStorage().getTargetValidationMetadatas(kind, '', false, false);

const followed = new Set<string>([
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.IS_DEFINED,
  ValidationTypes.CONDITIONAL_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.WHITELIST,
]);

/** A class with rules of its own, always the same: no type that scalars are converted to. */
const isFollowed = ({ typeFunction, reflectedType, options }: TypeMetadata): boolean => {
  if (!typeFunction || typeFunction.length > 0 || options?.discriminator) return false;
  if (reflectedType === Set || reflectedType === Map) return false;
  const kind = typeFunction();
  return typeof kind === 'function' && rulesOf(kind as Kind).length > 0;
};
