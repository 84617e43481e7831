import anyAscii from 'any-ascii';

/** Printable ASCII only: the most names by far, and none of what other scripts need. */
export const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Without what can't be seen or says nothing: widths, zero-width and direction marks, controls. */
export const cleanText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  isPlain(text)
    ? text
    : text
        .normalize('NFKC')
        // which takes a Thai vowel apart
        .replace(/\u0e4d\u0e32/g, '\u0e33')
        .replace(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
        .replace(/\p{Cc}/gu, ' ');

type Letters = Readonly<Record<string, string>>;

// As the country's own passports and firms spell it; any-ascii has one spelling for all
const ukrainian: Letters = { г: 'h', ґ: 'g', и: 'y', й: 'i', є: 'ie', ї: 'i', ю: 'iu', я: 'ia' };
const bulgarian: Letters = { щ: 'sht', ъ: 'a', х: 'h', ь: '' };
const southSlav: Letters = { х: 'h', ц: 'c', ч: 'c', ш: 's', ж: 'z', џ: 'dz', ѓ: 'gj', ќ: 'kj' };
const cyrillic: Readonly<Record<string, Letters>> = {
  UA: ukrainian,
  BG: bulgarian,
  RS: southSlav,
  MK: southSlav,
  ME: southSlav,
  BA: southSlav,
};

const greekPairs: readonly (readonly [RegExp, string])[] = [
  [/ου/g, 'ou'],
  [/([αεη])υ(?=[αεηιουωβγδζλμνρ])/g, '$1v'],
  [/([αεη])υ(?=[θκξπσςτφχψ]|$)/g, '$1f'],
  [/(?<!\p{L})μπ/gu, 'b'],
  [/γ(?=[γξχ])/g, 'n'],
];

// One Cyrillic or Greek letter in a Latin word is a slip of the keyboard, or meant to deceive
const lookAlikes: Letters = Object.fromEntries(
  [...'АВЕКМНОРСТХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'].map((letter, at) => [
    letter,
    'ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXo'[at] ?? letter,
  ]),
);

const unmix = (word: string): string =>
  /\p{Script=Latin}/u.test(word)
    ? word.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => lookAlikes[letter] ?? letter)
    : word;

// each of these has two sounds; names from abroad are written with the hard one
const hebrew: Letters = { ב: 'b', פ: 'p', ף: 'p', כ: 'k', ך: 'k', ו: 'o' };

const withLetters = (text: string, letters: Letters): string =>
  text.replace(/[\p{Script=Cyrillic}\p{Script=Hebrew}]/gu, (letter) => {
    const small = letter.toLowerCase();
    return letters[small] ?? small;
  });

/** Any script in Latin letters, lower case, without marks; the text must be clean. */
export const toLatin = (text: string, countryCode: string): string => {
  if (isPlain(text)) return text.toLowerCase();
  let latin = text;
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(latin)) {
    latin = latin.replace(/[\p{L}\p{M}]+/gu, unmix);
    const letters = cyrillic[countryCode];
    if (letters) latin = withLetters(latin, letters);
    if (/\p{Script=Greek}/u.test(latin)) {
      latin = latin
        .toLowerCase()
        .normalize('NFD')
        .replace(/([\u0370-\u03ff])\u0301/g, '$1')
        .normalize('NFC');
      for (const [pair, spelling] of greekPairs) latin = latin.replace(pair, spelling);
    }
  }
  if (/\p{Script=Hebrew}/u.test(latin)) latin = withLetters(latin, hebrew);
  // the article, glued to its word
  if (/\p{Script=Arabic}/u.test(latin)) latin = latin.replace(/(?<!\p{L})ال(?=\p{L}{3})/gu, '');
  // ッ only doubles what follows
  return anyAscii(latin.replace(/ッ/g, '')).toLowerCase();
};

export type Script = 'latin' | 'cyrillic' | 'greek' | 'cjk' | 'arabic' | 'hebrew' | 'thai' | 'other';

const scripts: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['cjk', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['thai', /\p{Script=Thai}/u],
];

/** The script of a name: the first that isn't Latin, or Latin. */
export const scriptOf = (text: string): Script => {
  if (isPlain(text)) return 'latin';
  const found = scripts.filter(([, letters]) => letters.test(text)).map(([script]) => script);
  return found.find((script) => script !== 'latin') ?? found[0] ?? (/\p{L}/u.test(text) ? 'other' : 'latin');
};
