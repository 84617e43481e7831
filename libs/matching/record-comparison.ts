import { type AddressLevel, compareAddresses } from './address.js';
import { type Compared, compareNames, type NameField } from './name-comparison.js';
import { type Normalised, unknownCountry } from './normalise.js';
import { type Weights, weightOf } from './weights.js';
import { isSharedLine } from './shared-lines.js';

type Levels = {
  readonly domain: 'equal' | 'same-word' | 'different';
  readonly phone: 'equal' | 'equal-toll-free' | 'same-line' | 'different';
  readonly address: AddressLevel;
  readonly registryId: 'equal' | 'different';
  readonly country: 'equal' | 'different';
};

export type FieldName = NameField | keyof Levels;
export type ComparedField = Compared<FieldName>;

const field = <F extends keyof Levels>(name: F, level: Levels[F], left: string, right: string): Compared<F> => ({
  field: name,
  left,
  right,
  level,
});

const comparePhones = (a: string, b: string): Levels['phone'] => {
  if (a === b) return isSharedLine(a) ? 'equal-toll-free' : 'equal';
  return a.slice(-7) === b.slice(-7) ? 'same-line' : 'different';
};

const compareRegistryIds = (a: Normalised, b: Normalised): ComparedField | undefined => {
  if (a.registryIds.length === 0 || b.registryIds.length === 0) return undefined;
  const comparable = a.registryIds.flatMap((left) =>
    b.registryIds
      .filter(
        ({ type, scope, value }) => type === left.type && scope === left.scope && value.length === left.value.length,
      )
      .map((right) => ({ left, right })),
  );
  const equal = comparable.find(({ left, right }) => left.value === right.value);
  const shown = equal ?? comparable[0];
  if (!shown) return undefined;
  const say = ({ type, scope, value }: typeof shown.left) => `${type} ${scope}${value}`;
  return field('registryId', equal ? 'equal' : 'different', say(shown.left), say(shown.right));
};

/** All that can be compared of two records; of their names the pair that speaks most for one company by `weights`. */
export const compareRecords = (a: Normalised, b: Normalised, weights: Weights): readonly ComparedField[] => {
  const fields: ComparedField[] = [...compareNames(a.names, b.names, (name, level) => weightOf(weights, name, level))];
  if (a.domain && b.domain) {
    const sameWord = a.domainLabel === b.domainLabel && a.domainLabel.length > 3;
    fields.push(
      field('domain', a.domain === b.domain ? 'equal' : sameWord ? 'same-word' : 'different', a.domain, b.domain),
    );
  }
  const ids = compareRegistryIds(a, b);
  if (ids) fields.push(ids);
  if (a.phone && b.phone) fields.push(field('phone', comparePhones(a.phone, b.phone), a.phone, b.phone));
  const address = compareAddresses(a.address, b.address);
  if (address) fields.push(field('address', address, sayAddress(a), sayAddress(b)));
  if (a.countryCode !== unknownCountry && b.countryCode !== unknownCountry)
    fields.push(
      field('country', a.countryCode === b.countryCode ? 'equal' : 'different', a.countryCode, b.countryCode),
    );
  return fields;
};

const sayAddress = ({ address }: Normalised): string =>
  [[...address.street, ...address.numbers].join(' '), address.postcode, address.city]
    .filter((part) => part !== '')
    .join(', ');
