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
