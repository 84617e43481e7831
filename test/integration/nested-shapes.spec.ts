import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage, IS_OBJECT, ValidationTypes } from 'class-validator';
import { slices } from '../../apps/slices.js';

type Rule = { readonly type: string; readonly name?: string; readonly propertyName: string; readonly each?: boolean };
/** What the decorators of every DTO have said: class-validator gives it out only one class at a time. */
const { validationMetadatas } = getMetadataStorage() as unknown as {
  readonly validationMetadatas: ReadonlyMap<{ readonly name: string }, readonly Rule[]>;
};

describe('a nested object', () => {
  it('is said to be one wherever it is asked for: to class-validator a list of them is as good', () => {
    expect(slices.length).toBeGreaterThan(0);
    const nested = [...validationMetadatas].flatMap(([{ name }, rules]) =>
      rules
        .filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION)
        .map(({ propertyName, each }) => ({
          field: `${name}.${propertyName}`,
          isObject: rules.some(
            (rule) =>
              rule.name === IS_OBJECT && rule.propertyName === propertyName && Boolean(rule.each) === Boolean(each),
          ),
        })),
    );
    expect(nested.map(({ field }) => field)).toContain('DirectClaimBody.account');
    expect(nested.filter(({ isObject }) => !isObject)).toEqual([]);
  });
});
