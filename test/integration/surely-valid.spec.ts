import { describe, expect, it } from '@jest/globals';
import { plainToInstance, Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { PageQuery } from '../../libs/platform/http/page.js';
import { type Kind, surelyValid } from '../../libs/platform/http/surely-valid.js';
import { CustomerDto, DealPatchDto, RegisterBody, ReturnBody } from '../../libs/registrations/registrations.dto.js';

// a structuredClone would be of another realm than what is tested
const copyOf = <T>(json: T): T => JSON.parse(JSON.stringify(json)) as T;
const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true };
const asked = (kind: Kind, input: object) => {
  const made = plainToInstance(kind, input);
  return validateSync(made, rules).length === 0 ? made : undefined;
};

const deal = {
  submit: true,
  partnerId: 'north',
  customer: {
    legalName: 'Łódź Systems',
    countryCode: 'PL',
    domain: 'systems.pl',
    registryIds: [{ type: 'tax', value: 'PL5260250274' }],
  },
  contact: { name: 'Eva', email: 'eva@systems.pl', title: 'Head of IT' },
  productFamilies: ['backup', 'erp'],
  estimatedValue: { amount: 2_500_000, currency: 'EUR' },
  expectedCloseOn: '2026-03-01',
  opportunityType: 'net-new',
  consent: true,
  salesActivities: ['first meeting'],
  tender: { public: false },
  contractMonths: 12,
};

const strange = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e16, '', 'x', 'PL', 'x'.repeat(300), [], [null], [[]], {}, [{}], [['erp']]),
  fc.constantFrom({ type: 'tax', value: 'x' }, [{ type: 'tax', value: 'x' }], [{ type: 'tax' }, 'x'], ['erp', 'erp']),
  fc.constantFrom({ legalName: 'x', countryCode: 'PL' }, { amount: 1, currency: 'PLN' }, { public: true, more: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const names = [...Object.keys(deal), 'legalName', 'city', 'amount', 'email', 'more', 'hasOwnProperty', 'toString', '0'];
type Change = {
  readonly path: readonly number[];
  readonly name: string;
  readonly value: unknown;
  readonly how: number;
};
const change: fc.Arbitrary<Change> = fc.record({
  path: fc.array(fc.nat(30), { maxLength: 3 }),
  name: fc.constantFrom(...names),
  value: strange,
  how: fc.nat(2),
});

/** Walks down some objects and lists, then puts a value in, over or takes one out. */
const changed = (root: object, { path, name, value, how }: Change): void => {
  let at = root as Record<string, unknown>;
  for (const step of path) {
    const inner = Object.values(at).filter((each) => typeof each === 'object' && each !== null);
    if (inner.length === 0) break;
    at = inner[step % inner.length] as Record<string, unknown>;
  }
  const keys = Object.keys(at);
  const key = how === 2 || keys.length === 0 ? name : keys[(path[0] ?? 0) % keys.length]!;
  if (how === 0 && !Array.isArray(at)) delete at[key];
  else if (!Array.isArray(at)) at[key] = copyOf(value);
  else at.push(copyOf(value));
};

/** What slips through class-validator: names of Object.prototype, an empty list among nested objects. It is asked about them. */
const slips = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([key, inner]) => key in Object.prototype || (Array.isArray(value) && Array.isArray(inner)) || slips(inner),
  );

describe('what is surely valid', () => {
  it.each([RegisterBody, DealPatchDto])('is what class-validator finds no fault in', (kind) => {
    const seen = { valid: 0, faulty: 0 };
    const { submit, partnerId, ...patch } = deal;
    const whole = kind === RegisterBody ? { ...patch, submit, partnerId } : patch;
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
        const body = copyOf(whole);
        for (const each of changes) changed(body, each);
        const before = copyOf(body);
        const [quick, slow] = [surelyValid(kind, body), asked(kind, copyOf(body))];
        expect(body).toStrictEqual(before);
        seen[slow ? 'valid' : 'faulty'] += 1;
        const due = quick === undefined && slips(body) ? undefined : slow;
        expect(quick).toStrictEqual(due);
        expect(Object.keys(quick ?? {})).toEqual(Object.keys(due ?? {}));
      }),
      { numRuns: 800 },
    );
    expect(Math.min(seen.valid, seen.faulty)).toBeGreaterThan(80);
  });

  it('has the classes that its parts are of, and lists of its own', () => {
    const made = surelyValid(RegisterBody, deal) as RegisterBody;
    expect(made).toBeInstanceOf(RegisterBody);
    expect(made.customer).toBeInstanceOf(CustomerDto);
    expect(made.productFamilies).not.toBe(deal.productFamilies);
  });

  it('is left to class-validator where a class converts, or where nothing is said', () => {
    class Converting {
      @Transform(({ value }) => Number(value))
      @IsInt()
      count!: number;
    }
    class Starting {
      @IsOptional()
      @IsString()
      name?: string;
      extra = 1;
    }
    expect(surelyValid(Converting, { count: '1' })).toBeUndefined();
    expect(surelyValid(Starting, { name: 'x' })).toBeUndefined();
    expect(surelyValid(Date, {})).toBeUndefined();
    expect(surelyValid(PageQuery, { limit: '1' })).toBeUndefined();
    expect(surelyValid(ReturnBody, { reasons: ['x'], fields: ['customer'] })).toBeDefined();
    expect(surelyValid(ReturnBody, new Map())).toBeUndefined();
  });
});
