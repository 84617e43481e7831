import { describe, expect, it } from '@jest/globals';
import { normalise, normaliseDomain, normalisePhone } from './normalise.js';

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
    ['000000000', 'PL', ''],
    ['12', 'US', ''],
    ['call me', 'US', ''],
    ['221234567', 'ZZ', ''],
  ])('%s in %s is "%s"', (written, country, phone) => expect(normalisePhone(written, country)).toBe(phone));
});
