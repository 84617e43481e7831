import { isCommonWord } from './common-words.js';
import { cleanText, scriptOf, type Script, toLatin } from './latin.js';
import { cutInnerForm, cutLegalForms, cutNativeForms, type LegalForm, type LegalKind } from './legal-forms.js';
import { bareName, type NameRole, partsOfName } from './name-parts.js';
import { soundOf } from './name-sound.js';
import { inFigures } from './numerals.js';
import { type Place, placesIn } from './place-words.js';
import { inEnglish, isGeneric, senseOf } from './word-senses.js';

const longestName = 160;
const mostTokens = 16;
const mostNames = 8;

export type Name = {
  /** Without legal form, Latin, lower case, blanks between the words. */
  readonly text: string;
  readonly tokens: readonly string[];
  /** For comparing spellings: no blanks, ä = ae = a, doubled letters once. */
  readonly skeleton: string;
  readonly legalKind?: LegalKind;
  /** The countries whose law knows the legal form, the usual one first. */
  readonly legalCountries?: readonly string[];
  /** The skeleton with the words that only connect, where there are any: "DelMoro" is "Del Moro". */
  readonly glued: string;
  readonly role: NameRole;
  /** The script it was written in: what isn't Latin is worth a comparison by `sounds`. */
  readonly script: Script;
  /** The consonants of each token (see soundOf). */
  readonly sounds: readonly string[];
  /** The tokens by what they mean in any language: "grupo" is `group`, "deutschland" is `DE`. Not one for one. */
  readonly senses: readonly string[];
  /** First letters of the words; `` for fewer than two. */
  readonly acronym: string;
  /** Countries and regions but the record's own that the name as claimed says, even where this part of it doesn't. */
  readonly where: readonly string[];
};

const connectors = new Set(
  'and und et y e og och en i a the of de la le di da do del des du der die das fur for ve ja'.split(' '),
);

const isVan = (word: string | undefined): boolean => word === 'van' || word === 'von' || word === 'vom';

const single = '(?<![\\p{L}\\p{N}.])\\p{L}';
const between = new RegExp(
  `(${single})\\s?(?:&|\\+|\\s(?:and|und|et|och|og)\\s)\\s?(?=\\p{L}(?![\\p{L}\\p{N}'’]))`,
  'giu',
);
const numbered = /(^\p{L}|(?<![\p{L}\p{N}])\p{L}(?=-))[\s-](?=\d)/gu;
const mayBeBetween = /[&+]|\s(?:and|und|et|och|og)\s/i;
const maySpaced = /(?:^|\P{L})\p{Lu}\s\p{Lu}(?:\P{L}|$)/u;
const initials = /(?<![\p{L}\p{N}])\p{L}(?:(?:\.\s?|\/)\p{L}(?![\p{L}\p{M}]))+\.?/gu;
const spaced = /(?<![\p{L}\p{N}'’.-])\p{Lu}(?:\s\p{Lu}(?![\p{L}\p{M}'’]))+/gu;
const gluedForm = /(?<=[a-zß-ÿ]{2})(AG|GmbH|SE|Ltd|LLC|Inc|SpA|SA|AB|BV|NV|KG|SARL|SRL)$/;

type Words = { readonly words: readonly string[]; readonly dotted: ReadonlySet<string> };

/** The words of a clean name in Latin; `dotted` are those written as initials ("S.A. de C.V." is `sa`, `de`, `cv`). */
const wordsOf = (name: string, countryCode: string): Words => {
  const dotted = new Set<string>();
  // "A-1" is one word, and so is "A 1" that a name begins with
  let joined = /\d/.test(name) ? name.replace(numbered, '$1') : name;
  // "A&D" and "H und R" are initials too
  if (mayBeBetween.test(joined)) joined = joined.replace(between, '$1');
  if (/lli\b/i.test(joined)) joined = joined.replace(/(?<![\p{L}\p{N}])f\.?\s?lli(?!\p{L})/giu, 'fratelli');
  if (/[./]/.test(joined))
    joined = joined.replace(initials, (found) => {
      const word = found.replace(/[./\s]/g, '');
      dotted.add(toLatin(word, countryCode));
      return word;
    });
  if (maySpaced.test(joined)) joined = joined.replace(spaced, (found) => found.replace(/\s/g, ''));
  if (/[%+]/.test(joined)) joined = joined.replace(/%/g, ' percent ').replace(/(?<=\p{L}{2})\+/gu, ' plus ');
  joined = joined.replace(gluedForm, ' $1').replace(/['’`´ʻʼ״׳]/g, '');
  const words = toLatin(joined, countryCode)
    .replace(/['"`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return { words: words.slice(0, mostTokens), dotted };
};

/** One spelling of many: `Müller`, `Mueller` and `Muler` share it. */
export const skeletonOf = (compact: string): string => compact.replace(/([aou])e/g, '$1').replace(/(\D)\1+/g, '$1');

const isTelling = (word: string): boolean =>
  word.length > 1 && !isCommonWord(word) && !isGeneric(word) && !/^\d+(?:st|nd|rd|th)?$/.test(word);

const sensesOf = (words: readonly string[], places: readonly Place[]): readonly string[] => {
  const senses: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const place = places.find((each) => each.at === at);
    senses.push(place?.code ?? senseOf(words[at] ?? ''));
    at += (place?.size ?? 1) - 1;
  }
  return senses;
};

/** "van der Bilt" is no word shorter than "Vanderbilt"; what connects nothing stays. */
const unconnected = (words: readonly string[]): readonly string[] => {
  const telling = words.filter((word, at) => !connectors.has(word) || isVan(words[at - 1]));
  return telling.length > 0 ? telling : words;
};

type Read = {
  readonly tokens: readonly string[];
  readonly glued: string;
  readonly form?: LegalForm;
  readonly tail: readonly string[];
  readonly script: Script;
};

const read = (clean: string, countryCode: string): Read => {
  const native = cutNativeForms(clean);
  const cut = wordsOf(native.rest, countryCode);
  // a form is better than nothing, and so is a letter that has no Latin
  const whole = cut.words.length > 0 ? cut : wordsOf(clean, countryCode);
  const words = whole.words.length > 0 ? whole.words : (clean.toLowerCase().match(/\p{L}+/gu) ?? []);
  let rest: readonly string[] = words;
  let form = native.form;
  let tail: readonly string[] = [];
  let glued = '';
  // what is left when a form or a connecting word is gone may end in a form again
  for (let before = -1; before !== rest.length;) {
    before = rest.length;
    const ends = cutLegalForms(rest, countryCode, whole.dotted);
    const inner = cutInnerForm(ends.rest, countryCode);
    rest = inner?.rest ?? ends.rest;
    tail = inner?.tail ?? tail;
    for (const found of [ends.form, inner?.form]) if (!form || form.kind === 'other') form = found ?? form;
    const told = unconnected(rest);
    if (glued === '' && told.length < rest.length) glued = skeletonOf(inFigures(rest).join(''));
    rest = told;
  }
  // a lone "i" is a word that connects until it is read as a number
  const figures = unconnected(inFigures(rest));
  // "Twelve" is a name, "Fund II" has a number
  const isNamed = () => rest.some((word, at) => isTelling(word) && (at === 0 || !/^[ivx]+$/.test(word)));
  const tokens = figures.some(isTelling) || !isNamed() ? figures : rest;
  return {
    tokens,
    glued,
    tail,
    script: scriptOf(clean),
    ...(form === undefined ? {} : { form }),
  };
};

const abroad = (places: readonly Place[], countryCode: string): readonly string[] => [
  ...new Set(places.map(({ code }) => code).filter((code) => code !== countryCode)),
];

const nameOf = (
  { tokens, glued, form, script }: Read,
  role: NameRole,
  places: readonly Place[],
  where: readonly string[],
  countryCode: string,
): Name => ({
  text: tokens.join(' '),
  tokens,
  skeleton: skeletonOf(tokens.join('')),
  glued,
  ...(form === undefined ? {} : { legalKind: form.kind, legalCountries: form.countries }),
  role,
  script,
  sounds: tokens.map((token) => soundOf(token, countryCode)),
  senses: sensesOf(tokens, places),
  acronym: tokens.length > 1 ? tokens.map((token) => token.charAt(0)).join('') : '',
  where,
});

/** Folds a name to what identifies it; an empty or wordless name yields empty text. */
export const normaliseName = (name: string, countryCode: string): Name => {
  const found = read(bareName(cleanText(name.slice(0, longestName))), countryCode);
  const places = placesIn(found.tokens);
  return nameOf(found, 'written', places, abroad(places, countryCode), countryCode);
};

/** The name without the country or region at its end ("Orange Polska"), where something is left to know it by. */
const withoutPlace = (tokens: readonly string[], places: readonly Place[]): readonly string[] => {
  let rest = tokens;
  for (const { at, size } of places.toReversed()) if (at + size === rest.length) rest = rest.slice(0, at);
  return rest.length < tokens.length && rest.some(isTelling) ? rest : [];
};

const namesIn = (written: string, countryCode: string, first: NameRole): readonly Name[] => {
  const whole = bareName(cleanText(written.slice(0, longestName)));
  const found: Name[] = [];
  let where: readonly string[] | undefined;
  for (const { text, role } of partsOfName(whole)) {
    const part = read(text, countryCode);
    const places = placesIn(part.tokens);
    where ??= abroad(places, countryCode);
    const named = role === 'written' ? first : role;
    // no part of a name is a country, or what a company does
    if (role !== 'shortened' || part.tokens.some(isTelling))
      found.push(nameOf(part, named, places, where, countryCode));
    const shorter = withoutPlace(part.tokens, places);
    if (shorter.length > 0)
      found.push(nameOf({ ...part, tokens: shorter, glued: '' }, 'shortened', [], where, countryCode));
    const head = part.tokens.slice(0, Math.max(0, part.tokens.length - part.tail.length));
    if (part.tail.length > 0 && head.some(isTelling))
      found.push(nameOf({ ...part, tokens: head, glued: '' }, 'shortened', placesIn(head), where, countryCode));
  }
  // letters without any Latin are no part: the whole may have others
  if (found.every(({ skeleton }) => skeleton === '')) {
    const part = read(whole, countryCode);
    found.push(nameOf(part, first, placesIn(part.tokens), where ?? [], countryCode));
  }
  const english = found[0]?.script === 'cjk' ? inEnglish(whole) : whole;
  if (english !== whole) {
    const part = read(english.replace(/[([（].*$/u, ''), countryCode);
    if (part.tokens.some(isTelling))
      found.push(nameOf(part, 'translated', placesIn(part.tokens), where ?? [], countryCode));
  }
  return found;
};

/**
 * The names a record may be known by: as written, then its parts (without brackets, country, branch or store number; the
 * name it trades under, or had), then the trade names in the same way. At most eight, all different.
 */
export const namesOf = (
  name: string,
  tradeNames: readonly string[] | undefined,
  countryCode: string,
): readonly Name[] => {
  const found = new Map<string, Name>();
  const add = (names: readonly Name[]): void => {
    for (const each of names)
      if (each.skeleton !== '' && !found.has(each.skeleton) && found.size < mostNames) found.set(each.skeleton, each);
  };
  add(namesIn(name, countryCode, 'written'));
  for (const trade of tradeNames ?? []) add(namesIn(trade, countryCode, 'trade'));
  return [...found.values()];
};
