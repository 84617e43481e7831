import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standardThresholds } from '../../libs/matching/match.js';
import { knownIn, knownSchema, withKnownClaims } from './known-claims.js';
import { type TestDatabase, startDatabase } from '../../test/support/postgres.js';
import { openLabelled } from './labelled-file.js';
import { measurePairs } from './measure-pairs.js';
import { measureStream } from './measure-stream.js';
import { wholeRows } from './measuring.js';
import { worstErrors } from './worst-errors.js';

let folder: string;
let db: TestDatabase;
let lists = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labelled-'));
  db = await startDatabase(knownSchema);
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true });
});

// how the matcher calls these is beyond doubt: an equal telling name is certain, two strange ones are none
describe('pairs of names', () => {
  it('counts what was called, right and wrong', async () => {
    const { figures } = await measure(
      'left,right,label,note\n' +
        'Zielona Energia,Zielona Energia,1,right\n' +
        'Zielona Energia,Kowalski Transport,true,missed\n' +
        'Zielona Energia,Nordwind Spedition,1.0,missed\n' +
        'Hartmann Optik,Hartmann Optik,0,wrong\n' +
        'Hartmann Optik,Nordwind Spedition,False,right\n',
    );
    expect(figures).toMatchObject({ mode: 'names', n: 5, reviewBand: 0, companyView: null, stream: null });
    expect(figures.certain).toMatchObject({ p: 0.5, r: 0.3333, f1: 0.4 });
    expect(figures.flagged).toMatchObject({ p: 0.5, r: 0.3333, f1: 0.4 });
    expect(figures.msP50).toBeGreaterThan(0);
  });

  it('knows no precision where nothing was called', async () => {
    const { figures } = await measure('left,right,label\nZielona Energia,Kowalski Transport,1\n,,0\n');
    expect(figures.certain).toMatchObject({ p: null, r: 0, f1: 0 });
    expect(figures.n).toBe(2);
  });

  it('has intervals as wide as theory says, the same each time', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `Hartmann Optik,Hartmann Optik,${n % 4 === 0 ? 0 : 1}\n`);
    const text = `left,right,label\n${rows.join('')}`;
    const { p, interval } = (await measure(text)).figures.certain;
    expect(p).toBe(0.75);
    // ± 1.96 √(.75 × .25 / 200) = ± .06
    expect(interval['p']![0]).toBeCloseTo(0.69, 1);
    expect(interval['p']![1]).toBeCloseTo(0.81, 1);
    expect((await measure(text)).figures.certain.interval).toEqual(interval);
  });
});

describe('pairs of records', () => {
  it('leaves other sites of one company out of the company view', async () => {
    const header = 'label,names,websites,addresses,base_names,base_websites,base_addresses\n';
    const hartmann = overture('Hartmann Optik', 'http://www.hartmann.example/berlin', 'Hauptstr. 5');
    const { figures } = await measure(
      header +
        row('1.0', hartmann, overture('Hartmann Optik GmbH', 'hartmann.example', 'Hauptstr. 5')) +
        // one domain, then one name but for its form: rightly flagged, whatever the label of a site says
        row('0.0', hartmann, overture('Hartmann Optik', 'https://hartmann.example', 'Lindenallee 90')) +
        row('0.0', hartmann, overture('Hartmann Optik AG', 'https://facebook.com/h', 'Hauptstr. 5')) +
        row('0.0', hartmann, overture('Nordwind Spedition', 'nordwind.example', 'Am Hafen 1')),
    );
    expect(figures).toMatchObject({ mode: 'pairs', n: 4 });
    expect(figures.flagged).toMatchObject({ p: 0.3333, r: 1, f1: 0.5 });
    expect(figures.companyView).toMatchObject({ n: 2, flagged: { p: 1, r: 1, f1: 1 } });
  });

  it.each([
    'is_match,name1,website1,countryCode1,name2,website2,countryCode2',
    'label,left_name,left_domain,left_country,right_name,right_domain,right_country',
    'Label,name_a,domain_a,country_code_a,name_b,domain_b,country_code_b',
  ])('takes a header like %s', async (header) => {
    const { figures } = await measure(
      `${header}\n1,Hartmann Optik,hartmann.example,DE,Hartmann,hartmann.example,DE\n` +
        '0,Hartmann Optik,hartmann.example,DE,Zielona,zielona.example,DE\n',
    );
    expect(figures.mode).toBe('pairs');
    expect(figures.flagged).toMatchObject({ p: 1, r: 1 });
  });
});

describe('a list as a stream', () => {
  it('asks each claim of those before it, and counts true pairs that nobody proposed', async () => {
    const { figures } = await measure(
      'group,name,countryCode\n' +
        '1,Hartmann Optik,DE\n' + // no twin, free
        '2,Zielona Energia,DE\n' + // no twin, free
        '1,Hartmann Optik GmbH,DE\n' + // finds the first
        '1,Kowalski Transport,DE\n' + // two twins, never proposed
        '3,Zielona Energia,DE\n' + // no twin, called certain
        ',Kowalski Transport,DE\n', // stands for itself: no twin, called certain
    );
    expect(figures).toMatchObject({ mode: 'stream', n: 6, companyView: null });
    expect(figures.certain).toMatchObject({ p: 0.3333, r: 0.3333, f1: 0.3333 });
    expect(figures.stream).toMatchObject({
      completeness: 0.3333,
      candidatesPerClaim: 0.5,
      flaggedTwins: 0.5,
      falseConflicts: 0.5,
    });
  });

  it('asks only side b, of all of side a, wherever they stand', async () => {
    const { figures, skipped } = await measure(
      'group,side,name,countryCode\n' +
        '1,b,Hartmann Optik,DE\n' +
        '1,b,Hartmann Optik,DE\n' +
        '1,a,Hartmann Optik AG,DE\n' +
        '2,A,Zielona Energia,DE\n' +
        '4,c,Zielona Energia,DE\n' +
        '3,b,Nordwind Spedition,DE\n',
    );
    expect(skipped).toBe(1);
    expect(figures).toMatchObject({ n: 3, flagged: { p: 1, r: 1, f1: 1 } });
    expect(figures.stream).toMatchObject({ completeness: 1, candidatesPerClaim: 0.6667, flaggedTwins: 1, falseConflicts: 0 }); // prettier-ignore
  });

  it('reads registry ids in each notation', async () => {
    const { figures } = await measure(
      'group,name,countryCode,registryIds\n' +
        '1,Hartmann,PL,vat:PL5260250274;duns:150483782\n' +
        '1,Kowalski,PL,"[{""type"":""vat"",""value"":""5260250274""}]"\n' +
        '1,Zielona,PL,"{""duns"":""150483782""}"\n',
    );
    expect(figures.certain).toMatchObject({ p: 1, r: 0.6667 });
  });

  it('names the worst errors with what the matcher saw', async () => {
    const { errors } = await measure('group,name\n1,Hartmann Optik\n1,Kowalski Transport\n2,Hartmann Optik\n', 5);
    expect(errors.falsePositives).toMatchObject([{ at: [4, 2], match: { verdict: 'certain' } }]);
    expect(errors.falseNegatives).toMatchObject([{ at: [3, 2], notProposed: true }]);
  });
});

describe('a Postgres for one measurement', () => {
  it('is gone with it, whatever becomes of it', async () => {
    let at = '';
    const use = withKnownClaims(async (known, postgres) => {
      at = postgres;
      await known.add([{ name: 'Hartmann Optik' }, { name: 'Zielona Energia' }]);
      expect(await known.similarTo({ name: 'Zielona Energia SA' })).toEqual([1]);
      throw new Error('halfway');
    });
    await expect(use).rejects.toThrow('halfway');
    await expect(access(at)).rejects.toThrow('ENOENT');
  });
});

describe('files as they come', () => {
  it('takes a BOM, CRLF, blank lines and cells of several lines, and names broken rows by their line', async () => {
    const { figures, said, skipped } = await measure(
      '\uFEFFleft;right;label\r\n' +
        '"Hartmann\r\nOptik";Hartmann Optik;1\r\n' +
        '\r\n' +
        'Hartmann;Zielona;maybe\r\n' +
        'Hartmann;1\r\n' +
        '"Hartmann;Zielona;0\r\n' +
        'Zielona;Hartmann Optik;0\r\n',
    );
    expect(figures).toMatchObject({ n: 2, certain: { p: 1, r: 1 } });
    expect(skipped).toBe(3);
    expect(said.map((line) => /^line \d+/.exec(line)?.[0])).toEqual(['line 5', 'line 6', 'line 7']);
  });

  it.each([
    ['a,b\n1,2\n', /its columns are a, b/],
    ['group,city\n1,Berlin\n', /its columns are group, city/],
    ['left,right\nA,B\n', /its columns are left, right/],
    ['', /empty/],
    ['PK\u0003\u0004\u0000\u0000', /not a CSV file/],
    ['left,right,label\ra,b,1\r', 'carriage returns'],
  ])('refuses %j', async (text, message) => {
    await expect(measure(text)).rejects.toThrow(message);
  });

  it('finds its columns however they are cased', async () => {
    expect((await measure('Left,RIGHT,Label\nHartmann Optik,Hartmann Optik,1\n')).figures.n).toBe(1);
    const path = join(folder, 'cased.csv');
    await writeFile(path, 'Group,Side,Name\n1,a,Hartmann Optik\n');
    expect(await openLabelled(path)).toMatchObject({ mode: 'stream', isSided: true });
  });

  it('refuses a file that is not there', async () => {
    await expect(openLabelled(join(folder, 'nowhere.csv'))).rejects.toThrow(/can't be read/);
  });
});

const json = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
const overture = (name: string, website: string, street: string) =>
  [{ primary: name }, [website], [{ freeform: street, locality: 'Berlin', country: 'DE' }]].map(json).join(',');
const row = (label: string, ...sides: string[]) => `${label},${sides.join(',')}\n`;

const measure = async (text: string, most = 0) => {
  const path = join(folder, 'file.csv');
  await writeFile(path, text);
  const said: string[] = [];
  const errors = worstErrors(most);
  const quiet = { show: () => undefined, note: () => undefined, clear: () => undefined };
  const { whole, skipped } = wholeRows(quiet, (line) => said.push(line));
  const measuring = { thresholds: standardThresholds, seen: <R>(record: R) => record, rows: whole, errors };
  const file = await openLabelled(path);
  const figures =
    file.mode === 'stream'
      ? await measureStream(file, knownIn(db.database, `list ${++lists}`), measuring)
      : await measurePairs(file, measuring);
  return { figures, said, skipped: skipped(), errors: errors.all() };
};
