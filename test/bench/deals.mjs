const onsets = 'b br c d dr f g gl h k kr l m n p pl r s st t tr v w z'.split(' ');
const rhymes = 'a al an ar e el en er i in is o on or u um'.split(' ');
const syllables = onsets.flatMap((onset) => rhymes.map((rhyme) => onset + rhyme));
const trades = ['Logistik', 'Foods', 'Textil', 'Energy', 'Pharma', 'Systems', 'Papier', 'Optics', 'Marine', 'Metall'];
const places = [
  { countryCode: 'DE', form: 'GmbH', city: 'Hamburg', postcode: '20095', dial: '+49 40', end: 'de' },
  { countryCode: 'PL', form: 'Sp. z o.o.', city: 'Poznań', postcode: '61-001', dial: '+48 61', end: 'pl' },
  { countryCode: 'FR', form: 'SARL', city: 'Lyon', postcode: '69002', dial: '+33 4', end: 'fr' },
  { countryCode: 'GB', form: 'Ltd', city: 'Leeds', postcode: 'LS1 4AP', dial: '+44 113', end: 'co.uk' },
  { countryCode: 'NL', form: 'B.V.', city: 'Utrecht', postcode: '3511 AB', dial: '+31 30', end: 'nl' },
];
const families = 'backup collaboration data-platform endpoint erp identity network-security observability'.split(' ');
const at = (list, n) => list[n % list.length];

/** Of three syllables; no two alike for n below 56 million, and those of neighbours have nothing in common. */
const brandOf = (n) => {
  const size = syllables.length ** 3;
  const far = (n * 23_456_789) % size;
  const word = [far, far / syllables.length, far / syllables.length ** 2]
    .map((part) => at(syllables, Math.floor(part)))
    .join('');
  return word[0].toUpperCase() + word.slice(1);
};

/** The n-th deal as a partner fills in its form: customers of their own, in five countries. */
export const dealOf = (n) => {
  const brand = brandOf(n);
  const { countryCode, form, city, postcode, dial, end } = at(places, n);
  const domain = `${brand.toLowerCase()}.${end}`;
  return {
    customer: {
      legalName: `${brand} ${at(trades, n)} ${form}`,
      countryCode,
      domain,
      city,
      street: `${brandOf(n + 31)}str. ${1 + (n % 997)}`,
      postcode,
      phone: `${dial} ${String(1_000_000 + ((n * 7_919) % 9_000_000))}`,
    },
    contact: { name: `Eva ${brandOf(n + 57)}`, email: `eva@${domain}`, title: 'Head of IT' },
    productFamilies: [at(families, n), at(families, n + 3)],
    estimatedValue: { amount: 2_500_000 + (n % 50) * 100_000, currency: 'EUR' },
    expectedCloseOn: closeOn,
    opportunityType: 'net-new',
    origin: 'hunting',
    consent: true,
    useCase: 'Replace three tools by one platform in all branches',
    businessProblem: 'Restores take days, audits find gaps each year, and two contracts end within months.',
    salesActivities: ['first meeting held', 'requirements collected'],
    competitors: ['in-house'],
    partnerOpportunityId: `OPP-${n}`,
    nextSteps: 'Workshop with the infrastructure team',
  };
};
const closeOn = new Date(Date.now() + 120 * 86_400_000).toISOString().slice(0, 10);

/** The same deal as the event that its submission leaves in the log: data and metadata of the same size. */
export const submittedEvent = (n) => {
  const now = new Date().toISOString();
  const [id, partner] = [crypto.randomUUID(), partnerOf(n)];
  const data = {
    partnerId: partner,
    submittedBy: partner,
    tier: 'platinum',
    fields: dealOf(n),
    receipt: { policyVersion: 'standard-v1', contentHash: (id + id).replaceAll('-', '') },
    toScreen: true,
    submittedAt: now,
    dueAt: now,
  };
  const metadata = {
    $correlationId: id.replaceAll('-', ''),
    $causationId: id,
    commandId: id,
    at: now,
    actor: partner,
    vendor: 'demo',
    policyVersion: 'standard-v1',
    traceparent: `00-${id.replaceAll('-', '')}-0123456789abcdef-01`,
    schema: 1,
  };
  return { id, type: 'RegistrationSubmitted', data, metadata };
};

/** Deals go round the partners, so that each keeps below its cap for as long as possible. */
export const partners = Array.from({ length: 40 }, (_, index) => `partner-${String(index + 1).padStart(2, '0')}`);
export const partnerOf = (n) => at(partners, n);

export const partnerProfile = (id) => ({
  legalName: `${brandOf(Number(id.slice(-2)))} IT`,
  domain: `${id}.example`,
  countryCode: 'DE',
  type: 'reseller',
  tier: 'platinum',
  territories: ['*'],
  authorisedFamilies: families,
});
