const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const smallOrdinals =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const spelt = new Map<string, number>();
small.forEach((word, value) => spelt.set(word, value));
smallOrdinals.forEach((word, value) => spelt.set(word, value));
tens.forEach((word, at) => {
  spelt.set(word, (at + 2) * 10);
  spelt.set(word.replace(/y$/, 'ieth'), (at + 2) * 10);
});
spelt.set('fourty', 40);

const roman = /^(?=[ivx]{1,5}$)x{0,3}(?:ix|iv|v?i{0,3})$/;
const romanValue = (word: string): number =>
  [...word].reduce((sum, letter, at) => {
    const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
    const value = values[letter] ?? 0;
    return sum + (value < (values[word[at + 1] ?? ''] ?? 0) ? -value : value);
  }, 0);

/** A number however a name writes it (`ii`, `2nd`, `second`), or `undefined`; Roman ones never begin a name. */
const valueAt = (words: readonly string[], at: number): number | undefined => {
  const word = words[at] ?? '';
  const value = spelt.get(word);
  if (value !== undefined || !/^[\divx]/.test(word)) return value;
  const ordinal = /^(\d{1,4})(?:st|nd|rd|th|er|ere|eme)$/.exec(word)?.[1];
  if (ordinal !== undefined) return Number(ordinal);
  // "Plan V Berlin" is one of a row of letters as well
  if (at > 0 && roman.test(word) && (word.length > 1 || at === words.length - 1)) return romanValue(word);
  return undefined;
};

/** The words with every number in figures: "brigade forty four" is "brigade 44". */
export const inFigures = (words: readonly string[]): readonly string[] => {
  if (!words.some((_, at) => valueAt(words, at) !== undefined)) return words;
  const figures: string[] = [];
  let open = false;
  words.forEach((word, at) => {
    const value = valueAt(words, at) ?? (/^\d$/.test(word) ? Number(word) : undefined);
    const last = figures.at(-1);
    if (open && value !== undefined && value > 0 && value < 10)
      figures[figures.length - 1] = String(Number(last) + value);
    else figures.push(value === undefined ? word : String(value));
    open = /^(?:twent|thirt|fort|fourt|fift|sixt|sevent|eight|ninet)y$/.test(word);
  });
  return figures;
};
