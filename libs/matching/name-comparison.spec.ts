import { describe, expect, it } from '@jest/globals';
import { compareNames } from './name-comparison.js';
import { namesOf } from './name.js';
import { currentWeights, weightOf } from './weights.js';

const compare = (left: string, right: string) => {
  const fields = compareNames(namesOf(left, undefined, 'ZZ'), namesOf(right, undefined, 'ZZ'), (field, level) =>
    weightOf(currentWeights, field, level),
  );
  const level = Object.fromEntries(fields.map((each) => [each.field, each.level]));
  const sum = fields.reduce((total, { field, level: said }) => total + weightOf(currentWeights, field, said), 0);
  return { fields, level, sum };
};

describe('comparing names', () => {
  it.each([
    ['Face Book', 'Facebook'],
    ['Müller Bäckerei GmbH', 'Mueller Baeckerei'],
    ['PricewaterhouseCoopers LLP', 'Pricewaterhouse Coopers LLP'],
    ['DelMoro Supermercados', 'Del Moro Supermercados'],
    ['Bounce-a-Bout', 'Bounceabout'],
    ['A-1 Oxlade', 'A1 Oxlade'],
    ['F.lli Oxlade', 'Fratelli Oxlade'],
    ['Oxlade - DO NOT USE', 'ZZZ Oxlade'],
  ])('takes %s and %s for equal', (left, right) => expect(compare(left, right).level).toMatchObject({ name: 'equal' }));

  it.each([
    ['otherWords', 'none+place', 'Bringova', 'Bringova Chicago'],
    ['otherWords', 'none+common', 'Bringova', 'Bringova Services'],
    ['otherWords', 'none+telling', 'Bringova', 'Bringova Zeltmayer'],
    ['otherWords', 'telling+telling', 'Bringova Oxlade', 'Bringova Zeltmayer'],
    ['numbers', 'different', 'Oxlade Fund II', 'Oxlade Fund III'],
    ['numbers', 'one-side', 'Oxlade Fund', 'Oxlade Fund III'],
    ['legalForm', 'different', 'Oxlade Ltd', 'Oxlade AG'],
    ['namePlace', 'different', 'Bringova Solutions (France)', 'Bringova Solutions (Spain)'],
    ['namePlace', 'one-side', 'Bringova Poland', 'Bringova'],
    ['namePart', 'other-name', 'Oxlade LLC dba Bringova', 'Bringova'],
    ['spelling', 'acronym', 'International Business Machines', 'IBM'],
    ['spelling', 'acronym', 'Procter & Gamble', 'P&G'],
    ['spelling', 'acronym', 'Taiwan Semiconductor Manufacturing Company', 'TSMC'],
    ['spelling', 'acronym-beside', 'International Business Machines Zeltmayer', 'IBM'],
    ['spelling', 'slip-alone', 'Zeltmayer', 'Zeltmaeyr'],
    ['spelling', 'off-alone', 'Nuri', 'Nurix'],
    ['spelling', 'off-amid-others', 'Nuri', 'Nurix Zeltmayer'],
    ['numbers', 'different', 'Fund II', 'Fund III'],
    ['name', 'from-92%', 'ZI NTechnologis', 'ZIN Technologies'],
    ['firstWord', 'equal', 'Hangzhou Hikvision', 'Hikvision'],
  ])('says of %s: %s (%s, %s)', (field, level, left, right) =>
    expect(compare(left, right).level).toMatchObject({ [field]: level }),
  );

  it.each<[string, [string, string], [string, string]]>([
    [
      'a rare word over a generic one of any tongue',
      ['Oxlade Przedsiębiorstwo', 'Oxlade Hurtownia'],
      ['Przedsiębiorstwo Oxlade', 'Przedsiębiorstwo Bringova'],
    ],
    ['a rare word over a common one', ['Bringova Energy', 'Bringova'], ['Global Energy', 'Global']],
    ['a slip of the hand over another letter', ['Dearborn', 'Dearobrn'], ['Dearborn', 'Dearmorn']],
    ['a slip beside another word over one alone', ['Bringova Oxlade', 'Brinkova Oxlade'], ['Bringova', 'Brinkova']],
    ['a common word left out over a telling one', ['Bringova Group', 'Bringova'], ['Bringova Oxlade', 'Bringova']],
    [
      'an abbreviation over another word',
      ['Oxlade Manufacturing', 'Oxlade Mfg'],
      ['Oxlade Manufacturing', 'Oxlade Bread'],
    ],
  ])('counts %s', (_, more, less) => expect(compare(...more).sum).toBeGreaterThan(compare(...less).sum));

  it('shows the words that each field is about', () => {
    const { fields } = compare('Bringova Oxlade Poland', 'Brinkova Oxlade');
    expect(fields).toContainEqual(expect.objectContaining({ field: 'spelling', left: 'bringova', right: 'brinkova' }));
    const turned = compare('Brinkova Oxlade', 'Bringova Oxlade Poland').fields;
    expect(turned).toContainEqual(expect.objectContaining({ field: 'spelling', left: 'brinkova', right: 'bringova' }));
  });
});
