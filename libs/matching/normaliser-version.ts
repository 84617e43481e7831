import { createHash } from 'node:crypto';
import type { ClaimRecord } from './claim-record.js';
import { featuresOf } from './candidate-features.js';
import { normalise } from './normalise.js';

/** Of every kind that normalising knows: what changes for none of them is taken for no change. */
const panel: readonly ClaimRecord[] = [
  ['Orion Systems Sp. z o.o.', 'PL'],
  ['Müller & Söhne GmbH & Co. KG', 'DE'],
  ['Grupo Bimbo, S.A.B. de C.V.', 'MX'],
  ['株式会社日立製作所', 'JP'],
  ['华为技术有限公司', 'CN'],
  ['ООО «Газпром Нефть»', 'RU'],
  ['Ελληνικά Πετρέλαια Α.Ε.', 'GR'],
  ['شركة أرامكو السعودية', 'SA'],
  ['טבע תעשיות בע"מ', 'IL'],
  ['บริษัท ปตท. จำกัด (มหาชน)', 'TH'],
  ['삼성전자 주식회사', 'KR'],
  ["L'Oréal S.A.", 'FR'],
  ['I. B. M. Deutschland GmbH', 'DE'],
  ['Otis (United States) Inc.', 'US'],
  ['Banco do Brasil S.A. - Agência 12', 'BR'],
  ['Société Générale de Belgique t/a Belga', 'BE'],
  ["McDonald's of Poznań", 'PL'],
  ['3M Österreich Ges.m.b.H.', 'AT'],
  ['Twenty-One Hotels 21st Street, LLC', 'US'],
  ['Zakład Usług Nr 4 dr inż. Łąka', 'PL'],
].map(([name = '', countryCode = '']) => ({
  name,
  tradeNames: [`${name} Holding`],
  domain: `https://www.orion-${countryCode.toLowerCase()}.co.uk/x`,
  phone: '030 123 45 67',
  street: 'Lange Straße 12a / ul. Długa 5',
  city: 'Bad Homburg v.d.H.',
  postcode: '61 348',
  countryCode,
  registryIds: [
    { type: 'vat', value: '5260250274' },
    { type: 'lei', value: 'HWUPKR0MPOU8FGXBT394' },
  ],
}));

let version: string | undefined;

/** What normalises today and what did it when something was stored are the same where these are. */
export const normaliserVersion = (): string => {
  version ??= createHash('sha256')
    .update(JSON.stringify(panel.map((record) => [normalise(record), [...featuresOf(record).names]])))
    .digest('hex')
    .slice(0, 12);
  return version;
};
