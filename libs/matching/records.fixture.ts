import * as fc from 'fast-check';
import type { ClaimRecord } from './claim-record.js';

// few words and numbers, so that two records often share some
const word = fc.constantFrom(
  'Acme',
  'Orion',
  'Müller',
  'Mueller',
  'Global',
  'Bank',
  'Zielona',
  'Łąka',
  '唐十',
  'Hotel',
  'Nord',
  'B',
  '43',
);
const form = fc.constantFrom('', 'GmbH', 'AG', 'Sp. z o.o.', 'Ltd', '株式会社');
const name = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), form)
  .map(([words, end]) => `${words.join(' ')} ${end}`);
const sometimes = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** Records of a small world: any two may agree in any field. */
export const anyRecord: fc.Arbitrary<ClaimRecord> = fc
  .record({
    name,
    tradeNames: sometimes(fc.array(name, { maxLength: 2 })),
    domain: sometimes(fc.constantFrom('acme.com', 'acme.de', 'www.orion.pl', 'gmail.com', 'facebook.com')),
    phone: sometimes(fc.constantFrom('+49301234560', '030 1234560', '+48221234567', '8005551234', '12')),
    street: sometimes(fc.constantFrom('Hauptstr. 5', 'Hauptstraße 5-7', 'ul. Długa 12', '5th Avenue')),
    city: sometimes(fc.constantFrom('Berlin', 'Warszawa', 'Acme')),
    postcode: sometimes(fc.constantFrom('10115', '10115-1211', '00-950', 'n/a')),
    countryCode: fc.constantFrom('DE', 'PL', 'US'),
    registryIds: sometimes(
      fc.array(
        fc.record({
          type: fc.constantFrom('vat', 'lei', 'duns', 'national'),
          value: fc.constantFrom('5260250274', 'DE129273398', '150483782', 'HWUPKR0MPOU8FGXBT394'),
        }),
        { maxLength: 3 },
      ),
    ),
  })
  .map(
    (record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as ClaimRecord,
  );
