import type { Random } from './random.js';

/** A company as it is, of which each claim tells in a spelling of its own. */
export type Company = {
  readonly brand: string;
  readonly trade: string;
  readonly country: (typeof countries)[number];
  readonly street: string;
  readonly phone: string;
  readonly taxId: string;
};

const onsets = 'b br d dr f g gl h k kl kr l m n p pr r s st t tr v w z'.split(' ');
const rhymes = 'a al an ar e el en er i in is o on or u um'.split(' ');
const syllables = onsets.flatMap((onset) => rhymes.map((rhyme) => onset + rhyme));
const trades = ['Logistik', 'Foods', 'Textil', 'Energy', 'Pharma', 'Systems', 'Papier', 'Optics', 'Marine', 'Metall'];
const countries = [
  { code: 'DE', forms: ['GmbH', 'G.m.b.H.', 'gmbh'], city: 'Hamburg', postcode: '20095', dial: '+49 40', end: 'de' },
  {
    code: 'PL',
    forms: ['Sp. z o.o.', 'Sp z o o', 'SP. Z O.O.'],
    city: 'Poznań',
    postcode: '61-001',
    dial: '+48 61',
    end: 'pl',
  },
  { code: 'FR', forms: ['SARL', 'S.A.R.L.', 'sarl'], city: 'Lyon', postcode: '69002', dial: '+33 4', end: 'fr' },
] as const;
export const families = 'backup collaboration data-platform endpoint erp identity'.split(' ');

export const companyOf = (random: Random, n: number): Company => {
  const word = Array.from({ length: 4 }, () => random.pick(syllables)).join('');
  return {
    brand: word[0]!.toUpperCase() + word.slice(1),
    trade: random.pick(trades),
    country: random.pick(countries),
    street: `Lindenstr. ${1 + (n % 997)}`,
    phone: String(1_000_000 + ((n * 7_919) % 9_000_000)),
    taxId: String(1_000_000_000 + n * 7_907),
  };
};

/** One of the ways to write the company down. */
export const spelled = (random: Random, { brand, trade, country, street, phone, taxId }: Company) => {
  const form = random.pick(country.forms);
  const name = random.pick([
    `${brand} ${trade} ${form}`,
    `${brand.toUpperCase()} ${trade} ${form}`,
    `${brand} ${trade}`,
  ]);
  const domain = `${brand.toLowerCase()}.${country.end}`;
  const hasDomain = random.chance(0.8);
  const hasId = !hasDomain || random.chance(0.3);
  return {
    legalName: name,
    countryCode: country.code,
    city: country.city,
    ...(hasDomain && {
      domain: random.pick([domain, `www.${domain}`, `https://www.${domain}/kontakt`, domain.toUpperCase()]),
    }),
    ...(hasId && { registryIds: [{ type: 'crm-number', value: random.pick([taxId, taxId]) }] }),
    ...(random.chance(0.5) && { street, postcode: country.postcode }),
    ...(random.chance(0.5) && { phone: `${country.dial} ${phone}` }),
  };
};

/** A form as a portal sends it. `today`: the time of the deciding clock. */
export const dealFor = (random: Random, company: Company, today: number) => ({
  customer: spelled(random, company),
  contact: { name: 'Ewa Lis', email: `e.lis@${company.brand.toLowerCase()}.${company.country.end}`, title: 'CIO' },
  productFamilies: someFamilies(random),
  estimatedValue: { amount: random.pick([1_000_000, 3_000_000, 12_000_000]), currency: 'EUR' },
  expectedCloseOn: new Date(today + 120 * 86_400_000).toISOString().slice(0, 10),
  opportunityType: 'net-new',
  origin: 'hunting',
  consent: true,
});

export const accountFor = (random: Random, company: Company) => {
  const { legalName, countryCode, city, domain, registryIds } = spelled(random, company) as Record<string, unknown>;
  return {
    name: legalName,
    countryCode,
    city,
    ...(domain !== undefined && { domain }),
    ...(registryIds !== undefined && { registryIds }),
  };
};

export const someFamilies = (random: Random): string[] => {
  const first = random.pick(families);
  return random.chance(0.3) ? [...new Set([first, random.pick(families)])] : [first];
};
