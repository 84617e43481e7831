import { deal } from './deals.fixture.js';

const blank = ' \u200b ';
const account = { name: 'Orion', countryCode: 'PL', domain: 'orion-systems.pl' };
/** A direct claim that is right. */
export const claim = { account, productFamilies: ['backup'], stage: 'proposal', openedOn: '2026-01-05' };
const partner = {
  legalName: 'Lyra',
  domain: 'lyra.example',
  countryCode: 'PL',
  type: 'reseller',
  tier: 'gold',
  territories: ['PL'],
  authorisedFamilies: ['backup'],
};
const good = deal({ legalName: 'Orion Systems', domain: 'orion-systems.pl' });

/** Method, path, who asks, where the fault is, the body. */
type Wrong = readonly [method: string, path: string, as: string, pointer: string, body: unknown];
const wrongClaim = (pointer: string, fields: object): Wrong => [
  'PUT',
  '/v1/direct-claims/x',
  'manager-1',
  pointer,
  { ...claim, ...fields },
];
const wrongPartner = (field: string, value: unknown): Wrong => [
  'PUT',
  '/v1/partners/x',
  'manager-1',
  `/${field}`,
  { ...partner, [field]: value },
];
const wrongDeal = (pointer: string, fields: object): Wrong => [
  'POST',
  '/v1/registrations',
  'partner-01',
  pointer,
  { ...good, ...fields },
];
const wrongRules = (pointer: string, rules: unknown): Wrong => [
  'POST',
  '/v1/policies/drafts',
  'admin',
  pointer,
  { version: 'x', rules },
];
const wrongVerb = (path: string, pointer: string, body: object): Wrong => ['POST', path, 'manager-1', pointer, body];

export const wrongShapes: readonly Wrong[] = [
  wrongClaim('/account', { account: [] }),
  wrongClaim('/account', { account: [account] }),
  wrongClaim('/account/name', { account: { ...account, name: 5 } }),
  wrongClaim('/account/name', { account: { ...account, name: blank } }),
  wrongClaim('/account/name', { account: { ...account, name: '!!!' } }),
  wrongClaim('/account/countryCode', { account: { ...account, countryCode: 'ZZ' } }),
  wrongClaim('/productFamilies', { productFamilies: 'backup' }),
  wrongClaim('/stage', { stage: {} }),
  wrongClaim('/stage', { stage: blank }),
  wrongPartner('legalName', []),
  wrongPartner('legalName', blank),
  wrongPartner('domain', ` ${blank}`),
  wrongPartner('countryCode', 'XX'),
  wrongPartner('territories', { PL: true }),
  wrongPartner('territories', ['PL', 'XX']),
  wrongPartner('certifications', [[]]),
  wrongDeal('/customer', { customer: [] }),
  wrongDeal('/customer/legalName', { customer: { ...good.customer, legalName: '!!!' } }),
  wrongDeal('/customer/countryCode', { customer: { ...good.customer, countryCode: 'ZZ' } }),
  wrongDeal('/contact', { contact: [good.contact] }),
  wrongDeal('/team', { team: [blank] }),
  ['POST', '/v1/registrations/check', 'partner-01', '/customer', { customer: [], productFamilies: ['backup'] }],
  wrongRules('/rules', []),
  wrongRules('/rules', [{}]),
  ...['review', 'tender', 'extension', 'appeal', 'calendar'].map((part) =>
    wrongRules(`/rules/${part}`, { [part]: [] }),
  ),
  wrongRules('/rules/leadDays', { leadDays: '5' }),
  wrongVerb('/v1/conflicts', '/claimIds', { claimIds: {}, family: 'backup', reason: 'x' }),
  wrongVerb('/v1/conflicts', '/reason', { claimIds: ['a', 'b'], family: 'backup', reason: blank }),
  wrongVerb('/v1/conflicts/x/assign', '/assignee', { assignee: blank }),
  wrongVerb('/v1/conflicts/x/request-evidence', '/question', { question: blank }),
  wrongVerb('/v1/conflicts/x/decide', '/reason', { winner: 'a', reason: blank }),
  wrongVerb('/v1/partners/partner-01/suspend', '/reason', { reason: blank }),
  wrongVerb('/v1/customers/x/merge', '/into', { into: [], reason: 'x' }),
];
