import { describe, expect, it } from '@jest/globals';
import { compareAddresses, normaliseAddress } from './address.js';
import { normalise, normaliseDomain, normalisePhone } from './normalise.js';
import { isSharedLine } from './shared-lines.js';

const mailed = (domain: string, email: string) => normalise({ name: 'Acme', countryCode: 'DE', domain, email }).domain;

describe('normalising a domain', () => {
  it.each([
    ['https://www.acme.co.uk/about?x=1', 'acme.co.uk'],
    ['locations.jimmyjohns.com', 'jimmyjohns.com'],
    ['Sales@ACME.de', 'acme.de'],
    ['acme.wixsite.com', 'acme.wixsite.com'],
    ['acme.business.site', 'acme.business.site'],
    ['jan@gmail.com', ''],
    ['https://www.facebook.com/acme', ''],
    ['linktr.ee/acme', ''],
    ['shop.acme.example', 'acme.example'],
    ['http://bücher.example/', 'xn--bcher-kva.example'],
    ['www.acme.de, www.acme.at', 'acme.de'],
    ['jo@mailinator.com', ''],
    ['barista@starbucks.com', 'starbucks.com'],
    ['gmail.com', ''],
    ['localhost', ''],
    ['192.0.2.1', ''],
    ['no website', ''],
    ['', ''],
  ])('%s is "%s"', (written, domain) => expect(normaliseDomain(written)).toBe(domain));

  it('takes the e-mail where the site says nothing', () => {
    expect(mailed('', 'jo@acme.de')).toBe('acme.de');
    expect(mailed('facebook.com/acme', 'jo@acme.de')).toBe('acme.de');
    expect(mailed('acme.com', 'jo@partner.de')).toBe('acme.com');
    expect(mailed('', 'jo@web.de')).toBe('');
  });
});

describe('normalising a phone', () => {
  it.each([
    ['(864) 255-3775', 'US', '+18642553775'],
    ['03 27 33 38 58', 'FR', '+33327333858'],
    ['+49 9633 800', 'DE', '+499633800'],
    ['０４８-677-3335', 'JP', '+81486773335'],
    ['22 123 45 67 / 22 765 43 21', 'PL', '+48221234567'],
    ['+48 22 123 45 67 ext. 12', 'PL', '+48221234567'],
    ['tel. 030/1234560 Durchwahl 7', 'DE', '+49301234560'],
    ['+44 (0)20 7946 0018', 'GB', '+442079460018'],
    ['000000000', 'PL', ''],
    ['12', 'US', ''],
    ['call me', 'US', ''],
    ['221234567', 'ZZ', ''],
  ])('%s in %s is "%s"', (written, country, phone) => expect(normalisePhone(written, country)).toBe(phone));
});

describe('a line that many share', () => {
  it.each(['+18005551234', '+498001234567', '+448001111111', '+33800123456', '+611300123456', '+864001234567'])(
    '%s is one',
    (phone) => expect(isSharedLine(phone)).toBe(true),
  );
  it.each(['+13125551234', '+49301234560', '+442079460018', '+48221234567', '+33142685300', '+81486773335'])(
    '%s is none',
    (phone) => expect(isSharedLine(phone)).toBe(false),
  );
});

type Written = readonly [street: string, postcode: string, city: string];
const address = ([street, postcode, city]: Written, countryCode: string) =>
  normaliseAddress({ name: 'Acme', countryCode, street, postcode, city });

describe('addresses', () => {
  it.each<[level: string, country: string, one: Written, other: Written]>([
    ['same-building', 'DE', ['Hauptstraße 5', 'D-10115', 'Berlin'], ['Hauptstr. 5, 3. Etage', '10115', 'Berlin']],
    ['same-building', 'DE', ['Koßmannstr. 1', '1067', 'Dresden'], ['Kossmanstraße 1', '01067', 'Dresden']],
    ['same-building', 'AT', ['Graben 12/3', '1010', 'Wien'], ['Graben 12', 'A-1010', 'Vienna']],
    ['same-building', 'PL', ['ul. Długa 12 lok. 4', '00-950', 'Warszawa'], ['Dluga 12', '00950', 'Warsaw']],
    [
      'same-building',
      'US',
      ['350 Fifth Avenue, Suite 4100', '10118', 'New York'],
      ['350 5th Ave', '10118-0110', 'NYC'],
    ],
    ['same-building', 'RU', ['пр-т Мира, 12', '129090', 'Москва'], ['prospekt Mira 12', '129090', 'Moscow']],
    ['same-building', 'GR', ['Οδός Ερμού 5', '105 63', 'Αθήνα'], ['Ermou 5', '10563', 'Athens']],
    [
      'same-building',
      'JP',
      ['平良西里１７２', '〒906-0012', '宮古島市'],
      ['沖縄県宮古島市平良西里172', '9060012', '宮古島市'],
    ],
    ['same-building', 'US', ['P.O. Box 1234', '97204', 'Portland'], ['PO BOX 1234', '97204', 'Portland']],
    ['same-street', 'US', ['350 5th Ave', '10118', 'New York'], ['400 5th Ave', '10118', 'New York']],
    ['same-postcode', 'US', ['Suite 5, 12 Elm St', '10118', 'New York'], ['5 Oak St', '10118', 'New York']],
    ['elsewhere', 'DE', ['Hauptstr. 5', '10115', 'Berlin'], ['Hauptstr. 5', '80331', 'München']],
  ])('%s in %s: %j and %j', (level, country, one, other) => {
    expect(compareAddresses(address(one, country), address(other, country))).toBe(level);
  });
});
