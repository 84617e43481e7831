import { describe, expect, it } from '@jest/globals';
import { legalFormTable } from './legal-forms-table.js';
import { normaliseName } from './name.js';

// one example a line: country, family, the name as its letters have it, what is left of it
const examples = `
AE limited: Jantar Trading L.L.C = jantar trading
AE limited: Jantar FZCO = jantar
AL limited: Jantar SH.P.K. = jantar
AM limited: Յանթար ՍՊԸ = yantar
AO limited: Jantar, Lda. = jantar
AR limited: Jantar S.R.L. = jantar
AR stock: Jantar S.A.C.I.F.I.A. = jantar
AT partnership: Jantar Ges.m.b.H. & Co KG = jantar
AU limited: Jantar Pty. Ltd. = jantar
AZ limited: Jantar Məhdud Məsuliyyətli Cəmiyyəti = jantar
BA limited: Jantar d.o.o. = jantar
BD limited: Jantar (Pvt.) Ltd. = jantar
BE limited: Jantar BVBA = jantar
BE association: Jantar VZW = jantar
BG limited: Янтар ЕООД = yantar
BG stock: Янтар АД = yantar
BH stock: Jantar B.S.C. = jantar
BO limited: Jantar S.R.L. = jantar
BR limited: Jantar Ltda. - ME = jantar
BR stock: Jantar S/A = jantar
BY limited: ООО «Янтарь» = yantar
BY state: УП «Янтарь» = yantar
CA limited: Jantar Ltée = jantar
CH limited: Jantar Sagl = jantar
CL stock: Jantar SpA = jantar
CN limited: 北京琥珀科技有限责任公司 = beijinghupokeji
CN stock: 琥珀股份有限公司 = hupo
CO stock: Jantar S.A. E.S.P. = jantar
CR stock: Jantar Sociedad Anónima = jantar
CY limited: Jantar Company Limited = jantar
CZ limited: Jantar, spol. s r.o. = jantar
CZ stock: Jantar a.s. = jantar
DE limited: Jantar UG (haftungsbeschränkt) = jantar
DE partnership: Jantar GmbH & Co. KG = jantar
DE sole: Jantar e.K. = jantar
DE association: Jantar e. V. = jantar
DE cooperative: Jantar eG = jantar
DE foundation: Jantar Stiftung = jantar stiftung
DK limited: Jantar ApS = jantar
DK stock: Jantar A/S = jantar
DO stock: Jantar C. por A. = jantar
EC limited: Jantar Cía. Ltda. = jantar
EE limited: OÜ Jantar = jantar
EE stock: Jantar AS = jantar
EG stock: Jantar S.A.E. = jantar
ES limited: Jantar, S.L.U. = jantar
ES cooperative: Jantar, S. Coop. = jantar
FI stock: Jantar Oyj = jantar
FI partnership: Jantar Ky = jantar
FR stock: SAS Jantar = jantar
FR limited: Jantar E.U.R.L. = jantar
FR partnership: SCI Jantar = jantar
GB stock: Jantar p.l.c. = jantar
GB partnership: Jantar LLP = jantar
GE limited: შპს იანტარი = iantari
GR stock: Γιαντάρ Α.Ε. = giantar
GR limited: Γιαντάρ ΕΠΕ = giantar
GT stock: Jantar, S.A. = jantar
HK limited: 琥珀有限公司 = hupo
HR limited: Jantar j.d.o.o. = jantar
HR stock: Jantar d.d. = jantar
HU limited: Jantar Kft. = jantar
HU stock: Jantar Zrt. = jantar
ID limited: PT Jantar = jantar
ID stock: PT Jantar Tbk = jantar
IE limited: Jantar Designated Activity Company = jantar
IL limited: ענבר בע"מ = nbr
IN limited: Jantar Pvt. Ltd. = jantar
IS limited: Jantar ehf. = jantar
IT limited: Jantar S.r.l. = jantar
IT stock: Jantar S.p.A. = jantar
IT cooperative: Jantar Soc. Coop. a r.l. = jantar
JP stock: 株式会社コハク = kohaku
JP limited: (有)コハク = kohaku
JP stock: Kohaku K.K. = kohaku
KE limited: Jantar Limited = jantar
KR stock: ㈜호박 = hobag
KR limited: 유한회사 호박 = hobag
KW stock: Jantar K.S.C.P. = jantar
KZ limited: ТОО «Янтарь» = yantar
LB stock: Jantar S.A.L. = jantar
LI limited: Jantar GmbH = jantar
LT limited: UAB „Jantar“ = jantar
LU partnership: Jantar SCSp = jantar
LV limited: SIA "Jantar" = jantar
MA limited: Jantar SARL AU = jantar
MD limited: S.C. Jantar S.R.L. = jantar
ME limited: Jantar d.o.o. = jantar
MK limited: Јантар ДООЕЛ = jantar
MN limited: Янтарь ХХК = yantar
MT limited: Jantar Ltd = jantar
MX stock: Jantar, S.A.P.I. de C.V. = jantar
MX limited: Jantar, S. de R.L. de C.V. = jantar
MY limited: Jantar Sdn. Bhd. = jantar
MY stock: Jantar Berhad = jantar
NG stock: Jantar Plc = jantar
NL limited: Jantar B.V. = jantar
NL partnership: Jantar v.o.f. = jantar
NO stock: Jantar ASA = jantar
NZ limited: Jantar Limited = jantar
OM stock: Jantar S.A.O.G. = jantar
PE stock: Jantar S.A.C. = jantar
PH stock: Jantar, Inc. = jantar
PK limited: Jantar (Private) Limited = jantar
PL limited: Jantar Sp. z o.o. = jantar
PL partnership: Jantar Sp. z o.o. Sp. k. = jantar
PL stock: Jantar S.A. = jantar
PT limited: Jantar, Unipessoal Lda. = jantar
PY stock: Jantar S.A. = jantar
QA stock: Jantar Q.P.S.C. = jantar
RO limited: S.C. JANTAR S.R.L. = jantar
RS stock: Јантар а.д. = jantar
RU limited: ООО «Янтарь» = yantar
RU stock: ЗАО "Янтарь" = yantar
RU stock: Акционерное общество «Янтарь» = yantar
RU state: ФГУП Янтарь = yantar
SA limited: شركة العنبر ذ.م.م. = nbr
SE stock: Jantar AB (publ) = jantar
SG limited: Jantar Pte. Ltd. = jantar
SI limited: Jantar d.o.o. = jantar
SK limited: Jantar, s. r. o. = jantar
TH limited: บริษัท อำพัน จำกัด = oamphan
TH stock: บริษัท อำพัน จำกัด (มหาชน) = oamphan
TN limited: Jantar SUARL = jantar
TR stock: Jantar San. ve Tic. A.Ş. = jantar
TR limited: Jantar Ltd. Şti. = jantar
TW stock: 琥珀股份有限公司 = hupo
UA limited: ТОВ «Янтар» = iantar
UA stock: ПрАТ «Янтар» = iantar
UA sole: ФОП Янтар = iantar
US limited: Jantar, L.L.C. = jantar
US stock: Jantar Corp. = jantar
US stock: Jantar, N.A. = jantar
UY stock: Jantar S.A. = jantar
UZ limited: Jantar MChJ = jantar
VE stock: Jantar, C.A. = jantar
VN limited: Công ty TNHH Hổ Phách = ho phach
VN stock: Công ty cổ phần Hổ Phách = ho phach
XK limited: Jantar SH.P.K. = jantar
ZA limited: Jantar (Pty) Ltd = jantar
`
  .trim()
  .split('\n')
  .map((line) => /^(..) (\w+): (.*) = (.*)$/u.exec(line)?.slice(1) ?? [line]);

describe('legal forms', () => {
  it('has an example of most countries in the table', () => {
    const countries = new Set(legalFormTable.match(/(?<=^|\s)[A-Z]{2}(?= |:)/gm));
    const shown = new Set(examples.map(([country]) => country));
    expect(countries.size).toBeGreaterThan(120);
    expect(shown.size).toBeGreaterThanOrEqual(85);
    for (const country of shown) expect(countries).toContain(country);
  });

  it.each(examples)('%s, %s: %s is %s', (countryCode = '', kind = '', written = '', text = '') => {
    expect(normaliseName(written, countryCode)).toMatchObject({ text, legalKind: kind });
  });

  it('hints at the country', () => {
    expect(normaliseName('Jantar Sp. z o.o.', 'DE').legalCountries).toEqual(['PL']);
    expect(normaliseName('Jantar S.A. de C.V.', 'US').legalCountries?.[0]).toBe('MX');
  });

  it.each([
    ['with its dots a short form is one anywhere', 'Jantar S.p.A.', 'DE', 'jantar', 'stock'],
    ['without them only at home', 'Jantar Spa', 'US', 'jantar spa', undefined],
    ['slips in a long form', 'Jantar Aktiengeselschaft', 'DE', 'jantar', 'stock'],
    ['a form glued to the name', 'JantarAG', 'DE', 'jantar', 'stock'],
    ['a form before a city', 'Jantar Handels GmbH Berlin', 'DE', 'jantar handels berlin', 'limited'],
    ['two forms', 'Jantar Co., Ltd.', 'CN', 'jantar', 'limited'],
    ['a form of another country', 'Jantar Sp. z o.o.', 'US', 'jantar', 'limited'],
    ['a form in English', 'Open Joint Stock Company Jantar', 'RU', 'jantar', 'stock'],
    ['initials at the front are the name abroad', 'AB Foods', 'GB', 'ab foods', undefined],
    ['a name of forms only', 'GmbH & Co. KG', 'DE', 'gmbh co kg', undefined],
    ['nothing but a form', 'Limited', 'GB', 'limited', undefined],
  ])('%s: %s (%s) is %s', (_, written, countryCode, text, kind) => {
    const name = normaliseName(written, countryCode);
    expect([name.text, name.legalKind]).toEqual([text, kind]);
  });
});
