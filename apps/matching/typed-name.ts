/** Numbers in 0..1 that follow from the seed alone. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
};

/** FNV-1a with a last stir: for splits and seeds that follow from the text. */
export const hashOf = (text: string): number => {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x0100_0193);
  h = Math.imul(h ^ (h >>> 13), 0x5bd1_e995);
  return (h ^ (h >>> 15)) >>> 0;
};

// on a keyboard, by ear, or in another tongue
const neighbours: Readonly<Record<string, string>> = {
  a: 'qsz', b: 'vn', c: 'xvk', d: 'sf', e: 'wri', f: 'gd', g: 'fh', h: 'gj', i: 'uoey', j: 'hk', k: 'jlc', l: 'k', m: 'n',
  n: 'mb', o: 'ipu', p: 'o', q: 'w', r: 'et', s: 'adzc', t: 'ry', u: 'yi', v: 'bcw', w: 'ev', x: 'zc', y: 'tui', z: 'xs',
}; // prettier-ignore

const forms =
  'Inc|Inc.|LLC|Ltd|Limited|Corp|Corporation|Co|Company|GmbH|AG|S.A.|B.V.|SARL|S.r.l.|Sp. z o.o.|SAS|S.L.|AB|AS|Oy|A/S|Pty Ltd|Co., Ltd.|Kft|s.r.o.|LLP'.split(
    '|',
  );
const form =
  /[,\s]+(?:inc|incorporated|llc|l\.l\.c|ltd|limited|corp|corporation|co|company|gmbh|ag|s\.?a\.?s?|b\.?v|n\.?v|sarl|s\.r\.l|sp\. z o\.o|s\.?l|ab|as|oy|a\/s|plc|pty|kft|llp|l\.?p|gmbh & co\. kg|kg|lda|ltda)\.?$/i;
const places =
  'Poland|Germany|USA|UK|Europe|International|London|Berlin|Texas|France|Deutschland|Italia|North America|Chicago|Madrid|Asia|Polska|India|Canada'.split(
    '|',
  );
const trades =
  'Group|Holdings|Services|Solutions|Technologies|Systems|International|Industries|Global|Consulting|Products|Logistics|Trading|Manufacturing|Engineering|Partners|Software|Energy|Foods|Electronics'.split(
    '|',
  );
const short =
  'International Intl|Manufacturing Mfg|Technologies Tech|Technology Tech|Systems Sys|Services Svcs|Brothers Bros|Association Assn|Associates Assoc|Industries Ind|University Univ|National Natl|Engineering Eng|Laboratories Labs|Pharmaceuticals Pharma|Communications Comm|and &|& and|Group Grp|Center Ctr|Management Mgmt|Insurance Ins|Financial Fin|American Amer|Electric Elec'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]);

type Change = (name: string, random: () => number) => string;

const pick = <T>(values: readonly T[], random: () => number): T => values[Math.floor(random() * values.length)]!;
const at = (words: readonly string[], random: () => number, least = 0): number =>
  least + Math.floor(random() * (words.length - least));
const isLetter = (sign: string | undefined): sign is string => sign !== undefined && /\p{L}/u.test(sign);

const mistype: Change = (name, random) => {
  // beginnings are typed with more care
  const index = Math.floor(random() ** 0.7 * name.length);
  const sign = name[index];
  if (!isLetter(sign)) return name;
  const [before, after] = [name.slice(0, index), name.slice(index + 1)];
  const kind = random();
  if (kind < 0.3) return before + after;
  if (kind < 0.55) return before + sign + sign + after;
  if (kind < 0.8) return before + pick([...(neighbours[sign.toLowerCase()] ?? sign)], random) + after;
  return after === '' ? name : before + after[0] + sign + after.slice(1);
};

const changes: readonly (readonly [share: number, change: Change])[] = [
  [0.42, (name, random) => (random() < 0.2 ? mistype(mistype(name, random), random) : mistype(name, random))],
  [
    0.13,
    (name) => {
      const pair = short.find(([long]) => new RegExp(`(^|\\s)${long}(?=$|[\\s,])`, 'i').test(name));
      return pair ? name.replace(new RegExp(`(^|\\s)${pair[0]}(?=$|[\\s,])`, 'i'), `$1${pair[1]}`) : name;
    },
  ],
  [0.12, (name) => (name.split(' ').length > 2 ? name.replace(/\s\S+$/, '').replace(/\s?[,&]$/, '') : name)],
  [
    0.05,
    (name, random) => {
      const words = name.split(' ');
      return words.length > 2 ? words.toSpliced(at(words, random, 1), 1).join(' ') : name;
    },
  ],
  [0.08, (name, random) => `${name} ${pick(places, random)}`],
  [0.06, (name, random) => `${name} ${pick(trades, random)}`],
  [
    0.06,
    (name, random) => {
      const words = name.split(' ');
      const index = at(words.slice(1), random);
      return words.length > 1 ? words.toSpliced(index, 2, words[index]! + words[index + 1]!).join(' ') : name;
    },
  ],
  [
    0.02,
    (name, random) => {
      const words = name.split(' ');
      const index = at(words.slice(1), random);
      return words.length > 1 ? words.toSpliced(index, 2, words[index + 1]!, words[index]!).join(' ') : name;
    },
  ],
  [
    0.03,
    (name, random) => {
      const [first = '', ...rest] = name.split(' ');
      const cut = 3 + Math.floor(random() * (first.length - 6));
      return first.length > 8 ? [first.slice(0, cut), first.slice(cut), ...rest].join(' ') : name;
    },
  ],
  [
    0.03,
    (name) =>
      name
        .replace(/[äöü]/g, (sign) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[sign] ?? sign)
        .normalize('NFD')
        .replace(/\p{M}/gu, ''),
  ],
];

/**
 * A registered name as somebody might type it: mostly without its legal form, none to two slips (letters, abbreviations,
 * words left out or added, blanks). The shares are a guess at how people write, not fitted to any list.
 */
export const typedName = (registered: string, seed: number): string => {
  const random = randomOf(seed);
  const bare = registered.replace(form, '').replace(form, '');
  let name = bare.length > 2 && random() < 0.6 ? bare : registered;
  if (name === bare && random() < 0.2) name = `${name} ${pick(forms, random)}`;
  const much = random();
  for (let slips = much < 0.25 ? 0 : much < 0.75 ? 1 : 2; slips > 0; slips -= 1) {
    let left = random();
    const found = changes.find(([share]) => (left -= share) < 0);
    if (found) name = found[1](name, random);
  }
  const shout = random();
  return shout < 0.25 ? name.toUpperCase() : shout < 0.35 ? name.toLowerCase() : name;
};
