import anyAscii from 'any-ascii';
import { isCommonWord } from './common-words.js';
import { cutNativeForms, type LegalKind, legalKind } from './legal-forms.js';

const longestName = 160;
const mostTokens = 16;
const longestForm = 7;

export type Name = {
  /** Without legal form, Latin, lower case, blanks between the words. */
  readonly text: string;
  readonly tokens: readonly string[];
  /** For comparing spellings: no blanks, ä = ae = a, doubled letters once. */
  readonly skeleton: string;
  readonly legalKind?: LegalKind;
};

const connectors = new Set(
  'and und et y e og och en i the a of de la le di da do del des du der die das fur for'.split(' '),
);

// "S.A. de C.V." and "I. B. M." are single letters with dots; joined, they are SA, CV, IBM
const joinInitials = (name: string): string =>
  name.replace(/(?<![\p{L}\p{N}])\p{L}(?:\.\s?\p{L}(?![\p{L}\p{M}]))+\.?/gu, (initials) =>
    initials.replace(/[.\s]/g, ''),
  );

const tokensOf = (name: string): string[] =>
  // "A&D" and "H & R" are initials too
  anyAscii(
    joinInitials(name.replace(/(?<![\p{L}\p{N}])(\p{L})\s?&\s?(?=\p{L}(?![\p{L}\p{N}]))/gu, '$1')).replace(
      /['’`´]/g,
      '',
    ),
  )
    .toLowerCase()
    .replace(/['"`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '');

const cutForms = (
  tokens: readonly string[],
  countryCode: string,
): { rest: readonly string[]; kind: LegalKind | undefined } => {
  let rest = tokens;
  let kind: LegalKind | undefined;
  // longest first, so that "gmbh co kg" is one form and not a partnership of "… gmbh"
  const cut = (end: 'leading' | 'trailing'): boolean => {
    for (let size = Math.min(longestForm, rest.length - 1); size > 0; size -= 1) {
      const piece = end === 'leading' ? rest.slice(0, size) : rest.slice(-size);
      const found = legalKind(piece.join(''), countryCode, end);
      if (!found) continue;
      kind ??= found;
      rest = end === 'leading' ? rest.slice(size) : rest.slice(0, -size);
      return true;
    }
    return false;
  };
  for (let passes = 0; passes < 3 && cut('trailing'); passes += 1);
  cut('leading');
  return { rest, kind };
};

/** One spelling of many: `Müller`, `Mueller` and `Muler` share it. */
export const skeletonOf = (compact: string): string => compact.replace(/([aou])e/g, '$1').replace(/(.)\1+/g, '$1');

/** Folds a name to what identifies it; an empty or wordless name yields empty text. */
export const normaliseName = (name: string, countryCode: string): Name => {
  const native = cutNativeForms(name.slice(0, longestName).normalize('NFKC'));
  const { rest, kind } = cutForms(tokensOf(native.rest).slice(0, mostTokens), countryCode);
  const tokens = rest.length > 1 ? rest.filter((token) => !connectors.has(token)) : rest;
  const kept = tokens.length > 0 ? tokens : rest;
  const form = native.kind ?? kind;
  return {
    text: kept.join(' '),
    tokens: kept,
    skeleton: skeletonOf(kept.join('')),
    ...(form === undefined ? {} : { legalKind: form }),
  };
};

const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);

/**
 * The names a record may be known by: as written, then without its brackets ("Otis (United States)"), then what is in
 * them where that is the name in another script ("พีลาตุส (Pilatus)"), then the trade names. At most five, all different.
 */
export const namesOf = (
  name: string,
  tradeNames: readonly string[] | undefined,
  countryCode: string,
): readonly Name[] => {
  const written = name.slice(0, longestName);
  const [brackets, inside] = /[([（]([^)\]）]*)[)\]）]/u.exec(written) ?? [];
  const spellings = [written];
  if (brackets !== undefined && inside !== undefined) {
    const outside = written.replace(brackets, ' ');
    spellings.push(outside);
    if (inside.length > 3 && isLatin(inside) !== isLatin(outside)) spellings.push(inside);
  }
  for (const trade of (tradeNames ?? []).slice(0, 2)) spellings.push(trade);

  const found = new Map<string, Name>();
  for (const spelling of spellings) {
    const each = normaliseName(spelling, countryCode);
    const bare = spelling !== written && each.tokens.every(isCommonWord);
    if (each.skeleton !== '' && !bare && !found.has(each.skeleton)) found.set(each.skeleton, each);
  }
  return [...found.values()];
};
