import anyAscii from 'any-ascii';
import type { ClaimRecord } from './claim-record.js';

export type AddressLevel = 'same-building' | 'same-street' | 'same-postcode' | 'same-city' | 'elsewhere';

export type Address = {
  readonly street: readonly string[];
  readonly numbers: readonly string[];
  readonly city: string;
  readonly postcode: string;
  /** Whether the city was written in Latin: what is in two scripts can't be told apart. */
  readonly latin: boolean;
};

const longestField = 120;

const streetWords = new Set(
  'st str street strasse rd road ave av avenue avenida dr drive ln lane blvd boulevard hwy highway pkwy parkway rua via r rue calle c de la do da dos das del della des du di le il ul ulica ste suite unit n s e w north south east west no nr km plaza piazza place platz allee weg chome'.split(
    ' ',
  ),
);

const words = (text: string): string[] =>
  anyAscii(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/['"`]/g, '')
    .replace(/strasse\b|str\b/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

export const normaliseAddress = (record: ClaimRecord): Address => {
  const street = words((record.street ?? '').slice(0, longestField));
  const postcode = anyAscii((record.postcode ?? '').slice(0, 20).normalize('NFKC'))
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  const city = (record.city ?? '').slice(0, longestField).replace(/[(/,].*$/u, '');
  return {
    street: street.filter((word) => !/^\d/.test(word) && word.length > 1 && !streetWords.has(word)).slice(0, 8),
    numbers: street.flatMap((word) => /^\d{1,5}/.exec(word)?.[0] ?? []).slice(0, 4),
    city: words(city).join(' '),
    postcode: /\d/.test(postcode) ? postcode : '',
    latin: !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(city),
  };
};

// "37213-1211" and "37213", "9415" and "9415 TG": the longer only says it more exactly
const samePostcode = (a: string, b: string): boolean =>
  a !== '' && b !== '' && Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));

const sameCity = (a: string, b: string): boolean =>
  a !== '' && b !== '' && (a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `));

/** How near the two sites are; `undefined` where neither says enough. */
export const compareAddresses = (a: Address, b: Address): AddressLevel | undefined => {
  const postcode = samePostcode(a.postcode, b.postcode);
  const city = sameCity(a.city, b.city);
  const knowStreet = a.street.length > 0 && b.street.length > 0;
  const streetShared = a.street.some((word) => b.street.includes(word));
  const number = a.numbers.some((each) => b.numbers.includes(each));
  if (number && ((streetShared && (postcode || city || a.city === '' || b.city === '')) || (postcode && !knowStreet)))
    return 'same-building';
  if (streetShared && (postcode || city)) return 'same-street';
  if (postcode) return 'same-postcode';
  if (city) return 'same-city';
  const known = (a.postcode !== '' && b.postcode !== '') || (a.city !== '' && b.city !== '' && a.latin === b.latin);
  return known ? 'elsewhere' : undefined;
};
