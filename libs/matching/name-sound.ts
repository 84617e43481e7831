// where j is the sound of "yes"
const yod = new Set('AT BA BE BG CH CZ DE DK EE FI HR HU IS LI LT LV ME MK NL NO PL RS SE SI SK UA RU BY'.split(' '));

const derive = (word: string): string =>
  word
    .replace(/(.)\1+/g, '$1')
    .replace(/ph/g, 'f')
    .replace(/shch|tsch|tch|sch|dzh|sh|zh|ch|cz|sz|rz|ts|tz|dz|dj|j|c(?=[eiy])|ss/g, 's')
    .replace(/x/g, 'ks')
    .replace(/kh|ck|[cqg]/g, 'k')
    .replace(/^[vwf]/, 'p')
    .replace(/(?!^)[vwf]|[aeiouyh`']/g, '')
    .replace(/[zs]/g, 's')
    .replace(/d/g, 't')
    .replace(/b/g, 'p')
    .replace(/r/g, 'l');

// names repeat their words; forgotten all at once, when there are too many
const known = new Map<string, string>();
const mostKnown = 20_000;

/**
 * The consonants of a Latin word, those that scripts and tongues mix up folded into one: for comparing a name with its
 * transliteration (`yandeks` = `yandex`, Arabic `rmkw` = `aramco`). Far too coarse for two Latin names.
 */
export const soundOf = (word: string, countryCode: string): string => {
  const written = yod.has(countryCode) ? word.replace(/j/g, '') : word;
  const before = known.get(written);
  if (before !== undefined) return before;
  const sound = derive(written);
  if (known.size >= mostKnown) known.clear();
  known.set(written, sound);
  return sound;
};
