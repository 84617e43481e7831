import { describe, expect, it } from '@jest/globals';
import { namesOf, normaliseName } from './name.js';

describe('normalising a name', () => {
  it.each([
    ['Acme Sp. z o.o.', 'PL', 'acme', 'limited'],
    ['ACME spółka z ograniczoną odpowiedzialnością', 'PL', 'acme', 'limited'],
    ['Schott-Rohrglas GmbH', 'DE', 'schott rohrglas', 'limited'],
    ['Müller GmbH & Co. KG', 'DE', 'muller', 'partnership'],
    ['Grupo Bimbo, S.A.B. de C.V.', 'MX', 'grupo bimbo', 'stock'],
    ['Telas Finas S. A. de C. V.', 'MX', 'telas finas', 'stock'],
    ['株式会社唐十', 'JP', 'tangshi', 'stock'],
    ['㈱唐十', 'JP', 'tangshi', 'stock'],
    ['ООО «Ромашка»', 'RU', 'romashka', 'limited'],
    ['Acme Widgets, LLC', 'US', 'acme widgets', 'limited'],
    ['Acme Widgets Pty. Ltd.', 'AU', 'acme widgets', 'limited'],
    ['Philips B.V.', 'NL', 'philips', 'limited'],
    ['AB Volvo', 'SE', 'volvo', 'stock'],
    ['Nokia Oyj', 'FI', 'nokia', 'stock'],
    ['Carlsberg A/S', 'DK', 'carlsberg', 'stock'],
    ['Novák a syn, s.r.o.', 'CZ', 'novak syn', 'limited'],
    ['Paprika Kft.', 'HU', 'paprika', 'limited'],
    ['Podravka d.d.', 'HR', 'podravka', 'stock'],
    ['Barilla S.p.A.', 'IT', 'barilla', 'stock'],
    ['PT Telekomunikasi', 'ID', 'telekomunikasi', 'limited'],
    ['Koç A.Ş.', 'TR', 'koc', 'stock'],
    ['주식회사 삼성', 'KR', 'samseong', 'stock'],
    ['บริษัท กขค จำกัด', 'TH', 'kkhkh', 'limited'],
  ])('%s (%s) is %s, %s', (written, country, text, kind) => {
    expect(normaliseName(written, country)).toMatchObject({ text, legalKind: kind });
  });

  it.each([
    ['Arabella Day Spa', 'US', 'arabella day spa'],
    ['SAS Institute', 'US', 'sas institute'],
    ['I.B.M.', 'US', 'ibm'],
    ["Calico Jack's", 'US', 'calico jacks'],
    ['H & R Block', 'US', 'hr block'],
    ['Limited', 'GB', 'limited'],
    ['GmbH', 'DE', 'gmbh'],
  ])('keeps what only looks like a form: %s (%s) is %s', (written, country, text) => {
    const name = normaliseName(written, country);
    expect(name.text).toBe(text);
    expect(name.legalKind).toBeUndefined();
  });

  it('gives one skeleton to the spellings of one name', () => {
    const skeletons = ['Müller Bäckerei', 'Mueller-Baeckerei', 'MULLER BACKEREI'].map(
      (each) => normaliseName(each, 'DE').skeleton,
    );
    expect(new Set(skeletons).size).toBe(1);
  });

  it('knows a record by its name without brackets, but never by a country alone', () => {
    expect(namesOf('Otis (United States)', undefined, 'US').map(({ text }) => text)).toEqual([
      'otis united states',
      'otis',
    ]);
    expect(namesOf('พีลาตุส (Pilatus)', ['Pilatus House'], 'TH').map(({ text }) => text)).toContain('pilatus');
    expect(namesOf('', ['', '  '], 'TH')).toEqual([]);
  });
});

const where = (name: string, country: string) => namesOf(name, undefined, country).map((each) => each.where);

describe('the names in one name', () => {
  it.each([
    ['Smith & Co. d/b/a Blue Note', 'US', ['smith written', 'blue note trade']],
    ['Smith Ltd t/a Blue Note', 'GB', ['smith written', 'blue note trade']],
    ['Schmidt GmbH, handelnd unter Blaue Note', 'DE', ['schmidt written', 'blaue note trade']],
    ['Meta Platforms (formerly Facebook, Inc.)', 'US', ['meta platforms written', 'facebook former']],
    ['Jan Nowak prowadzący działalność pod firmą Zielony Sad', 'PL', ['jan nowak written', 'zielony sad trade']],
    ['Jantar GmbH c/o Kanzlei Weber', 'DE', ['jantar written']],
    ['Jantar GmbH i. L.', 'DE', ['jantar written']],
    ['CITIGROUP INC /DE/', 'US', ['citigroup written']],
    ['JANTAR CORP /NEW/', 'US', ['jantar written']],
    ['M/s Jantar Traders', 'IN', ['jantar traders written']],
    ['https://www.jantar.example/kontakt', 'PL', ['jantar example written']],
    ['Amazon.com, Inc.', 'US', ['amazon com written', 'amazon shortened']],
    ['Walgreens #1234', 'US', ['walgreens 1234 written', 'walgreens shortened']],
    ['Global Unichip Corp. (GUC)', 'TW', ['global unichip guc written', 'global unichip shortened', 'guc trade']],
    ['Siemens Polska Sp. z o.o.', 'PL', ['siemens polska written', 'siemens shortened']],
    ['Bank Polska S.A.', 'PL', ['bank polska written']],
    ['Jantar AG, Zweigniederlassung Wien', 'AT', ['jantar ag zweigniederlassung wien written', 'jantar shortened']],
    ['Jantar S.A. Oddział w Polsce', 'PL', ['jantar sa oddzial w polsce written', 'jantar shortened']],
    ['Jantar Handels GmbH Berlin', 'DE', ['jantar handels berlin written', 'jantar handels shortened']],
    ['琥珀有限公司上海分公司', 'CN', ['hupoyouxiangongsishanghaifen written', 'hupo shortened']],
    ['삼성전자(주)', 'KR', ['samseongjeonja written', 'samseong electronics translated']],
    ['The Coca-Cola Company', 'US', ['coca cola written']],
    ['I.B.M.', 'US', ['ibm written']],
    ['FaceBook', 'US', ['facebook written']],
  ])('%s (%s) is %j', (written, country, expected) => {
    const names = namesOf(written, undefined, country).map(({ text, role }) => `${text} ${role}`);
    expect(names).toEqual(expected);
  });

  it('says of each part where the company is, but for its own country', () => {
    expect(where('Otis (France)', 'FR')).toEqual([[], []]);
    expect(where('Otis (France)', 'ZZ')).toEqual([['FR'], ['FR']]);
    expect(where('Otis Deutschland', 'PL')).toEqual([['DE'], ['DE']]);
  });

  it('compares a company by every name it has had', () => {
    const names = namesOf('Meta Platforms (formerly Facebook)', ['Instagram', 'TheFacebook, Inc.'], 'US');
    expect(names.map(({ text }) => text)).toEqual(['meta platforms', 'facebook', 'instagram', 'thefacebook']);
  });

  it('reads a word by what it means in any language', () => {
    expect(normaliseName('Grupo Industrial de España', 'MX').senses).toEqual(['group', 'industry', 'ES']);
    expect(normaliseName('Industriegruppe Spanien Int’l', 'MX').senses).toEqual([
      'industriegruppe',
      'ES',
      'international',
    ]);
    expect(normaliseName('Bayerische Motoren Werke', 'DE').acronym).toBe('bmw');
  });
});
