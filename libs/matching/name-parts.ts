import { scriptOf } from './latin.js';

/** How a company came by a name: as claimed, a part of that, what it trades as, what it was called, or put into English. */
export type NameRole = 'written' | 'shortened' | 'trade' | 'former' | 'translated';

export type NamePart = { readonly text: string; readonly role: NameRole };

const word = (words: string): string => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`;

const trading = word(
  'd\\s?/\\s?b\\s?/\\s?a|d\\.b\\.a\\.?|dba|doing business as|t\\s?/\\s?a|t\\.a\\.|trading (?:as|under)|trades as|o\\s?/\\s?a|operating as|a\\s?/\\s?k\\s?/\\s?a|a\\.k\\.a\\.?|aka|also known as|now known as|handelnd (?:unter|als)|firmierend (?:unter|als)|connue? sous le nom(?: de)?|nom commercial|nombre comercial|nome fantasia|prowadząc\\p{L}* działalność(?: gospodarczą)? pod (?:firmą|nazwą)|działając\\p{L}* pod (?:firmą|nazwą)|торговая марка',
);
const formerly = word(
  'f\\s?/\\s?k\\s?/\\s?a|f\\.k\\.a\\.?|fka|formerly(?: known as| trading as| called)?|previously(?: known as)?|ehemals|vormals|früher|anciennement|antiguamente|anteriormente|anteriormente conhecida como|poprzednio|dawniej|ранее|бывш\\p{L}*|旧|原',
);
const alias = new RegExp(`(?<trading>${trading})|(?<formerly>${formerly})`, 'iu');

// whom a letter goes through, what became of the company or of its account, and where EDGAR says it is of
const noise = new RegExp(
  `(?:${word('c\\s?/\\s?o|attn|z\\.?\\s?hd|zu händen|à l.attention de')}.*|[\\s(,-]*${word(
    'in liquidation|in liq\\.?|i\\.\\s?l\\.|i\\.\\s?ins\\.|in administration|in receivership|w likwidacji|w upadłości|w restrukturyzacji|en liquidation|en liquidación|em liquidação|in liquidazione|v likvidaci|в ликвидации',
  )}\\)?|[\\s(*_-]*${word('do not use|don.t use|dnu|duplicate(?: account)?|inactive|out of business|(?:closed|old|test) account|account closed')}[\\s*)]*|\\s*[/\\\\](?:[A-Z]{2,3}|new|old|adv|fi)(?:[/\\\\]|$)\\s*|\\s*[®™©]\\s*)`,
  'giu',
);
const maybeNoise =
  /[/\\.®™©]|liq|likw|likv|лик|upad|restr|attn|hd|h.nden|attention|admin|receiv|use|dnu|duplic|inact|out of|account/iu;
const address = /^[^\p{L}\p{N}]*(?:(?:m\/s\.?|messrs\.?|fa\.|firma|z{2,})[\s_*-]+|x{2,}\s*[-_*]+\s*)+(?=\S)/iu;
const mayBeAlias =
  /\/|\.[abk]\.|\b(?:[dfa][bk]a|as|under|unter|als|nom|nome|nombre|form|prev|ehem|vorm|anc|ant|pop|pod|daw)|[^\x20-\x7e]/i;
const webAddress = /^https?:\/\/(?:www\d?\.)?([^/?#\s]+).*$|^www\d?\.([^/?#\s]+).*$/iu;
const domainEnd =
  /(?<=[\p{L}\p{N}]{2})\.(?:com?|net|org|info|biz|io|ai|app|shop|store|eu|de|fr|pl|it|es|nl|be|at|ch|uk|us|ca|in|br|mx|se|no|dk|fi|cz|sk|hu|ro|pt|ru|ua|jp|cn|kr|au|nz|za|ie|tr|tv)(?:\.(?:uk|br|au|jp|kr|in|za|nz|tr|mx|pl))?(?=$|[\s,)])/iu;

// before the marker stands the company, behind it where the branch is
const branch = new RegExp(
  `^(.*?[\\p{L}\\p{N}].*?)[\\s,;:(–—-]*(?:${word(
    'branch (?:office )?(?:in|of|at)|(?<=[,;–—(-]\\s?)branch(?: office)?|zweigniederlassung|niederlassung|zweigstelle|filiale|filial|oddział|oddzial|succursale|sucursal|bijkantoor|fióktelepe?|pobočka|odštěpný závod|organizační složka|organizačná zložka|филиал|філія|представительство|representative office|rep\\.? office|repräsentanz|przedstawicielstwo|sivuliike|şubesi|podružnica|υποκατάστημα|สาขา|فرع|סניף',
  )}.*|(?<=公司|会社|행|사)\\s?\\p{Script=Han}{2,4}(?:分公司|分行|支店|支社)$|(?:支店|支社|営業所|出張所|分公司|分行|办事处|辦事處|지점|지사|출장소)$)`,
  'iu',
);
const mayBeBranch =
  /branch|zweig|niederl|filia|oddzia|su[ck]|bijk|fi.kt|pobo|od.t|organiz|rep|przed|toimi|sivu|ubesi|podru|[^\x20-\u024f]/i;
const number = /[\s,-]+(?:(?:store|shop|location|unit|filiale|markt)\s*)?(?:#|№|no\.)\s*\d{1,6}$/iu;

const withoutBrackets = (text: string): string =>
  text.replace(/\s*[([【〔][^()[\]【】〔〕]*[)\]】〕]\s*/gu, ' ').trim();
const letters = /[\p{L}\p{N}]/u;

const initialsOf = (text: string): string => (text.match(/(?<![\p{L}\p{N}])\p{L}/gu) ?? []).join('').toUpperCase();

/** What in brackets is another name: in another script, or the initials of what stands before. */
const isOtherName = (inside: string, outside: string): boolean =>
  (inside.length > 3 && scriptOf(inside) !== scriptOf(outside)) ||
  (/^\p{Lu}[\p{Lu}\p{N}&]{1,7}$/u.test(inside) && initialsOf(outside).includes(inside.replace(/[^\p{L}]/gu, '')));

/** A clean name without what is no part of it. */
export const bareName = (clean: string): string => {
  const web = webAddress.exec(clean.trim());
  if (web) return web[1] ?? web[2] ?? clean;
  const bare = (maybeNoise.test(clean) ? clean.replace(noise, ' ') : clean).replace(address, '').trim();
  return letters.test(bare) ? bare : clean;
};

/** The names in one clean, bare name, the whole first; a part is never without a letter. */
export const partsOfName = (whole: string): readonly NamePart[] => {
  const parts: NamePart[] = [];
  const add = (text: string | undefined, role: NameRole): void => {
    if (text !== undefined && letters.test(text)) parts.push({ text, role });
  };
  const marker = mayBeAlias.test(whole) ? alias.exec(whole) : null;
  const before = marker ? whole.slice(0, marker.index).replace(/[\s,;:([–—-]+$/u, '') : '';
  const split = marker !== null && letters.test(before);
  const main = split ? before : whole;
  add(main, 'written');
  if (split) {
    const role = marker.groups?.['trading'] === undefined ? 'former' : 'trade';
    for (const each of whole
      .slice(marker.index + marker[0].length)
      .split(/[;)\]]|\s\/\s/u)
      .slice(0, 3))
      add(each.replace(/^[\s:,"'“„«]+/u, '').trim(), role);
  }
  if (/[([【〔]/u.test(main)) {
    const outside = withoutBrackets(main);
    add(outside, 'shortened');
    for (const [, inside = ''] of main.matchAll(/[([【〔]([^()[\]【】〔〕]*)[)\]】〕]/gu))
      if (isOtherName(inside.trim(), outside)) add(inside.trim(), 'trade');
  }
  if (mayBeBranch.test(main)) add(branch.exec(main)?.[1], 'shortened');
  if (number.test(main)) add(main.replace(number, ''), 'shortened');
  if (domainEnd.test(main)) add(main.replace(domainEnd, ''), 'shortened');
  // "Zakłady Azotowe / Azoty": two names of one company, of some length
  if (/\s[/|]\s/.test(main))
    for (const each of main.split(/\s[/|]\s/).slice(0, 3)) if (each.length > 6) add(each, 'shortened');
  return parts;
};
