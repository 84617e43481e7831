import { describe, expect, it } from '@jest/globals';
import { match, standardThresholds } from './match.js';
import { normaliseRegistryIds } from './registry-id.js';

const read = (type: string, value: string, countryCode: string) =>
  normaliseRegistryIds([{ type, value }], countryCode).map((id) => `${id.type} ${id.scope}${id.value}`);

const site = (name: string, value: string) => ({ name, countryCode: 'FR', registryIds: [{ type: 'siret', value }] });

describe('registry ids', () => {
  it.each([
    ['VAT', 'PL 526-025-02-74', 'PL', 'vat PL5260250274'],
    ['NIP', '5260250274', 'PL', 'vat PL5260250274'],
    ['REGON', '192598184', 'PL', 'regon PL192598184'],
    ['vat', 'EL094259216', 'GR', 'vat GR094259216'],
    ['vat', 'DE 129 273 398', 'DE', 'vat DE129273398'],
    ['USt-IdNr.', '129273398', 'DE', 'vat DE129273398'],
    ['vat', 'DE129273398', 'ZZ', 'vat DE129273398'],
    ['vat', 'PL5260250274', 'DE', 'vat PL5260250274'],
    ['vat', 'FR40303265045', 'FR', 'siren FR303265045'],
    ['SIREN', '303 265 045', 'FR', 'siren FR303265045'],
    ['SIRET', '732 829 320 00074', 'FR', 'siren FR732829320'],
    ['vat', 'FR 83 404 833 048', 'ZZ', 'siren FR404833048'],
    ['vat', 'IT00743110157', 'IT', 'vat IT00743110157'],
    ['Partita IVA', '00743110157', 'IT', 'vat IT00743110157'],
    ['CIF', 'A-28015865', 'ES', 'vat ESA28015865'],
    ['vat', 'ESA28015865', 'ES', 'vat ESA28015865'],
    ['UID', 'CHE-100.155.212', 'CH', 'vat CHCHE100155212'],
    ['vat', 'CHE-100.155.212 MWST', 'CH', 'vat CHCHE100155212'],
    ['UID', 'ATU13585627', 'AT', 'vat ATU13585627'],
    ['KBO', '428.759.497', 'BE', 'vat BE0428759497'],
    ['vat', 'NO 988 077 917 MVA', 'NO', 'vat NO988077917'],
    ['orgnr', '988 077 917', 'NO', 'vat NO988077917'],
    ['BTW', 'NL004495445B01', 'NL', 'vat NL004495445B01'],
    ['KvK', '12345679', 'NL', 'kvk NL12345679'],
    ['CNPJ', '16.727.230/0001-97', 'BR', 'cnpj BR16727230'],
    ['ABN', '83 914 571 673', 'AU', 'abn AU83914571673'],
    ['EIN', '91-1144442', 'US', 'ein US911144442'],
    ['GSTIN', '27AAPFU0939F1ZV', 'IN', 'pan INAAPFU0939F'],
    ['BN', '123026635RC0001', 'CA', 'bn CA123026635'],
    ['INN', '７７０７０８３８９３', 'RU', 'inn RU7707083893'],
    ['vat', 'GB 980 7806 84', 'GB', 'vat GB980780684'],
    ['company number', '1234560', 'GB', 'crn GB01234560'],
    ['HRB', 'HRB 12346 (Amtsgericht München)', 'DE', 'register DEMUNCHENHRB12346'],
    ['HRB', 'AG München, HRB 12346', 'DE', 'register DEMUNCHENHRB12346'],
    ['LEI', 'HWUP KR0M POU8 FGXB T394', 'US', 'lei HWUPKR0MPOU8FGXBT394'],
    ['D-U-N-S', '15-048-3782', 'DE', 'duns 150483782'],
    ['national', '2011-4477', 'PE', 'national PE20114477'],
  ])('%s %s in %s is %s', (type, value, country, expected) => {
    expect(read(type, value, country)).toEqual([expected]);
  });

  it.each([
    ['vat', 'PL5260250275', 'PL'],
    ['vat', 'DE129273397', 'DE'],
    ['vat', 'DE12345', 'DE'],
    ['tax', '5260250275', 'PL'],
    ['SIREN', '303265046', 'FR'],
    ['CNPJ', '16.727.230/0001-98', 'BR'],
    ['EIN', '07-1144442', 'US'],
    ['lei', 'HWUPKR0MPOU8FGXBT395', 'US'],
    ['duns', '111111111', 'DE'],
    ['duns', '123456789', 'DE'],
    ['HRB', 'HRB 12346', 'DE'],
    ['tax', 'n/a', 'DE'],
    ['', '5260250274', 'PL'],
  ])('%s %s in %s is none', (type, value, country) => expect(read(type, value, country)).toEqual([]));

  it('never makes records certain by a number that is no id', () => {
    const left = { name: 'Zielona Łąka', countryCode: 'FR', registryIds: [{ type: 'siren', value: '303265046' }] };
    expect(match(left, { ...left, name: 'Omega Transport' }, standardThresholds).verdict).toBe('none');
  });

  it('makes two sites of a company certain by what their numbers share', () => {
    const tax = { name: 'GO', countryCode: 'FR', registryIds: [{ type: 'vat', value: 'FR44732829320' }] };
    expect(match(site('Galeries', '73282932000074'), tax, standardThresholds).verdict).toBe('certain');
  });
});
