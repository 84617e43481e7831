import { createRequire } from 'node:module';

/** A number that names one company in its country. */
export type RegistryKind = {
  readonly type: string;
  readonly names: readonly string[];
  /** The company's part of a valid number, letters and digits only; `undefined` for any other. */
  readonly read: (bare: string) => string | undefined;
};

type Validator = {
  readonly validate: (value: string) => { readonly isValid: boolean; readonly compact?: string };
};

const load = createRequire(import.meta.url);
const loaded = new Map<string, Validator>();

// stdnum has hundreds of validators: each is loaded when a number of its country is first met
const validator = (path: string): Validator => {
  const before = loaded.get(path);
  if (before) return before;
  const found = load(`stdnum/lib/cjs/${path}.js`) as Validator;
  loaded.set(path, found);
  return found;
};

// country type: validator of stdnum, or the number's shape: its other names: the company's part, the rest says a branch or state
const table = String.raw`
AR cuit: ar/cuit: cuit vat tax
AT vat: at/uid: uid ustid vat
AT fn: \d{1,6}[A-Z]: fn firmenbuch firmenbuchnummer national
AU abn: au/abn: abn vat tax national
AU acn: au/acn: acn
BE vat: be/vat: vat btw tva kbo bce ondernemingsnummer enterprisenumber national
BG vat: bg/vat: vat eik bulstat national
BR cnpj: br/cnpj: cnpj tax vat national: ^(\d{8})
CA bn: ca/bn: bn gst tax vat: ^(\d{9})
CH vat: ch/uid: uid vat mwst tva iva che national: ^(CHE\d{9})
CL rut: cl/rut: rut tax vat national
CN uscc: cn/uscc: uscc tax vat national
CO nit: co/nit: nit tax vat national
CY vat: cy/vat: vat
CZ vat: cz/dic: vat dic ico ic national
DE vat: de/vat: vat ust
DE register: [A-Z]{3,25}(?:HRA|HRB|GNR|VR|PR)\d{1,6}[A-Z]?: hrb hra handelsregister register national
DK vat: dk/cvr: vat cvr moms se national
EE vat: ee/kmkr: vat kmkr
EE registrikood: ee/registrikood: registrikood national
ES vat: es/nif: vat nif cif iva tax national
FI vat: fi/alv: vat alv ytunnus national
FR siren: fr/siren: siren rcs national
FR siren: fr/siret: siret national: ^(\d{9})
FR siren: fr/tva: vat tva: (\d{9})$
GB vat: gb/vat: vat: ^(\d{9})
GB crn: (?:\d{8}|(?:SC|NI|OC|SO|NC|R0|FC|LP|SL|CE|IP)\d{6}): crn companieshouse companynumber national
GR vat: gr/vat: vat afm tax
HR vat: hr/oib: vat oib national
HU vat: hu/anum: vat adoszam tax: ^(\d{8})
IE vat: ie/vat: vat
IL hp: il/hp: hp company national tax vat
IN pan: in/pan: pan
IN pan: in/gstin: gstin gst vat tax: ^..([A-Z0-9]{10})
IS vat: is/vsk: vat vsk
IS kennitala: is/kennitala: kennitala national
IT vat: it/iva: vat piva partitaiva iva tax national
JP corporate: jp/cn: corporate corporatenumber houjinbangou national tax
KR brn: kr/brn: brn tax vat national
LT vat: lt/pvm: vat pvm
LU vat: lu/tva: vat tva
LV vat: lv/pvn: vat pvn registration national
MT vat: mt/vat: vat
MX rfc: mx/rfc: rfc tax vat
NL vat: nl/btw: vat btw
NL kvk: \d{8}: kvk national
NO vat: no/orgnr: vat mva orgnr national
NZ nzbn: 94\d{11}: nzbn national
NZ ird: nz/ird: ird gst tax
PL vat: pl/nip: vat nip tax
PL regon: pl/regon: regon
PL krs: \d{10}: krs
PT vat: pt/nipc: vat nipc nif tax national
RO vat: ro/cui: vat cui cif tax
RU inn: ru/inn: inn tax vat
RU ogrn: \d{13}|\d{15}: ogrn national
SE vat: se/orgnr: vat orgnr moms national
SG uen: sg/uen: uen national
SI vat: si/ddv: vat ddv tax
SK vat: sk/dph: vat dph icdph
TR vkn: tr/vkn: vkn tax vat
TW ubn: tw/ubn: ubn tax vat national
UA edrpou: ua/edrpou: edrpou national
US ein: us/ein: ein tax fein
ZA vat: za/vat: vat
`;

// the VAT numbers of these carry a suffix around the number that the company is registered by
const trimmed: Readonly<Record<string, (bare: string) => string>> = {
  NO: (bare) => bare.replace(/MVA$/, ''),
  SE: (bare) => (/^\d{12}$/.test(bare) ? bare.replace(/01$/, '') : bare),
  CH: (bare) => `CHE${bare.replace(/^(?:CHE|E)/, '').replace(/(?:MWST|TVA|IVA|TPV)$/, '')}`,
  BE: (bare) => (/^\d{9}$/.test(bare) ? `0${bare}` : bare),
  HU: (bare) => bare.slice(0, 8),
  // each court counts for itself; it is written before or behind the number
  DE: (bare) =>
    bare
      .replace(/^((?:HRA|HRB|GNR|VR|PR)\d{1,6}[A-Z]?)(?:AMTSGERICHT|AG)([A-Z]{3,25})$/, '$2$1')
      .replace(/^((?:HRA|HRB|GNR|VR|PR)\d{1,6})([A-Z]{3,25})$/, '$2$1')
      .replace(/^(?:AMTSGERICHT|AG)/, ''),
  GB: (bare) => (/^\d{7}$/.test(bare) ? `0${bare}` : bare),
};

const kinds = new Map<string, RegistryKind[]>();
for (const line of table.trim().split('\n')) {
  const [, country = '', type = '', check = '', names = '', part] =
    /^(..) (\w+): (.+?): ([\w ]+)(?:: (.+))?$/.exec(line) ?? [];
  const company = part === undefined ? undefined : new RegExp(part);
  const path = /^[a-z]{2}\/[a-z]+$/.test(check) ? check : undefined;
  const shape = path === undefined ? new RegExp(`^(?:${check})$`) : undefined;
  const read = (bare: string): string | undefined => {
    const value = trimmed[country]?.(bare) ?? bare;
    const result = path === undefined ? undefined : validator(path).validate(value);
    const compact = shape?.test(value) ? value : result?.isValid ? (result.compact ?? value) : undefined;
    return compact === undefined || company === undefined ? compact : company.exec(compact)?.[1];
  };
  const kind = { type, names: names.split(' '), read };
  kinds.set(country, [...(kinds.get(country) ?? []), kind]);
}

export const registryKindsOf = (countryCode: string): readonly RegistryKind[] => kinds.get(countryCode) ?? [];
