import { cityName, foldOrdinal, foldStreet, isStreetType } from './address-words.js';
import type { ClaimRecord } from './claim-record.js';
import { cleanText, toLatin } from './latin.js';
import { skeletonOf } from './name.js';

export type AddressLevel = 'same-building' | 'same-street' | 'same-postcode' | 'same-city' | 'elsewhere';

export type Address = {
  readonly street: readonly string[];
  /** House numbers first, then those of the block; a door, a floor or a suite is none, a post office box is. */
  readonly numbers: readonly string[];
  readonly city: string;
  readonly postcode: string;
  /** Whether the city was written in Latin: what is in two scripts can't be told apart. */
  readonly latin: boolean;
};

const longestField = 120;

// written without blanks: digits end a word, and the words can't be told apart
const glued = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const latinOf = (text: string, countryCode: string): string => {
  const clean = cleanText(text);
  return toLatin(
    glued.test(clean) ? clean.replace(/\d+/g, ' $& ').replace(/[−ー](?=\s?\d)/g, '-') : clean,
    countryCode,
  );
};

const wordsOf = (latin: string): string[] =>
  latin
    .replace(/['"`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

// a spreadsheet takes the first 0 for nothing; a sign of the country before it says nothing new
const postcodeOf = (written: string, countryCode: string): string => {
  const code = latinOf(written, countryCode)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^[A-Z]{1,3}(?=\d{4,}$)/, '');
  if (!/\d/.test(code)) return '';
  return /^\d{4}$/.test(code) && ['DE', 'ES', 'FR', 'IT', 'US'].includes(countryCode) ? `0${code}` : code;
};

export const normaliseAddress = (record: ClaimRecord): Address => {
  const { countryCode = '' } = record;
  const street = foldStreet(latinOf((record.street ?? '').slice(0, longestField), countryCode));
  const words = wordsOf(street).map(foldOrdinal);
  const city = (record.city ?? '').slice(0, longestField).replace(/[(/,].*$/u, '');
  return {
    street: words
      .filter((word) => !/^(?:pobox)?\d+(?!\d*th$)/.test(word) && word.length > 1)
      .map(skeletonOf)
      .filter((word) => !isStreetType(word))
      .slice(0, 8),
    numbers: words.flatMap((word) => /^(pobox\d+|\d{1,5}(?!\d|th$))/.exec(word)?.[1] ?? []).slice(0, 4),
    city: cityName(wordsOf(latinOf(city, countryCode)).join(' ')),
    postcode: postcodeOf((record.postcode ?? '').slice(0, 20), countryCode),
    latin: !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(city),
  };
};

// "37213-1211" and "37213", "9415" and "9415 TG": the longer only says it more exactly
const samePostcode = (a: string, b: string): boolean =>
  a !== '' && b !== '' && Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));

const sameCity = (a: string, b: string): boolean =>
  a !== '' && b !== '' && (a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `));

// where words are glued, one side may have the town before the street
const sameWord = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) > 9 && (a.endsWith(b) || b.endsWith(a)));

/** How near the two sites are; `undefined` where neither says enough. */
export const compareAddresses = (a: Address, b: Address): AddressLevel | undefined => {
  const postcode = samePostcode(a.postcode, b.postcode);
  const city = sameCity(a.city, b.city);
  const knowStreet = a.street.length > 0 && b.street.length > 0;
  const streetShared = a.street.some((word) => b.street.some((other) => sameWord(word, other)));
  const number = a.numbers.some((each) => b.numbers.includes(each));
  if (number && ((streetShared && (postcode || city || a.city === '' || b.city === '')) || (postcode && !knowStreet)))
    return 'same-building';
  if (streetShared && (postcode || city)) return 'same-street';
  if (postcode) return 'same-postcode';
  if (city) return 'same-city';
  const known = (a.postcode !== '' && b.postcode !== '') || (a.city !== '' && b.city !== '' && a.latin === b.latin);
  return known ? 'elsewhere' : undefined;
};
